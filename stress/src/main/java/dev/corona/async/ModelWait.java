package dev.corona.async;

import java.util.List;

/**
 * A wait for models, in which it matters who decides it. Its task never runs; that and its loop are shared by all, so that making one
 * costs little and many are tried.
 */
final class ModelWait {
    private static final EventLoop LOOP = new EventLoop(new DeafDriver());

    private static final Task<String> TASK =
            LOOP.create(
                    "task",
                    SpawnSite.of(List.of("a model")),
                    null,
                    TaskContext.DEFAULT,
                    () -> "never runs");

    final Waiter<int[]> waiter = new Waiter<>(TASK, "a model", true);

    /** For the loop's thread, and when all is over. */
    int withdrawn;

    ModelWait() {
        waiter.onCancel(() -> withdrawn++);
    }

    static Cancelled cancellation() {
        return new Cancelled(TASK, "cancelled", null, 0);
    }

    void leave() {
        waiter.leave(TASK);
    }

    /** Nobody is its thread, and what it is given is dropped. */
    private static final class DeafDriver implements LoopDriver {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public boolean isLoopThread() {
            return false;
        }

        @Override
        public void execute(Runnable work) {}

        @Override
        public void wakeAt(long deadlineNanos, Runnable work) {}

        @Override
        public boolean cancelAlarm() {
            return true;
        }
    }
}
