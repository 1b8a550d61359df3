package dev.corona;

import org.jspecify.annotations.Nullable;

/**
 * A schedule in which the most urgent of those that are ready runs, and those that are equally urgent take turns. Priorities are
 * the levels 0, the most urgent, to 63. A coroutine that never waits at a level keeps those of lower levels from running.
 *
 * <p>Adding, removing, changing the priority and taking the next each take constant time, without allocation: each level is a
 * linked queue, and one bit of a word says whether it is empty.
 *
 * <p>Belongs to one ring, and is used by its thread only. The root of the ring has a priority like any other.
 */
public final class PrioritySchedule implements Schedule {
    /** How many levels there are. */
    public static final int LEVELS = Long.SIZE;

    /** The level of a coroutine that was given none. */
    public static final int DEFAULT_LEVEL = LEVELS / 2;

    private final @Nullable Links[] queues = new Links[LEVELS];

    /** Bit n says whether level n has someone. */
    private long occupied;

    PrioritySchedule() {}

    @Override
    public void add(Coroutine newcomer) {
        int level = newcomer.level;
        Links queue = queues[level];
        if (queue == null) {
            queue = new Links(this);
            queues[level] = queue;
        }
        queue.addLast(newcomer);
        occupied |= 1L << level;
    }

    @Override
    public void remove(Coroutine leaving) {
        Links queue = queues[leaving.level];
        if (queue == null || leaving.scheduledBy != this) return;
        queue.remove(leaving);
        if (queue.isEmpty()) occupied &= ~(1L << leaving.level);
    }

    @Override
    public @Nullable Coroutine next() {
        if (occupied == 0) return null;
        Links queue = queues[Long.numberOfTrailingZeros(occupied)];
        Coroutine next = queue == null ? null : queue.poll();
        if (queue != null && queue.isEmpty()) occupied &= occupied - 1;
        return next;
    }

    /**
     * Sets the level of {@code coroutine}, now and in the future; if it is ready, it goes to the end of its new level.
     *
     * @param level from 0, the most urgent, to 63
     */
    public void setLevel(Coroutine coroutine, int level) {
        if (level < 0 || level >= LEVELS)
            throw new IllegalArgumentException(
                    "a level must be from 0, the most urgent, to %d, but was %d"
                            .formatted(LEVELS - 1, level));
        boolean ready = coroutine.scheduledBy == this;
        if (ready) remove(coroutine);
        coroutine.level = level;
        if (ready) add(coroutine);
    }

    /** The level of {@code coroutine}. */
    public int level(Coroutine coroutine) {
        return coroutine.level;
    }

    @Override
    public String toString() {
        return "by priority";
    }
}
