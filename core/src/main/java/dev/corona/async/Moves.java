package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.kernel.Continuation;

import org.jspecify.annotations.Nullable;

/** How a task goes to another loop: it leaves its stack, is handed over, and goes on there. */
final class Moves {
    private static final String WHAT = "a move to another event loop";

    private Moves() {}

    /** What the calling task waits for while it moves; null if it is there already. */
    static @Nullable Waiter<?> begin(Task<?> task, EventLoop target) {
        if (target == task.loop) return null;
        task.requireMayWait(WHAT);
        if (task.isInScope()) throw new LoopException.Immovable(task.name);
        requireMovable(task);
        if (target.hasEnded()) throw new LoopException.Ended("move " + task.name);
        task.destination = target;
        return new Waiter<@Nullable Object>(task, WHAT, false);
    }

    /** Every coroutine between the caller and the task goes with it. */
    private static void requireMovable(Task<?> task) {
        Continuation c = Continuation.current();
        for (; c != null; c = c == task.continuation ? null : c.parent()) {
            if (!c.engine().traits().movable())
                throw new LoopException.Immovable(task.name, c.toString(), c.engine().name());
        }
    }

    /** Hands the task over, with nothing of it on this thread's stack any more. */
    static void leave(Task<?> task, EventLoop target) {
        task.destination = null;
        EventLoop origin = task.loop;
        Waiter<?> move = task.waiter();
        if (move == null || move.isDone()) return;
        origin.ended(task);
        task.loop = target;
        if (target.post(() -> target.arrived(task, move))) return;
        task.loop = origin;
        origin.link(task);
        move.fail(new LoopException.Ended("move " + task.name));
    }
}
