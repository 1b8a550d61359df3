package dev.corona.flow;

import dev.corona.async.EventLoop;
import dev.corona.async.Task;
import dev.corona.channels.Source;
import dev.corona.errors.ChannelException;
import dev.corona.errors.FlowException;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/**
 * The items of a {@code Flow.Publisher} as a source: a task iterates over them in straight-line code, and the publisher is asked
 * for no more than a few items ahead.
 *
 * <pre>{@code
 * try (Feed<Order> orders = Feed.of(publisher)) {
 *     for (Order order : orders) if (order.isLast()) break;
 * }
 * }</pre>
 *
 * The publisher is subscribed to when the first item is asked for, once. {@link #first()} and its like ask for one item only.
 *
 * <p><b>Closing</b> cancels the subscription and drops what came ahead. A loop that is left early needs it; one that comes to the
 * end does not. The end of the event loop closes it too.
 *
 * <p><b>Threads.</b> For tasks of one loop, one at a time; the publisher may send from any thread.
 *
 * <p><b>Cancellation.</b> A cancelled receive has taken nothing.
 *
 * <p><b>Errors.</b> The publisher's error comes after its last item: as it is if it is unchecked, else in a
 * {@link CompletionException}. A publisher that breaks the rules is cancelled, and ends with a {@link FlowException}.
 *
 * @param <T> the items
 */
public final class Feed<T> implements Source<T> {
    /** How many items are requested before they are asked for, unless somebody says otherwise. */
    public static final int DEFAULT_AHEAD = 32;

    private final Flow.Publisher<? extends T> publisher;
    private int ahead;
    private @Nullable Inbox<T> inbox;
    private @Nullable EventLoop loop;
    private final Runnable onLoopEnd = this::close;
    private boolean iterated;
    private boolean closed;

    private Feed(Flow.Publisher<? extends T> publisher, int ahead) {
        this.publisher = publisher;
        this.ahead = ahead;
    }

    /** The items of {@code publisher}. */
    public static <T> Feed<T> of(Flow.Publisher<? extends T> publisher) {
        return of(publisher, DEFAULT_AHEAD);
    }

    /**
     * The items of {@code publisher}.
     *
     * @param ahead how many items are requested before they are asked for; at least 1
     */
    public static <T> Feed<T> of(Flow.Publisher<? extends T> publisher, int ahead) {
        if (ahead < 1)
            throw new IllegalArgumentException(
                    "a feed must request at least 1 item ahead, but ahead was " + ahead);
        return new Feed<>(publisher, ahead);
    }

    @Override
    public T receive() {
        T item = receiveOrNull();
        if (item == null) throw new ChannelException.ClosedForReceive(toString(), null);
        return item;
    }

    @Override
    public @Nullable T receiveOrNull() {
        Inbox<T> from = inbox;
        if (from == null) {
            if (closed) return null;
            from = subscribe();
        }
        while (true) {
            T item = from.poll();
            if (item != null) return item;
            if (from.isOver()) return end(from);
            from.await(this);
        }
    }

    private Inbox<T> subscribe() {
        Task<?> task = Task.currentOrNull();
        Inbox<T> fresh = new Inbox<>(publisher.toString(), ahead);
        inbox = fresh;
        if (task != null) {
            loop = task.loop();
            loop.addEndHook(onLoopEnd);
        }
        publisher.subscribe(fresh);
        return fresh;
    }

    private @Nullable T end(Inbox<T> from) {
        forgetLoop();
        Throwable error = from.error();
        if (error == null) return null;
        if (error instanceof Error fatal) throw fatal;
        throw error instanceof RuntimeException unchecked
                ? unchecked
                : new CompletionException(error);
    }

    private void forgetLoop() {
        EventLoop known = loop;
        loop = null;
        if (known != null) known.removeEndHook(onLoopEnd);
    }

    /**
     * The items that come.
     *
     * @throws ChannelException.IteratedTwice if it was called before: the items come once
     */
    @Override
    public Iterator<T> iterator() {
        if (iterated) throw new ChannelException.IteratedTwice(toString());
        iterated = true;
        return Source.super.iterator();
    }

    @Override
    public @Nullable T firstOrNull() {
        ahead = 1;
        return Source.super.firstOrNull();
    }

    @Override
    public T single() {
        ahead = Math.min(ahead, 2);
        return Source.super.single();
    }

    @Override
    public void close() {
        closed = true;
        forgetLoop();
        Inbox<T> from = inbox;
        if (from != null) from.cancel();
    }

    /** What reports and errors call it. */
    @Override
    public String toString() {
        return "feed of " + publisher;
    }
}
