package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.kernel.Engines;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Straight-line asynchronous code for Java: {@link #run} a loop, {@link #spawn} tasks on it, {@link #await} what takes time.
 * A call that waits suspends the calling task only; the thread runs the others meanwhile.
 *
 * <p><b>Threads.</b> {@code run} is called by plain code; everything else by a task, on its loop's thread.
 *
 * <p><b>Cancellation.</b> Every call that waits may throw {@link CancellationException}; see {@link Task}.
 */
public final class Corona {
    private static final ThreadLocal<EventLoop> RUNNING = new ThreadLocal<>();

    private Corona() {}

    /** Runs {@code body} on the machine's clock; see {@link #run(LoopClock, Callable)}. */
    public static <T extends @Nullable Object> T run(Callable<? extends T> body) {
        return run(LoopClock.system(), body);
    }

    /**
     * Runs {@code body} as the first task of a new event loop, and returns its result when it and all other tasks of the loop
     * have ended and no {@link EventLoop#hold} is left. Tasks that can never end because they wait for each other are
     * unwound when the body has ended. If the body fails, the other tasks are unwound and the error is thrown: as it is if
     * it is unchecked, else in a {@link CompletionException}.
     *
     * <p>The loop runs on this thread. With an engine whose continuations change threads it runs on a virtual one of its own,
     * where they change much faster, and this thread waits for that. An interrupt is kept for later.
     *
     * @throws LoopException.Deadlock if the body can never end
     * @throws LoopException.NestedLoop if this thread already runs a loop
     */
    public static <T extends @Nullable Object> T run(LoopClock clock, Callable<? extends T> body) {
        if (RUNNING.get() != null || Task.currentOrNull() != null)
            throw new LoopException.NestedLoop("run another event loop");
        SpawnSite site = SpawnSite.here();
        boolean aside =
                Engines.fallback().traits().movable() && !Thread.currentThread().isVirtual();
        return resultOf(aside ? runAside(clock, site, body) : runHere(clock, site, body));
    }

    /** Runs a loop on this thread; answers the task of {@code body}, which has ended. */
    private static <T extends @Nullable Object> Task<T> runHere(
            LoopClock clock, SpawnSite site, Callable<? extends T> body) {
        ThreadDriver driver = new ThreadDriver(clock);
        EventLoop loop = new EventLoop(driver);
        Task<T> main = loop.spawn("main", site, body);
        main.take();
        RUNNING.set(loop);
        try {
            driver.runUntil(
                    () -> main.isCompletedExceptionally() || loop.isIdle() && !driver.hasWork(),
                    loop::isSomethingPending);
            if (!main.isDone()) throw new LoopException.Deadlock(loop.describeTasks());
        } finally {
            loop.end();
            driver.close();
            RUNNING.remove();
        }
        return main;
    }

    private static <T extends @Nullable Object> Task<T> runAside(
            LoopClock clock, SpawnSite site, Callable<? extends T> body) {
        CompletableFuture<Task<T>> main = new CompletableFuture<>();
        Runnable work =
                () -> {
                    try {
                        main.complete(runHere(clock, site, body));
                    } catch (Throwable error) {
                        main.completeExceptionally(error);
                    }
                };
        Thread.ofVirtual().name("corona-loop").start(work);
        return resultOf(main);
    }

    /**
     * A new task on the caller's loop; it starts in the loop's next turn.
     *
     * @throws LoopException.NotInTask outside of a task; use {@link EventLoop#spawn} there
     */
    public static <T extends @Nullable Object> Task<T> spawn(Callable<? extends T> body) {
        return Task.requireCurrent("a spawned task").loop.spawn(body);
    }

    /** A new task with a name for reports; see {@link #spawn(Callable)}. */
    public static <T extends @Nullable Object> Task<T> spawn(
            String name, Callable<? extends T> body) {
        return Task.requireCurrent(name).loop.spawn(name, SpawnSite.here(), body);
    }

    /**
     * The result of {@code stage}; suspends the calling task until it is complete, and not at all if it is already. Its
     * error is thrown as it is if it is unchecked, else in a {@link CompletionException}.
     *
     * @throws LoopException.NotInTask outside of a task
     * @throws LoopException.WouldBlock inside {@link #atomic}, if the stage is not complete
     * @throws LoopException.SelfAwait if the stage is the calling task
     */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        Task<?> task = Task.requireCurrent(stage);
        if (stage == task) throw new LoopException.SelfAwait(task.name());
        boolean internal = stage instanceof Task<?> awaited && awaited.loop == task.loop;
        if (stage instanceof Task<?> awaited) awaited.take();
        CompletableFuture<T> future = futureOf(stage);
        if (future.isDone()) return resultOf(future);
        task.requireMayWait(stage);
        Waiter<@Nullable Object> waiter = new Waiter<>(task, stage, !internal);
        future.whenComplete((value, error) -> waiter.complete());
        task.suspend(waiter);
        return resultOf(future);
    }

    /**
     * Suspends the calling task for {@code time}; zero and less let the others that are ready run once.
     *
     * @throws LoopException.NotInTask outside of a task
     * @throws LoopException.WouldBlock inside {@link #atomic}
     */
    public static void sleep(Duration time) {
        Object what = "sleep " + TimeUnit.MILLISECONDS.convert(time) + " ms";
        Task<?> task = Task.requireCurrent(what);
        task.requireMayWait(what);
        Waiter<@Nullable Object> waiter = new Waiter<>(task, what, false);
        waiter.completeAfter(task.loop, TimeUnit.NANOSECONDS.convert(time));
        task.suspend(waiter);
    }

    /** Lets every other task that is ready run before the caller goes on. */
    public static void yieldNow() {
        sleep(Duration.ZERO);
    }

    /**
     * Suspends the calling task until the waiter that {@code start} is given has been completed: the bridge from callbacks.
     * The wait counts as one for something outside of the loop.
     *
     * @param what what is waited for, for reports; its {@code toString} is called when one is made
     * @param start begins the operation; may complete the waiter at once
     */
    public static <T extends @Nullable Object> T suspend(Object what, Consumer<Waiter<T>> start) {
        return suspend(what, true, start);
    }

    /**
     * As {@link #suspend(Object, Consumer)}.
     *
     * @param external whether something outside of the loop completes the waiter, so that a loop with nothing else to do
     *     waits for it; if not, a wait that nobody can end counts as a deadlock
     */
    public static <T extends @Nullable Object> T suspend(
            Object what, boolean external, Consumer<Waiter<T>> start) {
        Task<?> task = Task.requireCurrent(what);
        task.requireMayWait(what);
        Waiter<T> waiter = new Waiter<>(task, what, external);
        start.accept(waiter);
        return task.suspend(waiter);
    }

    /**
     * Throws if a call that is about to have effects and then to wait must not wait: inside {@link #atomic}, outside of a
     * task, or in a task that was cancelled.
     */
    public static void requireMayWait(Object what) {
        Task.requireCurrent(what).requireMayWait(what);
    }

    /**
     * Throws the cancellation of the calling task if one waits to be delivered; for code that runs long without a wait. Nothing
     * happens outside of a task.
     */
    public static void throwIfCancelled() {
        Task<?> task = Task.currentOrNull();
        if (task != null) task.throwIfCancelled();
    }

    /**
     * Suspends the calling task for good, also inside {@link #atomic} and when it is cancelled: it goes on only to be unwound
     * when its loop ends. For runtimes that end a program from inside of it.
     */
    public static void parkForever(Object what) {
        Task<?> task = Task.requireCurrent(what);
        while (true) {
            try {
                task.suspend(new Waiter<@Nullable Object>(task, what, false));
            } catch (CancellationException notForThisWait) {
                // parks again
            }
        }
    }

    /**
     * Runs {@code section} in non-blocking mode: a call in it that would suspend the task throws
     * {@link LoopException.WouldBlock} before it does anything, so that no other task can run in between.
     */
    public static <T extends @Nullable Object> T atomic(Callable<? extends T> section)
            throws Exception {
        Task<?> task = Task.requireCurrent("an atomic section");
        task.enterAtomic();
        try {
            return section.call();
        } finally {
            task.leaveAtomic();
        }
    }

    /** As {@link #atomic(Callable)}, for a section without a result. */
    public static void atomic(Runnable section) {
        Task<?> task = Task.requireCurrent("an atomic section");
        task.enterAtomic();
        try {
            section.run();
        } finally {
            task.leaveAtomic();
        }
    }

    /** The stage as a future, also if it is of a kind that does not offer that. */
    static <T extends @Nullable Object> CompletableFuture<T> futureOf(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture();
        } catch (UnsupportedOperationException notOffered) {
            CompletableFuture<T> future = new CompletableFuture<>();
            stage.whenComplete(
                    (value, error) -> {
                        if (error == null) future.complete(value);
                        else future.completeExceptionally(error);
                    });
            return future;
        }
    }

    private static <T extends @Nullable Object> T resultOf(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw Failures.rethrow(Failures.unwrap(e));
        } catch (CancellationException e) {
            // the JDK wraps the one that says who was cancelled, and by whom
            throw e.getCause() instanceof CancellationException original ? original : e;
        }
    }
}
