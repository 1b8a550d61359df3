package dev.corona.async;

import java.util.Arrays;
import java.util.List;

/**
 * Where an error was awaited: the second stack of an error that crossed from one task to another. It is added to the error as a
 * suppressed one, so the error stays the object that was thrown, and all who await it see the same. Each place counts once, and
 * an error takes a limited number, however often it is awaited.
 *
 * <p><b>Threads.</b> Any: tasks of several loops may await the same error.
 */
public final class AwaitTrace extends Exception {
    private static final long serialVersionUID = 1L;

    /** How many an error takes; an awaited error that is kept for good must not grow for good. */
    static final int MOST = 16;

    private AwaitTrace(String task, StackTraceElement[] stack) {
        super("awaited by " + task, null, false, true);
        setStackTrace(stack);
    }

    /** Notes that {@code task}, which is suspended with this stack, is about to go on with {@code error}. */
    static void add(Throwable error, Task<?> task, List<StackTraceElement> stack) {
        add(error, new AwaitTrace(task.name(), JavaStacks.ownFrames(stack)));
    }

    /** Notes that the caller's task has awaited what had already failed with {@code error}. */
    static void addHere(Throwable error, Task<?> task) {
        add(error, task, Arrays.asList(new Throwable().getStackTrace()));
    }

    private static void add(Throwable error, AwaitTrace trace) {
        int known = 0;
        for (Throwable other : error.getSuppressed()) {
            if (!(other instanceof AwaitTrace before)) continue;
            if (++known == MOST || trace.isSameAs(before)) return;
        }
        error.addSuppressed(trace);
    }

    private boolean isSameAs(AwaitTrace other) {
        return String.valueOf(getMessage()).equals(other.getMessage())
                && Arrays.equals(getStackTrace(), other.getStackTrace());
    }
}
