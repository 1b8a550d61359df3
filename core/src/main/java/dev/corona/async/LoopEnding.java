package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a loop ends: what becomes of the work that is queued, of its tasks, and who is told. For the loop's thread. */
final class LoopEnding {
    private final EventLoop loop;
    private final UncaughtErrors uncaught;
    private final Set<Runnable> hooks = new LinkedHashSet<>();
    private Cleanup cleanup = Cleanup.unwind();

    LoopEnding(EventLoop loop, UncaughtErrors uncaught) {
        this.loop = loop;
        this.uncaught = uncaught;
    }

    void with(Cleanup newCleanup) {
        cleanup = newCleanup;
    }

    void addHook(Runnable hook) {
        hooks.add(hook);
    }

    void removeHook(Runnable hook) {
        hooks.remove(hook);
    }

    /** Reports what waits to be reported, and then ends the tasks that are left, the newest first; see {@link EventLoop#end}. */
    void run(@Nullable Throwable inFlight) {
        for (Object work = loop.ready.poll(); work != null; work = loop.ready.poll()) {
            if (work instanceof UncaughtErrors.Failed failed) failed.run();
            else if (work instanceof OrIfEnded other) runSafely(other.ifEnded());
        }
        uncaught.suppressIn(inFlight);
        cleanUp(cleanup.action(inFlight != null));
        for (Runnable hook : List.copyOf(hooks)) runSafely(hook);
        uncaught.suppressIn(null);
    }

    private void cleanUp(Cleanup.Action action) {
        if (loop.taskCount() == 0) return;
        switch (action) {
            case UNWIND -> {
                for (Task<?> t = loop.newestTask(); t != null; t = loop.newestTask()) unwind(t);
            }
            case LEAK -> {
                for (Task<?> t = loop.newestTask(); t != null; t = loop.newestTask()) leak(t);
            }
            case ABORT -> {
                cleanup.abort(
                        "aborted: the event loop ends before its tasks\n" + loop.describeTasks());
                cleanUp(Cleanup.Action.LEAK);
            }
        }
    }

    /** Leaves a task suspended; what that throws is reported. */
    private void leak(Task<?> task) {
        try {
            task.leak();
        } catch (Throwable error) {
            loop.report(task, error);
        }
    }

    /** Runs what somebody has left to be run at the end; what that throws is reported. */
    void runSafely(Runnable hook) {
        try {
            hook.run();
        } catch (Throwable error) {
            loop.report(null, error);
        }
    }

    /** Ends a task by unwinding; what that throws is reported. */
    void unwind(Task<?> task) {
        try {
            task.unwind();
        } catch (Throwable error) {
            loop.report(task, error);
        }
    }

    /** Work that a loop which ends before its turn comes replaces by other work. */
    record OrIfEnded(Runnable work, Runnable ifEnded) implements Runnable {
        @Override
        public void run() {
            work.run();
        }
    }
}
