package dev.corona;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A schedule in which the one with the earliest deadline runs; those with the same deadline take turns. A coroutine without a
 * deadline comes after all that have one.
 *
 * <p>Adding, removing, changing the deadline and taking the next each take time in proportion to the logarithm of the number of those
 * that are ready, and constant time if the deadline is the latest, as that of a coroutine without one is when it is added. They are
 * kept in a binary heap whose indices the coroutines know. (A calendar queue would be constant on average, but only for deadlines
 * that are spread evenly.)
 *
 * <p>Belongs to one ring, and is used by its thread only.
 */
public final class DeadlineSchedule implements Schedule {
    /** The deadline of a coroutine that was given none. */
    public static final long NONE = Long.MAX_VALUE;

    private static final int FIRST_SIZE = 16;

    private @Nullable Coroutine[] heap = new Coroutine[FIRST_SIZE];
    private int size;

    /** Counts those that were added, so that equal deadlines take turns. */
    private long arrivals;

    DeadlineSchedule() {}

    @Override
    public void add(Coroutine newcomer) {
        if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
        newcomer.scheduledBy = this;
        newcomer.arrival = arrivals++;
        size++;
        siftUp(size - 1, newcomer);
    }

    @Override
    public void remove(Coroutine leaving) {
        if (leaving.scheduledBy != this) return;
        leaving.scheduledBy = null;
        int hole = leaving.index;
        size--;
        Coroutine last = heap[size];
        heap[size] = null;
        if (last == null || last == leaving) return;
        place(hole, last);
    }

    @Override
    public @Nullable Coroutine next() {
        Coroutine first = heap[0];
        if (first != null) remove(first);
        return first;
    }

    /**
     * Sets the deadline of {@code coroutine}, now and in the future.
     *
     * @param deadline on any clock of the caller's, the same for all; {@link #NONE} for none
     */
    public void setDeadline(Coroutine coroutine, long deadline) {
        coroutine.deadline = deadline;
        if (coroutine.scheduledBy == this) place(coroutine.index, coroutine);
    }

    /** The deadline of {@code coroutine}; {@link #NONE} if it has none. */
    public long deadline(Coroutine coroutine) {
        return coroutine.deadline;
    }

    /** Puts {@code moved} at {@code index}, or where it has to be from there. */
    private void place(int index, Coroutine moved) {
        int parent = (index - 1) >> 1;
        if (index > 0 && isBefore(moved, at(parent))) siftUp(index, moved);
        else siftDown(index, moved);
    }

    private void siftUp(int start, Coroutine rising) {
        int index = start;
        while (index > 0) {
            int parent = (index - 1) >> 1;
            Coroutine above = at(parent);
            if (!isBefore(rising, above)) break;
            put(index, above);
            index = parent;
        }
        put(index, rising);
    }

    private void siftDown(int start, Coroutine sinking) {
        int index = start;
        while (true) {
            int child = 2 * index + 1;
            if (child >= size) break;
            if (child + 1 < size && isBefore(at(child + 1), at(child))) child++;
            if (!isBefore(at(child), sinking)) break;
            put(index, at(child));
            index = child;
        }
        put(index, sinking);
    }

    private Coroutine at(int index) {
        Coroutine found = heap[index];
        if (found == null) throw new AssertionError("nothing at %d of %d".formatted(index, size));
        return found;
    }

    private void put(int index, Coroutine coroutine) {
        heap[index] = coroutine;
        coroutine.index = index;
    }

    private static boolean isBefore(Coroutine one, Coroutine other) {
        if (one.deadline != other.deadline) return one.deadline < other.deadline;
        return one.arrival < other.arrival;
    }

    @Override
    public String toString() {
        return "by deadline";
    }
}
