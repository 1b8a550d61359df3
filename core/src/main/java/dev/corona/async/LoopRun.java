package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** The life of a loop that belongs to one main task, on the thread that asks for it or on one of its own. */
final class LoopRun {
    private static final ThreadLocal<EventLoop> RUNNING = new ThreadLocal<>();

    private LoopRun() {}

    /** Runs {@code body} as the main task of a new loop; answers that task, which has ended. */
    static <T extends @Nullable Object> Task<T> of(
            LoopOptions options, SpawnSite site, Callable<? extends T> body) {
        if (RUNNING.get() != null || EventLoop.isInTurn() || Continuation.current() != null)
            throw new LoopException.NestedLoop("run another event loop");
        boolean aside =
                Engines.fallback().traits().movable() && !Thread.currentThread().isVirtual();
        return aside ? runAside(options, site, body) : runHere(options, site, body);
    }

    /** Runs a loop on this thread; answers the task of {@code body}, which has ended. */
    private static <T extends @Nullable Object> Task<T> runHere(
            LoopOptions options, SpawnSite site, Callable<? extends T> body) {
        ThreadDriver driver = new ThreadDriver(options.clock());
        EventLoop loop = new EventLoop(driver);
        options.applyTo(loop);
        Task<T> main = loop.spawn("main", site, body);
        main.take();
        main.whenComplete((value, error) -> wakeFromAbroad(driver));
        RUNNING.set(loop);
        Throwable inFlight = null;
        try {
            driver.runUntil(
                    () -> main.isCompletedExceptionally() || isOver(main, loop, driver),
                    () -> loop.isSomethingPending() || isAbroad(main, loop));
            if (!main.isDone()) throw new LoopException.Deadlock(loop.describeTasks());
            inFlight = StageWatch.outcomeOf(main).error();
        } catch (Throwable thrown) {
            inFlight = thrown;
            throw thrown;
        } finally {
            loop.end(inFlight);
            driver.close();
            RUNNING.remove();
        }
        return main;
    }

    private static boolean isOver(Task<?> main, EventLoop loop, ThreadDriver driver) {
        return loop.isIdle() && !driver.hasWork() && !isAbroad(main, loop);
    }

    /** Whether the main task has moved to another loop, where it goes on. */
    private static boolean isAbroad(Task<?> main, EventLoop loop) {
        return main.loop != loop && !main.isDone();
    }

    private static void wakeFromAbroad(ThreadDriver driver) {
        if (driver.isLoopThread()) return;
        try {
            driver.execute(() -> {});
        } catch (RejectedExecutionException hasEnded) {
            // nobody waits for it there any more
        }
    }

    private static <T extends @Nullable Object> Task<T> runAside(
            LoopOptions options, SpawnSite site, Callable<? extends T> body) {
        CompletableFuture<Task<T>> main = new CompletableFuture<>();
        Runnable work =
                () -> {
                    try {
                        main.complete(runHere(options, site, body));
                    } catch (Throwable error) {
                        main.completeExceptionally(error);
                    }
                };
        Thread.ofVirtual().name("corona-loop").start(work);
        return Awaits.resultOf(main);
    }
}
