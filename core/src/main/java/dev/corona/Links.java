package dev.corona;

import org.jspecify.annotations.Nullable;

/**
 * A queue of coroutines, linked through the coroutines themselves: they form a circle, in which the last comes before the first.
 *
 * <p>{@link #rotate} is what happens at each turn, and moves nothing: it lends what it takes. That one does not belong to the
 * queue any more, but stays in its place, before the first, where it is the last if it comes back by the next rotation. Any
 * other operation takes it out at first.
 */
final class Links {
    /** The schedule that it is a part of, by which it knows its own. */
    private final Schedule owner;

    /** Null if the circle is empty. */
    private @Nullable Coroutine first;

    /** What is linked before the first without belonging to the queue; null if there is none. */
    private @Nullable Coroutine lent;

    Links(Schedule owner) {
        this.owner = owner;
    }

    boolean isEmpty() {
        settle();
        return first == null;
    }

    /** Whether {@code coroutine} is in a queue of the owner. */
    boolean holds(Coroutine coroutine) {
        return coroutine.scheduledBy == owner && coroutine != lent;
    }

    void addLast(Coroutine newcomer) {
        settle();
        linkLast(newcomer);
    }

    void addFirst(Coroutine newcomer) {
        settle();
        linkLast(newcomer);
        first = newcomer;
    }

    void remove(Coroutine leaving) {
        settle();
        unlink(leaving);
    }

    /** Drops and returns the first; null if there is none. */
    @Nullable Coroutine poll() {
        settle();
        Coroutine head = first;
        if (head != null) unlink(head);
        return head;
    }

    /** Adds {@code newcomer} last and takes the first, which is {@code newcomer} itself if there is no other. */
    Coroutine rotate(Coroutine newcomer) {
        if (newcomer != lent) addLast(newcomer);
        Coroutine next = first;
        if (next == null) throw new AssertionError("nothing in a queue with " + newcomer);
        lent = next;
        first = next.after;
        return next;
    }

    /** Takes out what was lent. */
    void settle() {
        Coroutine borrowed = lent;
        if (borrowed == null) return;
        lent = null;
        unlink(borrowed);
    }

    private void linkLast(Coroutine newcomer) {
        Coroutine head = first;
        newcomer.scheduledBy = owner;
        if (head == null) {
            first = newcomer;
            link(newcomer, newcomer);
        } else {
            link(head.before, newcomer);
            link(newcomer, head);
        }
    }

    private void unlink(Coroutine leaving) {
        if (leaving == first) first = leaving.after == leaving ? null : leaving.after;
        link(leaving.before, leaving.after);
        leaving.scheduledBy = null;
        leaving.before = null;
        leaving.after = null;
    }

    private static void link(@Nullable Coroutine one, @Nullable Coroutine next) {
        if (one != null) one.after = next;
        if (next != null) next.before = one;
    }
}
