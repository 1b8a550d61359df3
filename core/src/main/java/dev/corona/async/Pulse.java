package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;

/** What a loop is doing now. Written by its thread; others read it without synchronization, and may see it late. */
final class Pulse {
    /** Odd while a step runs. Counts up when a step begins and when it ends, by two when it is a step inside of another. */
    private final AtomicLong count = new AtomicLong();

    private volatile @Nullable Thread thread;
    private @Nullable Object running;

    /** A step begins. */
    void begin(Object work, int beats) {
        if (thread == null) thread = Thread.currentThread();
        beat(work, beats);
    }

    /** A step begins, or one has ended and {@code runsNow} goes on. */
    void beat(@Nullable Object runsNow, int beats) {
        running = runsNow;
        count.lazySet(count.getPlain() + beats);
    }

    /** Something else runs in the same step. */
    void runs(Object work) {
        running = work;
    }

    long count() {
        return count.get();
    }

    @Nullable Object running() {
        return running;
    }

    /** The thread that has run a step; null before the first. */
    @Nullable Thread thread() {
        return thread;
    }

    /** The thread that is at work now: the one that runs a task's body, or the loop's. */
    @Nullable Thread busyThread() {
        Thread body = running instanceof Task<?> task ? task.thread() : null;
        return body == null ? thread : body;
    }
}
