package dev.corona.io;

import dev.corona.async.EventLoop;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;
import dev.corona.errors.LoopException;

import io.netty.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The run of a main task, from its spawn until the loop has nothing left to do. All but {@link #await} is for the loop's
 * thread.
 *
 * <pre>
 *   RUNNING ──nothing left──▶ FLUSHING ──all written, or the linger timeout──▶ OVER
 *      └──main failed, deadlock: the other tasks are unwound────────────────────▲
 * </pre>
 */
final class MainRun<T extends @Nullable Object> {
    private final IoLoop io;
    private final EventLoop loop;
    private final SpawnSite site;
    private final Callable<? extends T> body;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Task<T> task;
    private boolean checkQueued;
    private boolean flushing;
    private @Nullable ScheduledFuture<?> limit;

    MainRun(IoLoop io, SpawnSite site, Callable<? extends T> body) {
        this.io = io;
        this.loop = io.loop();
        this.site = site;
        this.body = body;
    }

    void start() {
        try {
            Task<T> main = loop.spawn("main", site, body);
            main.take();
            task = main;
        } catch (LoopException.Ended e) {
            over();
            result.completeExceptionally(e);
        }
    }

    /** Whether {@link #check} should be called once what is on the stack has returned. */
    boolean isMaybeOver() {
        if (checkQueued || flushing || loop.hasReady()) return false;
        if (!hasFailed() && !isIdle()) return false;
        checkQueued = true;
        return true;
    }

    private boolean hasFailed() {
        return task != null && task.isCompletedExceptionally();
    }

    /** Whether nothing is left, or whatever is left can never go on. */
    private boolean isIdle() {
        if (loop.isSomethingPending()) return false;
        return loop.taskCount() == 0 || loop.timers() == 0;
    }

    void check() {
        checkQueued = false;
        Task<T> main = task;
        if (main == null || loop.hasReady()) return;
        if (hasFailed()) {
            fail(errorOf(main));
        } else if (isIdle()) {
            if (main.isDone()) finish();
            else fail(new LoopException.Deadlock(loop.describeTasks()));
        }
    }

    private static Throwable errorOf(Task<?> failed) {
        try {
            return new AssertionError("no error but " + failed.join());
        } catch (CancellationException cancelled) {
            return cancelled;
        } catch (CompletionException e) {
            return Objects.requireNonNullElse(e.getCause(), e);
        }
    }

    private void fail(Throwable error) {
        loop.end(error);
        over();
        result.completeExceptionally(error);
    }

    private void finish() {
        flushing = true;
        boolean waits = false;
        for (Outbound outbound : io.outbounds()) {
            if (!outbound.isPending()) continue;
            waits = true;
            outbound.whenFlushed(this::flushed);
        }
        if (!waits) succeed();
        else if (limit == null) {
            long millis = io.options().lingerTimeout().toMillis();
            limit = io.netty().schedule(this::succeed, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void flushed() {
        for (Outbound outbound : io.outbounds()) if (outbound.isPending()) return;
        succeed();
    }

    private void succeed() {
        Task<T> main = task;
        if (main == null || result.isDone()) return;
        if (limit != null) limit.cancel(false);
        if (loop.taskCount() > 0) loop.end();
        over();
        result.complete(main.resultNow());
    }

    private void over() {
        task = null;
        io.ended(this);
    }

    T await() {
        try {
            return result.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException unchecked) throw unchecked;
            if (cause instanceof Error error) throw error;
            throw new CompletionException(cause);
        }
    }
}
