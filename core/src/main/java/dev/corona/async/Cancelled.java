package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;

/** One request to a task to leave the call in which it waits, on its way there or delivered. */
final class Cancelled extends CancellationException {
    private static final long serialVersionUID = 1L;

    /** Who is asked. */
    private final transient Task<?> target;

    /** What asks, such as a deadline; null for {@link Task#cancel}, which counts once however often it is called. */
    final transient @Nullable Object source;

    /** How many shields the source is inside of; those hold off others only. */
    private final int level;

    private transient @Nullable Cancelled next;

    Cancelled(Task<?> target, String message, @Nullable Object source, int level) {
        super(message);
        this.target = target;
        this.source = source;
        this.level = level;
    }

    /** Those that a task has not been told of, the oldest first. For the loop's thread. */
    static final class Pending {
        private @Nullable Cancelled first;

        void add(Cancelled added) {
            Cancelled last = first;
            if (last == null) {
                first = added;
                return;
            }
            while (last.next != null) last = last.next;
            last.next = added;
        }

        /** Takes the oldest that gets through that many shields; null if there is none. */
        @Nullable Cancelled take(int shields) {
            for (Cancelled c = first; c != null; c = c.next) {
                if (c.level >= shields) {
                    remove(c);
                    return c;
                }
            }
            return null;
        }

        /** Takes one back; nothing happens if it is not here. */
        void remove(Cancelled removed) {
            Cancelled before = null;
            for (Cancelled c = first; c != null; c = c.next) {
                if (c == removed) {
                    if (before == null) first = c.next;
                    else before.next = c.next;
                    c.next = null;
                    return;
                }
                before = c;
            }
        }

        boolean hasOfTask() {
            for (Cancelled c = first; c != null; c = c.next) if (c.source == null) return true;
            return false;
        }
    }

    boolean isOf(Task<?> task) {
        return target == task;
    }

    boolean passes(int shields) {
        return level >= shields;
    }
}
