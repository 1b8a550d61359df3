package dev.corona.channels;

import org.jspecify.annotations.Nullable;

/** Those who wait at a channel for the same thing, the first to come first; linked through themselves. */
final class Parties<T> {
    private @Nullable Party<T> first;
    private @Nullable Party<T> last;

    boolean isEmpty() {
        return first == null;
    }

    void add(Party<T> newcomer) {
        Party<T> end = last;
        newcomer.queue = this;
        newcomer.before = end;
        if (end == null) first = newcomer;
        else end.after = newcomer;
        last = newcomer;
    }

    void remove(Party<T> leaving) {
        Party<T> before = leaving.before;
        Party<T> after = leaving.after;
        if (before == null) first = after;
        else before.after = after;
        if (after == null) last = before;
        else after.before = before;
        leaving.queue = null;
        leaving.before = null;
        leaving.after = null;
    }

    /** Drops and returns the first; null if there is none. */
    @Nullable Party<T> poll() {
        Party<T> head = first;
        if (head != null) remove(head);
        return head;
    }

    int size() {
        int count = 0;
        for (Party<T> each = first; each != null; each = each.after) count++;
        return count;
    }
}
