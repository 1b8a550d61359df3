package dev.corona.flow;

import dev.corona.errors.FlowException;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The subscriber's side of a {@link Feed}: what a publisher has sent and nobody has taken. The publisher's thread adds, the
 * loop's thread takes; {@link #ended} is written after the last item, so who sees it and then an empty queue has seen all.
 */
final class Inbox<T> implements Flow.Subscriber<T> {
    private final String publisher;
    private final Queue<T> items = new ConcurrentLinkedQueue<>();
    private final WakeUp wakeUp = new WakeUp();

    /** How many items were requested and have not come. */
    private final AtomicLong requested = new AtomicLong();

    private final int ahead;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean ended;
    private volatile @Nullable Throwable error;

    /** How many items were taken since the last request; for the loop's thread. */
    private int taken;

    /**
     * @param ahead how many items may have been requested and not been taken; at least 1
     */
    Inbox(String publisher, int ahead) {
        this.publisher = publisher;
        this.ahead = ahead;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        Objects.requireNonNull(newSubscription, "a subscription must not be null (rule 2.13)");
        if (subscription != null || ended) {
            newSubscription.cancel();
            return;
        }
        subscription = newSubscription;
        request(newSubscription, ahead);
    }

    @Override
    public void onNext(T item) {
        Objects.requireNonNull(item, "an item must not be null (rule 2.13)");
        if (ended) return;
        if (subscription == null) {
            fail(new FlowException.NotSubscribed(publisher, "onNext"));
        } else if (requested.getAndDecrement() <= 0) {
            fail(new FlowException.TooManyItems(publisher));
        } else {
            items.add(item);
            wakeUp.signal();
        }
    }

    @Override
    public void onError(Throwable cause) {
        Objects.requireNonNull(cause, "an error must not be null (rule 2.13)");
        end(cause);
    }

    @Override
    public void onComplete() {
        end(subscription == null ? new FlowException.NotSubscribed(publisher, "onComplete") : null);
    }

    private void fail(FlowException broken) {
        end(broken);
        cancelSubscription();
    }

    private void end(@Nullable Throwable cause) {
        if (ended) return;
        error = cause;
        ended = true;
        wakeUp.signal();
    }

    /** The next item; null if none is there now. Asks for more when half of what may be ahead has been taken. */
    @Nullable T poll() {
        T item = items.poll();
        Flow.Subscription current = subscription;
        if (item == null || current == null || ended) return item;
        taken++;
        if (taken >= (ahead + 1) / 2) {
            int more = taken;
            taken = 0;
            request(current, more);
        }
        return item;
    }

    private void request(Flow.Subscription from, int count) {
        requested.addAndGet(count);
        from.request(count);
    }

    /** Whether nothing is there and nothing will come. */
    boolean isOver() {
        return ended && items.isEmpty();
    }

    /** What ended it; null if it was no error, or it has not ended. */
    @Nullable Throwable error() {
        return error;
    }

    void await(Object what) {
        wakeUp.await(what, () -> ended || !items.isEmpty());
    }

    /** Ends it from this side and drops what is left. */
    void cancel() {
        boolean wasOpen = !ended;
        end(null);
        items.clear();
        if (wasOpen) cancelSubscription();
    }

    private void cancelSubscription() {
        Flow.Subscription current = subscription;
        if (current != null) current.cancel();
    }
}
