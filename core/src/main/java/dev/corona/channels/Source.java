package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.Outcome;
import dev.corona.errors.ChannelException;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Where a task takes elements from, one after the other, and waits while there is none: a {@link Channel}, a {@link Producer}, a
 * publisher of {@code java.util.concurrent.Flow}. To pull, receive or iterate; to push, {@link #sendTo} a sink.
 *
 * <p><b>Threads.</b> For tasks of one event loop. <b>Cancellation.</b> A cancelled receive has taken nothing. <b>Errors.</b> An
 * error that ends the source comes after its last element, out of the call that asks for the next: as the class that
 * implements it says.
 *
 * @param <T> the elements; never null
 */
public interface Source<T> extends Iterable<T>, Closing {
    /**
     * The next element; suspends the calling task until there is one.
     *
     * @throws ChannelException.ClosedForReceive if the source has ended
     */
    T receive();

    /** The next element; suspends the calling task until there is one. Null if the source has ended without an error. */
    @Nullable T receiveOrNull();

    /** The elements that come, until the source ends; its error comes out of {@code hasNext()}. */
    @Override
    default Iterator<T> iterator() {
        return new SourceIterator<>(this);
    }

    /** Gives {@code action} each element that comes, until the source ends. */
    @Override
    @Resumable
    default void forEach(java.util.function.Consumer<? super T> action) {
        for (T each : this) action.accept(each);
    }

    /** The elements that come, for one thread; closing the stream closes the source. */
    default Stream<T> stream() {
        Spliterator<T> values =
                Spliterators.spliteratorUnknownSize(
                        iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(values, false).onClose(this::close);
    }

    /** Iterates until the end or the first error, which is not thrown but given to {@code onError}. */
    default Iterable<T> untilError(java.util.function.Consumer<? super Throwable> onError) {
        return new Walk<>(() -> new UntilError<>(iterator(), onError));
    }

    /** Iterates over results: a success for each element, and one failure at the end if an error ends the source. */
    default Iterable<Outcome<T>> outcomes() {
        return new Walk<>(() -> new Outcomes<>(iterator()));
    }

    /**
     * The first element; closes the source.
     *
     * @throws ChannelException.NoElement if it ends without one
     */
    default T first() {
        T found = firstOrNull();
        if (found == null) throw new ChannelException.NoElement(toString());
        return found;
    }

    /** The first element, or null if the source ends without one; closes the source. */
    default @Nullable T firstOrNull() {
        try {
            return receiveOrNull();
        } finally {
            close();
        }
    }

    /**
     * The only element, known when the source has ended; closes the source.
     *
     * @throws ChannelException.NoElement if it ends without one
     * @throws ChannelException.MoreThanOne if there is a second
     */
    default T single() {
        try {
            T only = receiveOrNull();
            if (only == null) throw new ChannelException.NoElement(toString());
            if (receiveOrNull() != null) throw new ChannelException.MoreThanOne(toString());
            return only;
        } finally {
            close();
        }
    }

    /**
     * Pushes what comes into {@code sink} until this source ends, and then ends the sink in the same way. If the sink refuses
     * an element, this source is closed and the refusal thrown.
     */
    default void sendTo(Sink<? super T> sink) {
        try {
            T next = receiveOrNull();
            while (next != null) {
                sink.send(next);
                next = receiveOrNull();
            }
        } catch (Throwable error) {
            Pump.abort(this, sink, error);
            throw error;
        }
        close();
        sink.close();
    }
}
