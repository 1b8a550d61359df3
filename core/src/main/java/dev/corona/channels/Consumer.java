package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.errors.ChannelException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Carrier;
import dev.corona.woven.Linkage;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;

/**
 * A sink that is written as a body which receives: a task of its own that takes what others send, and has a result.
 *
 * <pre>{@code
 * Consumer<String, Integer> lines = Consumer.of(in -> {
 *     int count = 0;
 *     for (String line : in) if (!line.isBlank()) count++;
 *     return count;
 * });
 * lines.send("one");
 * lines.close();
 * int count = lines.result();
 * }</pre>
 *
 * <p><b>Start.</b> The body starts with the first call of this object.
 *
 * <p><b>Closing.</b> {@link #close()} ends the body's input and waits until the body has ended. A body that ends before its input
 * does refuses what is sent after that.
 *
 * <p><b>Threads.</b> For tasks of one loop. <b>Cancellation</b> of a sender leaves the consumer as it is. <b>Errors.</b> What the body
 * throws is the cause of the {@link ChannelException.ClosedForSend} that senders get, and comes out of {@link #close()} and
 * {@link #result()}, as {@link Corona#await} throws it.
 *
 * @param <T> the elements
 * @param <R> the result
 */
public final class Consumer<T, R extends @Nullable Object> implements Sink<T> {
    /** What a consumer runs. */
    @FunctionalInterface
    public interface Body<T, R extends @Nullable Object> {
        /**
         * @param in gives the elements; closed when this returns or throws
         */
        @Resumable
        R run(Source<T> in) throws Exception;
    }

    private static final ClassValue<Boolean> WOVEN =
            Linkage.twinOf("run", MethodType.methodType(Object.class, Source.class, Strand.class));

    private final Channel<T> channel;
    private final String name;
    private final Body<T, R> body;
    private @Nullable Task<R> task;

    private Consumer(String name, int behind, Body<T, R> body) {
        this.name = name;
        this.body = body;
        channel = Channel.<T>ofCapacity(behind).transparent("consumer " + name);
    }

    /** A consumer whose senders wait until it takes their elements. */
    public static <T, R extends @Nullable Object> Consumer<T, R> of(Body<T, R> body) {
        return of(Producer.nameOf(body), 0, body);
    }

    /**
     * A consumer with a name for reports.
     *
     * @param behind how many elements may be sent that it has not taken; not negative
     */
    public static <T, R extends @Nullable Object> Consumer<T, R> of(
            String name, int behind, Body<T, R> body) {
        if (behind < 0)
            throw new IllegalArgumentException(
                    "a consumer's number of elements behind must not be negative, but was "
                            + behind);
        return new Consumer<>(name, behind, body);
    }

    @Override
    public void send(T element) {
        start();
        channel.send(element);
    }

    @Override
    public void close() {
        finish(null);
    }

    /** Ends the body's input with an error, which the body's receive throws, and waits until the body has ended. */
    @Override
    public void close(Throwable cause) {
        finish(cause);
    }

    private void finish(@Nullable Throwable cause) {
        Task<R> running = start();
        channel.end(cause);
        if (running != Task.currentOrNull()) Corona.await(running);
    }

    /** What the body returns; suspends the calling task until it has. It ends by itself or by {@link #close()}. */
    public R result() {
        return Corona.await(start());
    }

    private Task<R> start() {
        Task<R> started = task;
        if (started == null) {
            started = Corona.spawn(name, new Run());
            task = started;
        }
        return started;
    }

    /** What the task runs. */
    private final class Run implements Callable<R>, Carrier {
        @Override
        public boolean isBodyWoven() {
            return WOVEN.get(body.getClass());
        }

        @Override
        public R call() throws Exception {
            Throwable error = null;
            try {
                return body.run(channel);
            } catch (Unwinding ofTheLoop) {
                throw ofTheLoop;
            } catch (Throwable thrown) {
                error = thrown;
                throw thrown;
            } finally {
                channel.end(error);
                channel.closeNow();
            }
        }
    }

    /** What reports and errors call it. */
    @Override
    public String toString() {
        return channel.toString();
    }
}
