package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One suspension of a task, in the hands of whoever will end it. Exactly one of {@link #complete}, {@link #fail} and the
 * cancellation of the task has an effect; the others answer false.
 *
 * <p><b>Threads.</b> Any thread may complete it; the task goes on on its loop's thread. {@link #onCancel} is for the loop's
 * thread.
 *
 * <p><b>Cancellation.</b> A task that leaves the wait without an answer, because it was cancelled, because its loop has ended
 * or because its stack could not be suspended, runs what {@link #onCancel} was given.
 *
 * <p>The outcome is written once, by whoever wins, and all that this thread wrote before is seen by who reads it.
 */
public final class Waiter<T extends @Nullable Object> {
    /** The outcome that is an error. */
    private record Failed(Throwable error) {}

    /** The outcome that is null, or that there is none because the task has left. */
    private static final Object NOTHING = new Object();

    private static final VarHandle OUTCOME = outcomeHandle();

    final Object what;
    final boolean external;

    /** Null while it is undecided; else {@link #NOTHING}, a {@link Failed} or the value. Written through {@link #OUTCOME}. */
    private volatile @Nullable Object outcome;

    /** Null when the wait is over: a stage that is never completed keeps the waiter, but not the task and its stack. */
    private @Nullable Task<?> task;

    private @Nullable Runnable onCancel;
    private @Nullable Runnable onLeave;
    private @Nullable Timer limit;
    private boolean cancelled;

    /** When the wait began, by the loop's clock and as exactly as one turn; for the loop's thread. */
    long sinceNanos;

    Waiter(Task<?> task, Object what, boolean external) {
        this.task = task;
        this.what = what;
        this.external = external;
    }

    private static VarHandle outcomeHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Waiter.class, "outcome", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets the task go on with {@code result}; answers whether this call decided it. */
    public boolean complete(T result) {
        return decide(result == null ? NOTHING : result);
    }

    /** Lets the task go on with null, where it waits for no value; answers whether this call decided it. */
    public boolean complete() {
        return decide(NOTHING);
    }

    /** Lets the task go on with an error thrown; answers whether this call decided it. */
    public boolean fail(Throwable cause) {
        return decide(new Failed(cause));
    }

    private boolean decide(Object decision) {
        Task<?> waiting = task;
        if (waiting == null || !OUTCOME.compareAndSet(this, null, decision)) return false;
        waiting.wake();
        return true;
    }

    /**
     * What to do when the task leaves the wait without an answer: withdraw the request, forget the waiter. It must not wait.
     * What was given before is done too, and first.
     */
    public void onCancel(Runnable withdraw) {
        Runnable before = onCancel;
        onCancel =
                before == null
                        ? withdraw
                        : () -> {
                            before.run();
                            withdraw.run();
                        };
    }

    /** Whether it has been decided. */
    public boolean isDone() {
        return outcome != null;
    }

    /** Fails it after that time, unless something else has ended it by then; for the task itself. */
    void failAfter(EventLoop loop, long delayNanos, Supplier<? extends Throwable> cause) {
        limit = loop.schedule(delayNanos, () -> failByLimit(cause.get()));
    }

    private void failByLimit(Throwable cause) {
        Task<?> waiting = task;
        if (waiting != null && fail(cause)) withdraw(waiting);
    }

    /** Completes it with null after that time, unless something else has by then; for the task itself. */
    void completeAfter(EventLoop loop, long delayNanos) {
        limit = loop.schedule(delayNanos, () -> complete());
    }

    /** Ends the wait with a cancellation; for the loop's thread. */
    boolean cancel(Throwable cancellation) {
        Task<?> waiting = task;
        if (waiting == null || !fail(cancellation)) return false;
        cancelled = true;
        withdraw(waiting);
        return true;
    }

    /** Whether {@link Task#cancel} decided it; for the loop's thread. */
    boolean isCancelledByTask() {
        return cancelled && errorOrNull() instanceof Cancelled c && c.source == null;
    }

    /** Whether it ended with the error of a stage, which is to tell who awaited it; for the loop's thread. */
    boolean isTraced() {
        return errorOrNull() != null && !cancelled && what instanceof CompletionStage;
    }

    /** The error that it ended with. */
    Throwable failure() {
        Throwable error = errorOrNull();
        if (error == null) throw new AssertionError("no failure of a wait for " + what);
        return error;
    }

    private @Nullable Throwable errorOrNull() {
        return outcome instanceof Failed(Throwable error) ? error : null;
    }

    /** Ends it as {@code stage} has ended, which is complete. */
    void settle(CompletionStage<T> stage) {
        switch (StageWatch.outcomeOf(stage)) {
            case Outcome.Success<T>(T result) -> complete(result);
            case Outcome.Failure<T>(Throwable cause) -> fail(cause);
        }
    }

    /** What to do when the task leaves the wait, with an answer or without. It must not wait. */
    void onLeave(Runnable work) {
        onLeave = work;
    }

    /** Lets go of everything when the task leaves the wait, with an answer or without; for the task itself. */
    void leave(Task<?> waiting) {
        if (limit != null) limit.cancel();
        if (outcome == null && OUTCOME.compareAndSet(this, null, NOTHING)) withdraw(waiting);
        if (onLeave != null) onLeave.run();
        task = null;
        onCancel = null;
        onLeave = null;
        limit = null;
    }

    private void withdraw(Task<?> waiting) {
        if (onCancel == null) return;
        try {
            onCancel.run();
        } catch (Throwable inCallback) {
            waiting.loop.report(waiting, inCallback);
        }
    }

    /** The result, which is a T, null only where T admits it; for the task itself, after it was woken. */
    @SuppressWarnings({"NullAway", "unchecked"})
    T take() {
        Object decided = outcome;
        if (decided instanceof Failed(Throwable error)) throw Failures.rethrow(error);
        return decided == NOTHING ? null : (T) decided;
    }
}
