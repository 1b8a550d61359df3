package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.async.Waiter;
import dev.corona.errors.LoopException;
import dev.corona.io.IoLoop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The main task of a loop that one plain thread gives calls to, one after the other; other tasks of the loop run on between them.
 * Ends when it is told to, when the other tasks can never end, or when a call waits for what can never come.
 */
final class MainTask {
    private final IoLoop io = IoLoop.create();
    private final Runnable closing;
    private final Runnable awaitingTasks;
    private final CompletableFuture<@Nullable Object> over = new CompletableFuture<>();
    private final ArrayDeque<Runnable> calls = new ArrayDeque<>();
    private @Nullable Waiter<@Nullable Object> idle;
    private boolean finishing;
    private volatile @Nullable Task<?> task;
    private volatile boolean busy;

    /**
     * @param closing what is done last, in the task
     * @param awaitingTasks waits for the other tasks, in the task
     */
    MainTask(Runnable closing, Runnable awaitingTasks) {
        this.closing = closing;
        this.awaitingTasks = awaitingTasks;
    }

    IoLoop io() {
        return io;
    }

    void start(LuaLoop.Uncaught uncaught) {
        io.loop()
                .onUncaught(
                        (failed, error) ->
                                uncaught.uncaught(failed == null ? "?" : failed.name(), error));
        Thread.ofPlatform().daemon().name("lua-main").start(this::run);
    }

    private void run() {
        try {
            io.run(this::serve);
            over.complete(null);
        } catch (Throwable error) {
            over.completeExceptionally(error);
        }
    }

    private @Nullable Object serve() {
        task = Task.currentOrNull();
        for (Runnable call = next(); call != null; call = next()) {
            busy = true;
            call.run();
            busy = false;
        }
        awaitingTasks.run();
        closing.run();
        return null;
    }

    /** The next call; null at the end. */
    private @Nullable Runnable next() {
        while (true) {
            synchronized (this) {
                Runnable call = calls.poll();
                if (call != null || finishing) return call;
            }
            awaitCalmly("the next chunk", true, this::waitFor);
        }
    }

    /** Waits, or returns early: an interrupt may arrive when the call that it was for has just ended. */
    static void awaitCalmly(
            String what, boolean external, Consumer<Waiter<@Nullable Object>> start) {
        try {
            Corona.<@Nullable Object>suspend(what, external, start);
        } catch (CancellationException late) {
            return;
        }
    }

    private synchronized void waitFor(Waiter<@Nullable Object> waiter) {
        if (calls.isEmpty() && !finishing) idle = waiter;
        else waiter.complete();
    }

    private synchronized void wake() {
        Waiter<@Nullable Object> waiting = idle;
        idle = null;
        if (waiting != null) waiting.complete();
    }

    /** Runs {@code body} in the task; blocks the calling thread until it has ended. */
    @Nullable Object call(Callable<@Nullable Object> body) {
        CompletableFuture<@Nullable Object> done = new CompletableFuture<>();
        synchronized (this) {
            calls.add(() -> run(body, done));
        }
        wake();
        over.whenComplete(
                (nothing, error) -> done.completeExceptionally(LuaLoop.ended(reason(error))));
        try {
            return done.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw LuaLoop.ended(cause);
        }
    }

    private static Throwable reason(@Nullable Throwable error) {
        return error == null ? new CancellationException("the event loop has ended") : error;
    }

    private static void run(
            Callable<@Nullable Object> body, CompletableFuture<@Nullable Object> done) {
        try {
            done.complete(body.call());
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    boolean isOver() {
        return over.isDone();
    }

    /** Ends the wait of a call that runs. */
    void interrupt() {
        Task<?> running = task;
        if (running != null && busy) running.cancel(false);
    }

    /** Lets the other tasks end, then closes; blocks the calling thread until the loop is over. */
    void finish() {
        synchronized (this) {
            finishing = true;
        }
        wake();
        try {
            over.join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof LoopException.Deadlock)) throw e;
            // what is left waits for each other and can never go on
        } finally {
            io.close();
        }
    }

    /** Ends the loop with all tasks. */
    void abort() {
        io.close();
    }
}
