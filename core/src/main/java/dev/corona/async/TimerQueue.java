package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The timers of one loop, the earliest first: a binary heap in which each timer knows its place, so that cancelling costs
 * O(log n) and leaves nothing behind. Timers of one deadline fire in the order of their creation. For the loop's thread.
 */
final class TimerQueue {
    private @Nullable Timer[] heap = new Timer[16];
    private int size;
    private long sequence;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The earliest timer; null if there is none. */
    @Nullable Timer peek() {
        return heap[0];
    }

    void add(Timer timer) {
        if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
        timer.sequence = sequence++;
        siftUp(size++, timer);
    }

    void remove(Timer timer) {
        int index = timer.index;
        if (index < 0) return;
        timer.index = -1;
        Timer last = at(--size);
        heap[size] = null;
        if (index == size) return;
        siftDown(index, last);
        if (last.index == index) siftUp(index, last);
    }

    private Timer at(int index) {
        Timer timer = heap[index];
        if (timer == null) throw new AssertionError("no timer at " + index + " of " + size);
        return timer;
    }

    private void siftUp(int start, Timer timer) {
        int index = start;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            Timer above = at(parent);
            if (!timer.isBefore(above)) break;
            place(index, above);
            index = parent;
        }
        place(index, timer);
    }

    private void siftDown(int start, Timer timer) {
        int index = start;
        while (2 * index + 1 < size) {
            int child = 2 * index + 1;
            if (child + 1 < size && at(child + 1).isBefore(at(child))) child++;
            Timer below = at(child);
            if (!below.isBefore(timer)) break;
            place(index, below);
            index = child;
        }
        place(index, timer);
    }

    private void place(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }
}
