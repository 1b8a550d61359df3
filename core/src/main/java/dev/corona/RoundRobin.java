package dev.corona;

import org.jspecify.annotations.Nullable;

/** A first-in, first-out queue of coroutines, linked through the coroutines themselves. */
final class RoundRobin implements Schedule {
    private @Nullable Coroutine first;
    private @Nullable Coroutine last;

    @Override
    public void add(Coroutine ready) {
        Coroutine end = last;
        ready.before = end;
        ready.after = null;
        if (end == null) first = ready;
        else end.after = ready;
        last = ready;
    }

    /** {@link #add} and {@link #next} at once. */
    Coroutine rotate(Coroutine ready) {
        Coroutine head = first;
        if (head == null) return ready;
        Coroutine rest = head.after;
        if (rest == null) {
            first = ready;
            last = ready;
        } else {
            head.after = null;
            rest.before = null;
            first = rest;
            add(ready);
        }
        return head;
    }

    @Override
    public void remove(Coroutine ready) {
        Coroutine before = ready.before;
        Coroutine after = ready.after;
        if (before == null) first = after;
        else before.after = after;
        if (after == null) last = before;
        else after.before = before;
        ready.before = null;
        ready.after = null;
    }

    @Override
    public @Nullable Coroutine next() {
        Coroutine next = first;
        if (next != null) remove(next);
        return next;
    }

    @Override
    public String toString() {
        return "round robin";
    }
}
