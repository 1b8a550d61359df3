package dev.corona.async;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

/** A driver that a test steps by hand; time stands still unless it says so. */
final class HandDriver implements LoopDriver {
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private long now;
    private long alarmNanos;
    private Runnable alarm;

    boolean keepsAlarms;
    volatile boolean rejects;
    int alarmsSet;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable given) {
        if (rejects) throw new RejectedExecutionException("the driver was told to reject");
        work.add(given);
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable given) {
        alarmsSet++;
        alarmNanos = deadlineNanos;
        alarm = given;
    }

    @Override
    public boolean cancelAlarm() {
        if (keepsAlarms) return false;
        alarm = null;
        return true;
    }

    boolean hasAlarm() {
        return alarm != null;
    }

    long alarmNanos() {
        return alarmNanos;
    }

    /** Pieces of work that wait. */
    int backlog() {
        return work.size();
    }

    /** Runs the oldest piece of work. */
    void step() {
        work.remove().run();
    }

    /** Runs until there is no work and no alarm that is due. */
    void drain() {
        while (true) {
            if (!work.isEmpty()) step();
            else if (isDue()) ring();
            else return;
        }
    }

    private boolean isDue() {
        return alarm != null && alarmNanos - now <= 0;
    }

    /** Lets time go by and rings the alarm if it is due by then, without running what that brings. */
    void pass(Duration time) {
        now += time.toNanos();
        if (isDue()) ring();
    }

    /** Rings the alarm, due or not. */
    void ring() {
        Runnable due = alarm;
        alarm = null;
        due.run();
    }

    /** Lets time go by, and runs what that brings. */
    void advance(Duration time) {
        pass(time);
        drain();
    }
}
