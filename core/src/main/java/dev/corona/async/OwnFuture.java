package dev.corona.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A future that its owner completes and nobody else. */
abstract class OwnFuture<T> extends CompletableFuture<T> {
    final void finish(T value) {
        super.complete(value);
    }

    final void finishExceptionally(Throwable error) {
        super.completeExceptionally(error);
    }

    @Override
    public boolean complete(T value) {
        throw onlyTheBody();
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        throw onlyTheBody();
    }

    @Override
    public void obtrudeValue(T value) {
        throw onlyTheBody();
    }

    @Override
    public void obtrudeException(Throwable error) {
        throw onlyTheBody();
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        throw onlyTheBody();
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        return copy().orTimeout(timeout, unit);
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        return copy().completeOnTimeout(value, timeout, unit);
    }

    private UnsupportedOperationException onlyTheBody() {
        return new UnsupportedOperationException(
                this
                        + " can only be completed by its body; cancel it, or complete a CompletableFuture instead");
    }
}
