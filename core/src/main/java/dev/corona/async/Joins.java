package dev.corona.async;

import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

/** What a caller that asks a task for its result by the methods of a {@code Future} has to wait for. */
final class Joins {
    private Joins() {}

    /**
     * What the calling task has to wait for until {@code joined} has ended or the time is over; null if for nothing, or if the
     * caller is no task. Whatever ends the wait, nothing of it stays with {@code joined}.
     *
     * @param limitNanos negative for none
     */
    static @Nullable Waiter<?> begin(Task<?> joined, long limitNanos) {
        joined.take();
        if (joined.isDone()) return null;
        Task<?> caller = Task.currentOrNull();
        if (caller == null) {
            joined.loop.refuseBlocking(joined);
            return null;
        }
        if (caller == joined) throw new LoopException.SelfAwait(joined.name);
        caller.requireMayWait(joined);
        Waiter<@Nullable Object> end = new Waiter<>(caller, joined, caller.loop != joined.loop);
        StageWatch watch = new StageWatch(joined, end::complete);
        end.onCancel(watch::stop);
        if (limitNanos >= 0) {
            end.completeAfter(caller.loop, limitNanos);
            end.onLeave(watch::stop);
        }
        return end;
    }
}
