package dev.corona.flow;

import dev.corona.async.EventLoop;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** What a subscriber has requested and not been given: the subscription that it holds. Any thread requests and cancels. */
final class Demand implements Flow.Subscription {
    private static final BooleanSupplier NEVER = () -> false;

    private final AtomicLong open = new AtomicLong();
    private final WakeUp wakeUp = new WakeUp();
    private final EventLoop loop;
    private volatile boolean cancelled;
    private volatile boolean ended;

    /** Called on the loop's thread, outside of what the loop's tasks do, for a request that is none. */
    private volatile LongConsumer onBadRequest;

    private volatile Runnable onCancel;

    Demand(EventLoop loop, LongConsumer onBadRequest, Runnable onCancel) {
        this.loop = loop;
        this.onBadRequest = onBadRequest;
        this.onCancel = onCancel;
    }

    @Override
    public void request(long count) {
        if (ended) return;
        if (count <= 0) {
            LongConsumer refuse = onBadRequest;
            loop.execute(() -> refuse.accept(count));
            return;
        }
        open.accumulateAndGet(count, Demand::plus);
        wakeUp.signal();
    }

    private static long plus(long some, long more) {
        long sum = some + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public void cancel() {
        if (ended) return;
        cancelled = true;
        Runnable told = onCancel;
        end();
        told.run();
    }

    /** Says that nothing more is given, and lets go of whom it would tell of the subscriber. */
    void end() {
        ended = true;
        onCancel = () -> {};
        onBadRequest = count -> {};
        wakeUp.signal();
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isThere() {
        return open.get() > 0;
    }

    /** Takes one of what is there; a demand without a limit stays one. */
    void take() {
        open.updateAndGet(now -> now == Long.MAX_VALUE ? now : now - 1);
    }

    void signal() {
        wakeUp.signal();
    }

    void await(Object what) {
        await(what, NEVER);
    }

    void await(Object what, BooleanSupplier woken) {
        wakeUp.await(what, () -> ended || isThere() || woken.getAsBoolean());
    }
}
