package dev.corona.testkit;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.LoopClock;
import dev.corona.async.Task;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/**
 * Runs the code of a test as the main task of a new loop, and fails if it leaves tasks behind or an error that nobody asked for.
 * {@link LoopTest} does this for tests of JUnit.
 *
 * <p><b>Threads.</b> Call it where {@link Corona#run} may be called: outside of any loop.
 */
public final class TestLoops {
    private TestLoops() {}

    /** Runs {@code body} under virtual time; a task that is left then is a failure. */
    public static <T extends @Nullable Object> T run(Callable<? extends T> body) throws Exception {
        return run(LoopClock.virtual(), LoopTest.Leftovers.FAIL, body);
    }

    /**
     * Runs {@code body} as the main task of a new loop.
     *
     * @return what {@code body} returns
     * @throws LeakedTasksError if tasks are left and {@code leftovers} forbids that
     * @throws UncaughtErrorsError if a task, or other work of the loop, failed and nobody asked for its result; if the body
     *     fails too, its own error has this one among its suppressed ones
     */
    public static <T extends @Nullable Object> T run(
            LoopClock clock, LoopTest.Leftovers leftovers, Callable<? extends T> body)
            throws Exception {
        List<UncaughtErrorsError.Entry> uncaught = new ArrayList<>();
        T result;
        try {
            result = Corona.run(clock, () -> watched(uncaught, leftovers, body));
        } catch (Throwable failure) {
            Throwable own = own(failure);
            if (!uncaught.isEmpty()) own.addSuppressed(new UncaughtErrorsError(uncaught));
            throw TestLoops.<RuntimeException>sneak(own);
        }
        if (!uncaught.isEmpty()) throw new UncaughtErrorsError(uncaught);
        return result;
    }

    private static <T extends @Nullable Object> T watched(
            List<UncaughtErrorsError.Entry> uncaught,
            LoopTest.Leftovers leftovers,
            Callable<? extends T> body)
            throws Exception {
        EventLoop loop = EventLoop.current();
        loop.onUncaught((task, error) -> uncaught.add(new UncaughtErrorsError.Entry(task, error)));
        T result = body.call();
        settle(loop, leftovers);
        return result;
    }

    private static void settle(EventLoop loop, LoopTest.Leftovers leftovers) {
        if (leftovers == LoopTest.Leftovers.AWAIT) return;
        List<Task<?>> left = new ArrayList<>(loop.tasks());
        left.remove(Task.currentOrNull());
        if (leftovers == LoopTest.Leftovers.UNWIND) left.forEach(task -> task.cancel(false));
        else if (!left.isEmpty()) throw new LeakedTasksError(left);
    }

    /** The body's own error: the loop wraps those that are checked. */
    private static Throwable own(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
