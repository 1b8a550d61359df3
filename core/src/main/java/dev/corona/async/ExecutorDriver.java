package dev.corona.async;

import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The driver of a loop on the thread of an executor, which must run what it is given one after the other, in order, on one thread,
 * and not before {@code execute} returns. It checks all of that: each piece of work has a number and knows who handed it in. The
 * first violation breaks the loop for good: what breaks it, and all that is handed in later, throws a
 * {@link LoopException.BadExecutor}.
 *
 * <p>The alarm rings on a daemon thread that all such loops share, which hands it to the executor.
 */
final class ExecutorDriver implements LoopDriver {
    /** Made when the first alarm is set. */
    private static final class Alarms {
        static final ScheduledThreadPoolExecutor SHARED =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("corona-alarms").factory());

        static {
            SHARED.setRemoveOnCancelPolicy(true);
        }
    }

    private final Executor executor;

    /** Whether the caller is the executor's thread; null if that shows only when it has run something. */
    private final @Nullable BooleanSupplier onThread;

    /** Guards the order of numbers and of what is handed in. */
    private final Object handing = new Object();

    private final AtomicLong expected = new AtomicLong();
    private long handedIn;
    private volatile @Nullable Thread thread;
    private volatile boolean running;
    private volatile LoopException.@Nullable BadExecutor broken;

    private @Nullable ScheduledFuture<?> alarm;

    ExecutorDriver(Executor executor, @Nullable BooleanSupplier onThread) {
        this.executor = executor;
        this.onThread = onThread;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean isLoopThread() {
        return onThread == null ? Thread.currentThread() == thread : onThread.getAsBoolean();
    }

    @Override
    public void execute(Runnable work) {
        LoopException.BadExecutor error = broken;
        if (error != null) throw error;
        Step step;
        synchronized (handing) {
            step = new Step(work, handedIn++);
            try {
                executor.execute(step);
            } catch (RejectedExecutionException rejected) {
                handedIn--;
                throw rejected;
            } finally {
                step.giver = null;
            }
        }
        LoopException.BadExecutor meanwhile = broken;
        if (meanwhile != null) throw meanwhile;
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable work) {
        cancelAlarm();
        long delay = Math.max(0, deadlineNanos - System.nanoTime());
        alarm = Alarms.SHARED.schedule(() -> ring(work), delay, TimeUnit.NANOSECONDS);
    }

    private void ring(Runnable work) {
        try {
            execute(work);
        } catch (RejectedExecutionException | LoopException ended) {
            // the loop cannot run any more, and says so to all who use it
        }
    }

    @Override
    public boolean cancelAlarm() {
        return alarm == null || alarm.cancel(false);
    }

    private LoopException.BadExecutor breakBy(String what, String remedy) {
        LoopException.BadExecutor error =
                new LoopException.BadExecutor(String.valueOf(executor), what, remedy);
        if (broken == null) broken = error;
        return error;
    }

    /** One piece of work. */
    private final class Step implements Runnable {
        private final Runnable work;
        private final long number;

        /** The thread inside {@link ExecutorDriver#execute}; null once it has left that. */
        private volatile @Nullable Thread giver = Thread.currentThread();

        Step(Runnable work, long number) {
            this.work = work;
            this.number = number;
        }

        @Override
        public void run() {
            LoopException.BadExecutor error = check();
            if (error != null) throw error;
            running = true;
            try {
                work.run();
            } finally {
                running = false;
            }
        }

        private LoopException.@Nullable BadExecutor check() {
            if (broken != null) return broken;
            Thread caller = Thread.currentThread();
            if (giver == caller)
                return breakBy(
                        "ran work inside of execute, on the thread of its caller",
                        "give the loop one that queues its work");
            Thread before = thread;
            if (running || before != null && before != caller)
                return breakBy(
                        "uses several threads, \"%s\" and \"%s\" among them"
                                .formatted(
                                        before == null ? "?" : before.getName(), caller.getName()),
                        "give the loop one with a single thread");
            if (!expected.compareAndSet(number, number + 1))
                return breakBy(
                        "dropped work or changed its order: number %d came when %d was due"
                                .formatted(number, expected.get()),
                        "give the loop one that runs all it is given, in order, and end the loop before it is shut down");
            thread = caller;
            return null;
        }
    }
}
