package dev.corona.channels;

import org.jspecify.annotations.Nullable;

/**
 * Where a task puts elements, one after the other, and waits while there is no room: a {@link Channel}, a {@link Consumer}, a
 * subscriber of {@code java.util.concurrent.Flow}.
 *
 * <p><b>Threads.</b> For tasks of one event loop. <b>Cancellation.</b> A cancelled send has sent nothing.
 *
 * @param <T> the elements; never null
 */
public interface Sink<T> extends Closing {
    /**
     * Puts {@code element} in; suspends the calling task until there is room.
     *
     * @throws dev.corona.errors.ChannelException.ClosedForSend if it was closed
     */
    void send(T element);

    /** Says that nothing more will be sent because of an error, which the other side will see. */
    void close(Throwable cause);

    /** Sends all that {@code elements} has, in order; does not close this sink. */
    default void sendAll(Iterable<? extends T> elements) {
        for (T each : elements) send(each);
    }

    /** As {@link #close()}, or {@link #close(Throwable)} if there is a cause. */
    default void end(@Nullable Throwable cause) {
        if (cause == null) close();
        else close(cause);
    }
}
