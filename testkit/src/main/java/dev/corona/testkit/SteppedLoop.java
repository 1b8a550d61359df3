package dev.corona.testkit;

import dev.corona.async.EventLoop;
import dev.corona.async.LoopDriver;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An event loop that a test steps by hand, on its own thread: nothing runs and no time passes unless the test says so.
 *
 * <p><b>Threads.</b> The thread that creates it steps and closes it. What other threads hand in, such as the end of a future, runs at the
 * next step.
 */
public final class SteppedLoop implements AutoCloseable {
    private final Driver driver = new Driver();
    private final EventLoop loop = new EventLoop(driver);

    /** A loop at time zero with nothing to do. */
    public SteppedLoop() {}

    /** The loop, to spawn tasks on. */
    public EventLoop loop() {
        return loop;
    }

    /** The time that was let go by. */
    public Duration now() {
        return Duration.ofNanos(driver.now);
    }

    /** Runs one turn of the loop; answers whether there was one to run. */
    public boolean step() {
        Runnable turn = driver.turns.poll();
        if (turn == null) return false;
        turn.run();
        return true;
    }

    /** Runs turns until nothing is ready; no time passes. */
    public void runReady() {
        while (step()) {}
    }

    /**
     * Runs what is ready, and then lets time go by, stopping at each timer to run what it brings.
     *
     * @param time not negative
     */
    public void advance(Duration time) {
        if (time.isNegative())
            throw new IllegalArgumentException("time goes forward only, but was to go by " + time);
        runReady();
        long end = driver.now + time.toNanos();
        while (driver.alarm != null && driver.alarmNanos <= end) {
            driver.now = Math.max(driver.now, driver.alarmNanos);
            driver.ring();
            runReady();
        }
        driver.now = end;
    }

    /** Ends the loop: tasks that are left are unwound. */
    @Override
    public void close() {
        loop.end();
    }

    /** Work, time and one alarm, moved by hand. */
    private static final class Driver implements LoopDriver {
        private final Thread thread = Thread.currentThread();
        private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
        private long now;
        private long alarmNanos;
        private @Nullable Runnable alarm;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public boolean isLoopThread() {
            return Thread.currentThread() == thread;
        }

        @Override
        public void execute(Runnable work) {
            turns.add(work);
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

        private void ring() {
            Runnable due = alarm;
            alarm = null;
            if (due != null) due.run();
        }
    }
}
