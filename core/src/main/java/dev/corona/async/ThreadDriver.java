package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The driver of a loop that has a thread to itself: the thread that calls {@link #runUntil}. One duty cycle is: run what
 * other threads handed in, fire the alarm if it is due, else wait for either.
 */
final class ThreadDriver implements LoopDriver {
    /** Pieces of work of one cycle, after which the alarm is looked at again. */
    private static final int WORK_PER_CYCLE = 64;

    private final LoopClock clock;
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private long alarmNanos;
    private @Nullable Runnable alarm;

    /** Set by the loop's thread; whoever hands in work looks at it afterwards, so that no work is left lying there. */
    private volatile boolean closed;

    ThreadDriver(LoopClock clock) {
        this.clock = clock;
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable work) {
        inbox.add(work);
        if (closed && inbox.remove(work))
            throw new RejectedExecutionException("the thread of this event loop has left it");
        if (!isLoopThread()) LockSupport.unpark(thread);
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable work) {
        alarmNanos = deadlineNanos;
        alarm = work;
    }

    @Override
    public boolean cancelAlarm() {
        alarm = null;
        return true;
    }

    /** Whether other threads have handed in work that has not run. */
    boolean hasWork() {
        return !inbox.isEmpty();
    }

    /** Runs what has been handed in, and refuses everything from now on. */
    void close() {
        closed = true;
        while (runInbox()) {}
    }

    /**
     * Runs until {@code done} answers yes, or until nothing can happen any more: nothing handed in, no alarm, and
     * {@code somethingPending} denies that something outside may complete. An interrupt of the thread is kept for later.
     */
    void runUntil(BooleanSupplier done, BooleanSupplier somethingPending) {
        boolean interrupted = false;
        while (!done.getAsBoolean()) {
            boolean ran = runInbox();
            if (fireAlarm() || ran) continue;
            if (alarm != null) clock.waitUntil(alarmNanos, inbox::isEmpty);
            else if (somethingPending.getAsBoolean()) LockSupport.park(this);
            else if (inbox.isEmpty()) break;
            interrupted |= Thread.interrupted();
        }
        if (interrupted) thread.interrupt();
    }

    private boolean runInbox() {
        int ran = 0;
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
            if (++ran == WORK_PER_CYCLE) break;
        }
        return ran > 0;
    }

    private boolean fireAlarm() {
        Runnable due = alarm;
        if (due == null || clock.nanoTime() - alarmNanos < 0) return false;
        alarm = null;
        due.run();
        return true;
    }
}
