package dev.corona.async;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * What becomes of tasks that are suspended when their loop ends: one action for a loop that ends in peace, and one for a loop that
 * ends because of an error. Immutable.
 *
 * <p>Whatever the action, no task runs on as if nothing had happened, nothing waits, and an error in flight stays the one that is
 * thrown: what goes wrong in the cleanup is suppressed in it.
 */
public final class Cleanup {
    /** What is done with the suspended tasks. */
    public enum Action {
        /**
         * Each is ended by an unwinding error at the call in which it waits, the newest first, so that its {@code finally} blocks
         * run. A wait in them is unwound at once, a spawn is refused; one that goes on in spite of a hundred unwinding errors is
         * given up, and reported.
         */
        UNWIND,
        /** They stay suspended for good and their {@code finally} blocks never run. Their futures are cancelled. */
        LEAK,
        /**
         * The process is halted, with a report of the tasks on standard error. For programs in which a task that is cut off means
         * that data is no longer to be trusted.
         */
        ABORT
    }

    /** The exit status of a process that {@link Action#ABORT} ends, as of one that a signal aborts. */
    public static final int ABORT_STATUS = 134;

    private static final Cleanup UNWINDING =
            new Cleanup(Action.UNWIND, Action.UNWIND, Cleanup::halt);

    private final Action inPeace;
    private final Action afterFailure;
    private final Consumer<String> abort;

    private Cleanup(Action inPeace, Action afterFailure, Consumer<String> abort) {
        this.inPeace = inPeace;
        this.afterFailure = afterFailure;
        this.abort = abort;
    }

    /** Unwinds, also while something has failed already: the default. */
    public static Cleanup unwind() {
        return UNWINDING;
    }

    /** The same action in both cases. */
    public static Cleanup of(Action action) {
        return new Cleanup(action, action, UNWINDING.abort);
    }

    /** Another action for a loop that ends because of an error. */
    public Cleanup whileFailing(Action action) {
        return new Cleanup(inPeace, action, abort);
    }

    /** What {@link Action#ABORT} does with its report, in place of halting the process. */
    public Cleanup withAbort(Consumer<String> newAbort) {
        return new Cleanup(inPeace, afterFailure, Objects.requireNonNull(newAbort));
    }

    Action action(boolean failing) {
        return failing ? afterFailure : inPeace;
    }

    void abort(String report) {
        abort.accept(report);
    }

    @SuppressWarnings("SystemExitOutsideMain") // aborting is what was asked for
    private static void halt(String report) {
        System.err.print(report);
        System.err.flush();
        Runtime.getRuntime().halt(ABORT_STATUS);
    }

    @Override
    public String toString() {
        return "cleanup " + inPeace + ", while failing " + afterFailure;
    }
}
