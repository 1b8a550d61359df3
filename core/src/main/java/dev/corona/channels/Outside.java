package dev.corona.channels;

import dev.corona.async.EventLoop;
import dev.corona.async.Task;
import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A channel's side for other threads and for tasks of other loops. What one thread asks for is done in that order, on the
 * channel's loop.
 *
 * <p><b>Threads.</b> Any.
 *
 * <p><b>Cancellation.</b> A future that is cancelled before it is complete has sent, or received, nothing: an element that it would
 * have received goes to the next who asks. The same holds for the thread of {@link #put} or {@link #take} that is interrupted.
 *
 * <p><b>Errors.</b> Futures fail with what {@link Channel#send} and {@link Channel#receive} throw, and with
 * {@link LoopException.Ended} if the channel's loop has ended.
 *
 * @param <T> the channel's elements
 */
public final class Outside<T> {
    private final Channel<T> channel;
    private final EventLoop loop;

    Outside(Channel<T> channel, EventLoop loop) {
        this.channel = channel;
        this.loop = loop;
    }

    /** Sends {@code element}; the future is complete when a receiver has it or there was room. */
    public CompletableFuture<@Nullable Void> send(T element) {
        Objects.requireNonNull(element, "an element of a channel must not be null");
        return new OutsideSend<>(loop, channel, element).reply;
    }

    /** Receives the next element. */
    public CompletableFuture<T> receive() {
        return new OutsideReceive<>(loop, channel).reply;
    }

    /**
     * Sends {@code element} and blocks the thread until that is done.
     *
     * @throws LoopException.NestedLoop on a thread that runs the channel's loop, where {@link Channel#send} is right
     */
    public void put(T element) throws InterruptedException {
        join("send to", send(element));
    }

    /**
     * Receives the next element and blocks the thread until there is one.
     *
     * @throws LoopException.NestedLoop on a thread that runs the channel's loop, where {@link Channel#receive} is right
     */
    public T take() throws InterruptedException {
        return join("receive from", receive());
    }

    /** Closes the channel, after what this thread has sent before. */
    public void close() {
        loop.execute(channel::close);
    }

    /** Closes the channel with a cause, after what this thread has sent before. */
    public void close(Throwable cause) {
        loop.execute(() -> channel.close(cause));
    }

    private <R extends @Nullable Object> R join(String verb, CompletableFuture<R> future)
            throws InterruptedException {
        if (loop.isCurrent() || Task.currentOrNull() != null) {
            future.cancel(false);
            throw new LoopException.NestedLoop("block to " + verb + " " + channel);
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            if (future.cancel(false)) throw e;
            Thread.currentThread().interrupt();
            return future.join();
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        Throwable error = e.getCause();
        if (error instanceof Error fatal) throw fatal;
        return error instanceof RuntimeException unchecked
                ? unchecked
                : new CompletionException(error);
    }
}
