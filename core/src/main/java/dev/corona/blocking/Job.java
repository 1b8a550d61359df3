package dev.corona.blocking;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** One call that is offloaded: its future, and what the executor runs. */
final class Job<T extends @Nullable Object> extends CompletableFuture<T> implements Runnable {
    private final Offload offload;
    private final Callable<? extends T> body;
    private final Object lock = new Object();

    /** The thread that runs it; guarded by the lock, so that an interrupt meets this job and none after it. */
    private @Nullable Thread thread;

    Job(Offload offload, Callable<? extends T> body) {
        this.offload = offload;
        this.body = body;
    }

    @Override
    public void run() {
        T result = null;
        Throwable error = null;
        try {
            if (!begin()) return;
            result = body.call();
        } catch (Throwable thrown) {
            error = thrown;
        } finally {
            end();
            offload.ended();
        }
        finish(result, error);
    }

    @SuppressWarnings("NullAway") // null is a result like any other
    private void finish(@Nullable T result, @Nullable Throwable error) {
        if (error == null) complete(result);
        else completeExceptionally(error);
    }

    private boolean begin() {
        synchronized (lock) {
            if (isDone()) return false;
            thread = Thread.currentThread();
            return true;
        }
    }

    private void end() {
        synchronized (lock) {
            if (thread != null) Thread.interrupted();
            thread = null;
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!super.cancel(mayInterruptIfRunning)) return false;
        offload.withdraw(this);
        synchronized (lock) {
            if (thread != null) thread.interrupt();
        }
        return true;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
