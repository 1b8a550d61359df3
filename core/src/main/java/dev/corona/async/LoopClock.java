package dev.corona.async;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The time of an event loop. {@link #system()} is the machine's; {@link #virtual()} stands still while anything can run and
 * then jumps to the next timer, so that a test of hours takes milliseconds and always goes the same way. It does not wait for
 * other threads: while a timer is set, time goes on to it.
 */
public abstract sealed class LoopClock {
    private LoopClock() {}

    /** The machine's clock. */
    public static LoopClock system() {
        return SystemClock.INSTANCE;
    }

    /** A new virtual clock that starts at zero. */
    public static LoopClock virtual() {
        return new VirtualClock();
    }

    /** Nanoseconds since some fixed moment; of a virtual clock, since its creation. */
    public abstract long nanoTime();

    /** What {@link #nanoTime()} says, as a duration. */
    public final Duration elapsed() {
        return Duration.ofNanos(nanoTime());
    }

    /**
     * Waits until the deadline, or until the thread is unparked.
     *
     * @param nothingToDo whether there is still nothing to run
     */
    abstract void waitUntil(long deadlineNanos, BooleanSupplier nothingToDo);

    private static final class SystemClock extends LoopClock {
        static final SystemClock INSTANCE = new SystemClock();

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        void waitUntil(long deadlineNanos, BooleanSupplier nothingToDo) {
            long wait = deadlineNanos - System.nanoTime();
            if (wait > 0 && nothingToDo.getAsBoolean()) LockSupport.parkNanos(this, wait);
        }
    }

    private static final class VirtualClock extends LoopClock {
        private volatile long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        void waitUntil(long deadlineNanos, BooleanSupplier nothingToDo) {
            if (deadlineNanos - now > 0 && nothingToDo.getAsBoolean()) now = deadlineNanos;
        }
    }
}
