package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One suspension of a task, in the hands of whoever will end it. Exactly one of {@link #complete}, {@link #fail} and the
 * cancellation of the task has an effect; the others answer false.
 *
 * <p><b>Threads.</b> Any thread may complete it; the task goes on on its loop's thread.
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

    final Task<?> task;
    final Object what;
    final boolean external;

    @SuppressWarnings("UnusedVariable") // through STATE
    private volatile int state;

    private @Nullable T value;
    private @Nullable Throwable error;
    private @Nullable Runnable onCancel;

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
        if (!STATE.compareAndSet(this, WAITING, DECIDED)) return false;
        value = result;
        state = DONE;
        task.wake();
        return true;
    }

    /** Lets the task go on with null, where it waits for no value; answers whether this call decided it. */
    @SuppressWarnings("NullAway") // T admits null in such a wait
    public boolean complete() {
        return complete(null);
    }

    /** Lets the task go on with an error thrown; answers whether this call decided it. */
    public boolean fail(Throwable cause) {
        if (!STATE.compareAndSet(this, WAITING, DECIDED)) return false;
        error = cause;
        state = DONE;
        task.wake();
        return true;
    }

    /** What to do when the task is cancelled while it waits: withdraw the request, forget the waiter. */
    public void onCancel(Runnable withdraw) {
        onCancel = withdraw;
    }

    /** Whether it has been decided. */
    public boolean isDone() {
        return state == DONE;
    }

    /** Ends the wait with a cancellation; for the loop's thread. */
    boolean cancel(Throwable cancellation) {
        if (!fail(cancellation)) return false;
        if (onCancel != null) onCancel.run();
        return true;
    }

    /** The result; for the task itself, after it was woken. */
    @SuppressWarnings("NullAway") // T admits null wherever a null was given
    T take() {
        if (error != null) throw Failures.rethrow(error);
        return value;
    }
}
