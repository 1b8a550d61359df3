package dev.corona.flow;

import dev.corona.Resumable;
import dev.corona.async.EventLoop;
import dev.corona.channels.Sink;
import dev.corona.errors.ChannelException;
import dev.corona.errors.FlowException;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;

/**
 * A {@code Flow.Subscriber} as a sink: a send suspends the calling task until the subscriber has requested an item.
 *
 * <p><b>Threads.</b> For tasks of the loop of the task that made it, one at a time; the subscriber may request and cancel from any
 * thread. Its methods are called by those tasks.
 *
 * <p><b>Cancellation.</b> A cancelled send has sent nothing. After the subscriber has cancelled, {@link #send} throws
 * {@link FlowException.Cancelled}, and closing does nothing.
 *
 * <p><b>Errors.</b> A request of zero or less ends the subscription by an {@link IllegalArgumentException} to the subscriber, as rule
 * 3.9 says. What the subscriber throws comes out of the call that called it, and cancels the subscription.
 *
 * @param <T> the items
 */
public final class SubscriberSink<T> implements Sink<T> {
    private final String name;
    private final Demand demand;

    /** Null when the subscription has ended, so that nothing here keeps the subscriber. */
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;

    /** Whether a task is inside {@code onNext}, where it may wait; no other signal may be given then (rule 1.3). */
    private boolean signalling;

    private @Nullable IllegalArgumentException badRequest;

    private SubscriberSink(Flow.Subscriber<? super T> subscriber, Runnable onCancel) {
        this.subscriber = subscriber;
        name = "subscriber " + subscriber.getClass().getName();
        demand = new Demand(EventLoop.current(), this::refuseRequest, () -> cancelled(onCancel));
    }

    /**
     * Subscribes {@code subscriber} to what will be sent.
     *
     * @throws dev.corona.errors.LoopException.NotInTask outside of a task
     */
    public static <T> SubscriberSink<T> of(Flow.Subscriber<? super T> subscriber) {
        return of(subscriber, () -> {});
    }

    /**
     * As {@link #of(Flow.Subscriber)}.
     *
     * @param onCancel called when the subscriber cancels, by its thread
     */
    static <T> SubscriberSink<T> of(Flow.Subscriber<? super T> subscriber, Runnable onCancel) {
        SubscriberSink<T> sink = new SubscriberSink<>(subscriber, onCancel);
        subscriber.onSubscribe(sink.demand);
        return sink;
    }

    /** Suspends the calling task until the subscriber has requested an item or has cancelled; says whether it has requested. */
    public boolean awaitDemand() {
        while (!isOver() && !demand.isThere()) demand.await("demand of " + name);
        return !isOver();
    }

    /** Wakes a task that waits for demand, which looks again. */
    void wake() {
        demand.signal();
    }

    /** As {@link #awaitDemand()}, but may return without demand after a {@link #wake()}; says whether there is any. */
    boolean awaitDemandOrWake(BooleanSupplier woken) {
        while (!isOver() && !demand.isThere() && !woken.getAsBoolean())
            demand.await("demand of " + name, woken);
        return !isOver() && demand.isThere();
    }

    private boolean isOver() {
        return subscriber == null;
    }

    /** Whether the subscriber has cancelled. */
    public boolean isCancelled() {
        return demand.isCancelled();
    }

    @Override
    @Resumable
    public void send(T element) {
        Objects.requireNonNull(element, "an item must not be null (rule 2.13)");
        if (!awaitDemand()) throw refusal();
        Flow.Subscriber<? super T> to = subscriber;
        if (to == null) throw refusal();
        demand.take();
        signalling = true;
        try {
            to.onNext(element);
        } catch (Throwable broken) {
            demand.cancel();
            throw broken;
        } finally {
            signalling = false;
        }
        IllegalArgumentException refused = badRequest;
        if (refused != null) close(refused);
    }

    private RuntimeException refusal() {
        return isCancelled()
                ? new FlowException.Cancelled(name)
                : new ChannelException.ClosedForSend(name, null);
    }

    @Override
    public void close() {
        Flow.Subscriber<? super T> last = leave();
        if (last != null) last.onComplete();
    }

    @Override
    public void close(Throwable cause) {
        Flow.Subscriber<? super T> last = leave();
        if (last != null) last.onError(cause);
    }

    /** Ends the subscription; returns who is to be told, which who has cancelled is not. */
    private Flow.@Nullable Subscriber<? super T> leave() {
        Flow.Subscriber<? super T> last = subscriber;
        subscriber = null;
        demand.end();
        return demand.isCancelled() ? null : last;
    }

    private void refuseRequest(long count) {
        IllegalArgumentException refused =
                new IllegalArgumentException(
                        "%s requested %d items; it must request at least 1 (rule 3.9)"
                                .formatted(name, count));
        if (signalling) badRequest = refused;
        else close(refused);
    }

    private void cancelled(Runnable onCancel) {
        subscriber = null;
        onCancel.run();
    }

    /** What reports and errors call it. */
    @Override
    public String toString() {
        return name;
    }
}
