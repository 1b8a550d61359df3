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
 * <pre>
 *   WAITING ──complete, fail, cancellation of the task──▶ DECIDED ──value written──▶ DONE
 * </pre>
 *
 * DECIDED belongs to the thread that won; DONE publishes what it wrote.
 */
public final class Waiter<T extends @Nullable Object> {
    private static final int WAITING = 0;
    private static final int DECIDED = 1;
    private static final int DONE = 2;
    private static final VarHandle STATE = stateHandle();

    final Object what;
    final boolean external;

    @SuppressWarnings("UnusedVariable") // through STATE
    private volatile int state;

    /** Null when the wait is over: a stage that is never completed keeps the waiter, but not the task and its stack. */
    private @Nullable Task<?> task;

    private @Nullable T value;
    private @Nullable Throwable error;
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

    private static VarHandle stateHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Waiter.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets the task go on with {@code result}; answers whether this call decided it. */
    public boolean complete(T result) {
        return decide(result, null);
    }

    /** Lets the task go on with null, where it waits for no value; answers whether this call decided it. */
    @SuppressWarnings("NullAway") // T admits null in such a wait
    public boolean complete() {
        return decide(null, null);
    }

    /** Lets the task go on with an error thrown; answers whether this call decided it. */
    public boolean fail(Throwable cause) {
        return decide(null, cause);
    }

    private boolean decide(@Nullable T result, @Nullable Throwable cause) {
        Task<?> waiting = task;
        if (waiting == null || !STATE.compareAndSet(this, WAITING, DECIDED)) return false;
        value = result;
        error = cause;
        state = DONE;
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
        return state == DONE;
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
        return cancelled && error instanceof Cancelled c && c.source == null;
    }

    /** Whether it ended with the error of a stage, which is to tell who awaited it; for the loop's thread. */
    boolean isTraced() {
        return error != null && !cancelled && what instanceof CompletionStage;
    }

    /** The error that it ended with. */
    Throwable failure() {
        if (error == null) throw new AssertionError("no failure of a wait for " + what);
        return error;
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
        if (state == WAITING && STATE.compareAndSet(this, WAITING, DECIDED)) {
            state = DONE;
            withdraw(waiting);
        }
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

    /** The result; for the task itself, after it was woken. */
    @SuppressWarnings("NullAway") // T admits null wherever a null was given
    T take() {
        if (error != null) throw Failures.rethrow(error);
        return value;
    }
}
