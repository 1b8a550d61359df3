package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The driver of a loop that has a thread to itself: the thread that calls {@link #runUntil}. One duty cycle is: run what
 * other threads handed in, fire the alarm if it is due, else wait for either.
 */
final class ThreadDriver implements LoopDriver {
    private final LoopClock clock;
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private long alarmNanos;
    private @Nullable Runnable alarm;

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
        LockSupport.unpark(thread);
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable work) {
        alarmNanos = deadlineNanos;
        alarm = work;
    }

    /**
     * Runs until {@code done} answers yes, or until nothing can happen any more: nothing handed in, no alarm, and
     * {@code somethingPending} denies that something outside may complete. An interrupt of the thread is ignored.
     */
    void runUntil(BooleanSupplier done, BooleanSupplier somethingPending) {
        while (!done.getAsBoolean()) {
            if (runInbox() || fireAlarm()) continue;
            if (alarm != null) clock.waitUntil(alarmNanos, inbox::isEmpty);
            else if (somethingPending.getAsBoolean()) LockSupport.park(this);
            else if (inbox.isEmpty()) return;
            Thread.interrupted();
        }
    }

    private boolean runInbox() {
        boolean ran = false;
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
            ran = true;
        }
        return ran;
    }

    private boolean fireAlarm() {
        Runnable due = alarm;
        if (due == null || clock.nanoTime() - alarmNanos < 0) return false;
        alarm = null;
        due.run();
        return true;
    }
}
