package dev.corona.flow;

import dev.corona.async.EventLoop;
import dev.corona.async.SpawnSite;
import dev.corona.errors.LoopException;

import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * An iterable as a {@code Flow.Publisher}: a generator, a channel, a producer, a collection. Each subscriber is served by a task
 * of its own, which iterates as far as the subscriber has requested, and may wait while it does.
 *
 * <p>A generator or a collection starts anew for each subscriber. A channel is shared: each element goes to one subscriber, and
 * none is taken that was not requested. From other iterables one item may be taken before it is requested, to see the end.
 *
 * <p><b>Threads.</b> Any thread may subscribe, request and cancel; subscribers are called on the loop's thread, by the task, and may
 * wait there. <b>Cancellation</b> of a subscription cancels its task, which closes the iterator if that can be closed; it does not
 * close a channel. <b>Errors.</b> What the iterator throws goes to the subscriber. When the event loop ends, or has ended,
 * subscribers are told by a {@link LoopException.Ended}.
 *
 * @param <T> the items
 */
public final class SourcePublisher<T> implements Flow.Publisher<T> {
    private static final Flow.Subscription NOTHING =
            new Flow.Subscription() {
                @Override
                public void request(long count) {}

                @Override
                public void cancel() {}
            };

    private final EventLoop loop;
    private final Iterable<? extends T> items;
    private final SpawnSite site;

    private SourcePublisher(EventLoop loop, Iterable<? extends T> items) {
        this.loop = loop;
        this.items = items;
        site = SpawnSite.here();
    }

    /** A publisher of what {@code items} has, on the caller's loop. */
    public static <T> SourcePublisher<T> of(Iterable<? extends T> items) {
        return on(EventLoop.current(), items);
    }

    /** A publisher of what {@code items} has, on {@code loop}. */
    public static <T> SourcePublisher<T> on(EventLoop loop, Iterable<? extends T> items) {
        return new SourcePublisher<>(loop, items);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "a subscriber must not be null (rule 1.9)");
        loop.execute(
                () -> loop.spawn(toString(), site, new Service<>(items, subscriber)),
                () -> {
                    subscriber.onSubscribe(NOTHING);
                    subscriber.onError(new LoopException.Ended("publish " + items));
                });
    }

    /** What reports call it. */
    @Override
    public String toString() {
        return "publisher of " + items;
    }
}
