package dev.corona;

import org.jspecify.annotations.Nullable;

/** A queue of coroutines, linked through the coroutines themselves. */
final class Links {
    /** The schedule that it is a part of, by which it knows its own. */
    private final Schedule owner;

    private @Nullable Coroutine first;
    private @Nullable Coroutine last;

    Links(Schedule owner) {
        this.owner = owner;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Whether {@code coroutine} is in a queue of the owner. */
    boolean holds(Coroutine coroutine) {
        return coroutine.scheduledBy == owner;
    }

    void addLast(Coroutine newcomer) {
        Coroutine end = last;
        newcomer.scheduledBy = owner;
        newcomer.before = end;
        newcomer.after = null;
        if (end == null) first = newcomer;
        else end.after = newcomer;
        last = newcomer;
    }

    void addFirst(Coroutine newcomer) {
        Coroutine start = first;
        newcomer.scheduledBy = owner;
        newcomer.before = null;
        newcomer.after = start;
        if (start == null) last = newcomer;
        else start.before = newcomer;
        first = newcomer;
    }

    void remove(Coroutine leaving) {
        Coroutine before = leaving.before;
        Coroutine after = leaving.after;
        if (before == null) first = after;
        else before.after = after;
        if (after == null) last = before;
        else after.before = before;
        leaving.scheduledBy = null;
        leaving.before = null;
        leaving.after = null;
    }

    /** Drops and returns the first; null if there is none. */
    @Nullable Coroutine poll() {
        Coroutine head = first;
        if (head != null) remove(head);
        return head;
    }

    /** Adds {@code newcomer} last and takes the first, which is {@code newcomer} itself if there is no other. */
    Coroutine rotate(Coroutine newcomer) {
        Coroutine head = first;
        if (head == null) return newcomer;
        addLast(newcomer);
        remove(head);
        return head;
    }
}
