package dev.corona.async;

import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The driver of a loop on the thread of an executor, which must run what it is given one after the other, in order, on one thread,
 * and not before {@code execute} returns. It checks all of that: each piece of work has a number and knows who handed it in. The
 * first violation, or refusal, breaks the loop for good by a {@link LoopException.BadExecutor}.
 *
 * <p><b>Breaking.</b> The loop ends on the thread that has noticed, or on the one that runs it now, when its step is over; work that was
 * handed in and has not run is run then too, and finds the loop ended.
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

    /** What was handed in and has not been begun. */
    private final ArrayDeque<Step> waiting = new ArrayDeque<>();

    private final AtomicLong expected = new AtomicLong();
    private long handedIn;
    private volatile @Nullable Thread thread;

    /** Whether a thread is inside of the loop. */
    private final AtomicBoolean running = new AtomicBoolean();

    private volatile LoopException.@Nullable BadExecutor broken;
    private @Nullable EventLoop loop;

    /** Whether the loop was told; while {@link #running}. */
    private boolean told;

    private @Nullable ScheduledFuture<?> alarm;

    ExecutorDriver(Executor executor, @Nullable BooleanSupplier onThread) {
        this.executor = executor;
        this.onThread = onThread;
    }

    /** Says which loop it drives; called once, before there is work. */
    void serve(EventLoop driven) {
        loop = driven;
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
        try {
            handIn(work);
        } finally {
            if (broken != null) breakLoop();
        }
        LoopException.BadExecutor error = broken;
        if (error != null) throw error;
    }

    private void handIn(Runnable work) {
        synchronized (handing) {
            if (broken != null) return;
            Step step = new Step(work, handedIn++);
            waiting.add(step);
            try {
                executor.execute(step);
            } catch (RejectedExecutionException rejected) {
                waiting.removeLast();
                breakBy(
                                "rejected work",
                                "end the loop before its executor is shut down, and let that queue all it is given")
                        .initCause(rejected);
            } finally {
                step.giver = null;
            }
        }
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable work) {
        cancelAlarm();
        long delay = Math.max(0, deadlineNanos - System.nanoTime());
        alarm = Alarms.SHARED.schedule(() -> ring(work), delay, TimeUnit.NANOSECONDS);
    }

    private void ring(Runnable work) {
        handIn(work);
        if (broken != null)
            Thread.ofPlatform().daemon().name("corona-break").start(this::breakLoop);
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

    /** Ends the loop, unless a thread is inside of it, which does that when it leaves. */
    private void breakLoop() {
        LoopException.BadExecutor error = broken;
        EventLoop driven = loop;
        if (error == null || driven == null || !running.compareAndSet(false, true)) return;
        try {
            if (told) return;
            told = true;
            thread = Thread.currentThread();
            driven.breakDown(error, this::runWaiting);
        } finally {
            running.set(false);
        }
    }

    private void runWaiting() {
        for (Step step = nextWaiting(); step != null; step = nextWaiting()) step.work.run();
    }

    private @Nullable Step nextWaiting() {
        synchronized (handing) {
            return waiting.poll();
        }
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
            boolean alone = broken == null && running.compareAndSet(false, true);
            LoopException.BadExecutor error = check(alone);
            try {
                if (error == null) work.run();
            } finally {
                if (alone) running.set(false);
                if (broken != null && giver != Thread.currentThread()) breakLoop();
            }
            if (error != null) throw error;
        }

        private LoopException.@Nullable BadExecutor check(boolean alone) {
            if (broken != null) return broken;
            Thread caller = Thread.currentThread();
            if (giver == caller)
                return breakBy(
                        "ran work inside of execute, on the thread of its caller",
                        "give the loop one that queues its work");
            Thread before = thread;
            if (!alone || before != null && before != caller)
                return breakBy(
                        "uses several threads, \"%s\" and \"%s\" among them"
                                .formatted(
                                        before == null ? "?" : before.getName(), caller.getName()),
                        "give the loop one with a single thread");
            if (!begin())
                return breakBy(
                        "dropped work or changed its order: number %d came when %d was due"
                                .formatted(number, expected.get()),
                        "give the loop one that runs all it is given, in order, and end the loop before it is shut down");
            thread = caller;
            return null;
        }

        /** Takes it from those that wait, of which it must be the first. */
        private boolean begin() {
            if (!expected.compareAndSet(number, number + 1)) return false;
            synchronized (handing) {
                waiting.remove();
            }
            return true;
        }
    }
}
