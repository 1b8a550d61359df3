package dev.corona.channels;

import dev.corona.async.EventLoop;
import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The future of a call from outside of a channel's loop. It is decided once: by the loop, or by a cancellation, a timeout or
 * a completion from outside, which withdraws the call.
 *
 * <pre>
 *   WAITING ⇄ HELD ──▶ DECIDED      HELD: the loop looks whether it can serve the call; it takes no user code and no time
 *      └─────────────▶ DECIDED
 * </pre>
 */
final class Reply<R extends @Nullable Object> extends CompletableFuture<R> {
    private static final int WAITING = 0;
    private static final int HELD = 1;
    private static final int DECIDED = 2;

    private final AtomicInteger state = new AtomicInteger();
    private final EventLoop loop;
    private final Party<?> party;
    private final Object what;
    private final Runnable onLoopEnd = this::loopEnded;

    Reply(EventLoop loop, Party<?> party, Object what) {
        this.loop = loop;
        this.party = party;
        this.what = what;
    }

    /** Has the loop run {@code call}, once. */
    void begin(Runnable call) {
        loop.execute(call, onLoopEnd);
    }

    /** The call waits in a queue of the channel; for the loop. */
    void waits() {
        loop.addEndHook(onLoopEnd);
    }

    /** Keeps others from deciding it for a moment; false if it has been decided. For the loop. */
    boolean hold() {
        return state.compareAndSet(WAITING, HELD);
    }

    void letGo() {
        state.set(WAITING);
    }

    /** Decides it for the loop; false if it has been decided. */
    boolean claim() {
        return state.compareAndSet(WAITING, DECIDED);
    }

    /** Completes it once it is claimed or held; callbacks run in a turn of their own. */
    void succeed(R value) {
        state.set(DECIDED);
        loop.removeEndHook(onLoopEnd);
        Runnable completion = () -> super.complete(value);
        loop.execute(completion, completion);
    }

    /** As {@link #succeed(Object)} with null, for a call without a result. */
    @SuppressWarnings("NullAway") // R admits null then
    void succeed() {
        succeed(null);
    }

    void fail(Throwable error) {
        state.set(DECIDED);
        loop.removeEndHook(onLoopEnd);
        Runnable completion = () -> super.completeExceptionally(error);
        loop.execute(completion, completion);
    }

    private void loopEnded() {
        if (claimOutside()) super.completeExceptionally(new LoopException.Ended(what.toString()));
    }

    private boolean claimOutside() {
        while (!claim()) {
            if (state.get() == DECIDED) return false;
            Thread.onSpinWait();
        }
        return true;
    }

    /** Decides it for the caller, who withdraws the call. */
    private boolean withdraw() {
        if (!claimOutside()) return false;
        Runnable forget =
                () -> {
                    party.leaveQueue();
                    loop.removeEndHook(onLoopEnd);
                };
        loop.execute(forget, () -> {});
        return true;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return withdraw() && super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean complete(R value) {
        return withdraw() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        return withdraw() && super.completeExceptionally(error);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public String toString() {
        return what.toString();
    }
}
