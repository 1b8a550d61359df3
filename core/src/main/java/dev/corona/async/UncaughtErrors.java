package dev.corona.async;

import org.jspecify.annotations.Nullable;

/** The errors of a loop that nobody asks for: who is told of them, and when. For the loop's thread. */
final class UncaughtErrors {
    private UncaughtHandler handler = Reports::printUncaught;

    /** Because of what the loop is ending just now; null at any other time. */
    private @Nullable Throwable inFlight;

    void tell(UncaughtHandler newHandler) {
        handler = newHandler;
    }

    /** From now on, what would be reported is suppressed in {@code error}; null to report again. */
    void suppressIn(@Nullable Throwable error) {
        inFlight = error;
    }

    /** Tells the handler, or the error because of which the loop ends; if the handler fails itself, both errors are printed. */
    void report(@Nullable Task<?> task, Throwable error) {
        if (inFlight != null) {
            ScopeEnding.addSuppressed(inFlight, error);
            return;
        }
        UncaughtHandler own = task == null ? null : task.ownContext().uncaught();
        try {
            (own == null ? handler : own).uncaught(task, error);
        } catch (Throwable inHandler) {
            Reports.printUncaught(task, error);
            Reports.printUncaught(null, inHandler);
        }
    }

    /** An error that is reported if nobody has asked for the task's result when its turn comes. */
    record Failed(EventLoop loop, Task<?> task, Throwable error) implements Runnable {
        @Override
        public void run() {
            if (!task.isTaken()) loop.report(task, error);
            task.forgetSpawner();
        }
    }
}
