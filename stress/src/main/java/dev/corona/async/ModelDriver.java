package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A loop's thread in a model: the actor that says so. Work that others hand in is kept. */
public final class ModelDriver implements LoopDriver {
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread loopThread;

    /** Makes the calling actor the loop's thread. */
    public void enter() {
        loopThread = Thread.currentThread();
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public boolean isLoopThread() {
        return Thread.currentThread() == loopThread;
    }

    @Override
    public void execute(Runnable given) {
        work.add(given);
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable given) {}

    @Override
    public boolean cancelAlarm() {
        return true;
    }

    /** Runs all that was handed in. */
    public void drain() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) next.run();
    }
}
