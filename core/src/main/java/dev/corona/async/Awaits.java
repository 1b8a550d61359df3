package dev.corona.async;

import dev.corona.errors.DeadlineException;
import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What a wait for one stage begins with, and how its result or error gets out. */
final class Awaits {
    private Awaits() {}

    static <T extends @Nullable Object> CompletableFuture<T> asked(
            CompletionStage<T> stage, Task<?> task) {
        if (stage == task) throw new LoopException.SelfAwait(task.name());
        if (stage instanceof Task<?> awaited) awaited.take();
        return StageWatch.futureOf(stage);
    }

    static <T extends @Nullable Object> Waiter<T> waiterOf(
            Task<?> task, CompletionStage<T> stage, CompletableFuture<T> future) {
        task.requireMayWait(stage);
        Waiter<T> waiter = new Waiter<>(task, stage, StageWatch.isExternal(stage, task.loop));
        StageWatch watch = new StageWatch(future, () -> settle(waiter, future));
        waiter.onCancel(watch::stop);
        return waiter;
    }

    static <T extends @Nullable Object> void settle(Waiter<T> waiter, CompletableFuture<T> future) {
        if (future.isDone()) waiter.settle(future);
    }

    static <T extends @Nullable Object> Waiter<T> limited(
            Waiter<T> waiter, Task<?> task, Duration limit) {
        waiter.failAfter(
                task.loop,
                EventLoop.delayNanos(limit),
                () -> new DeadlineException.Expired("the deadline of " + limit, task.name()));
        return waiter;
    }

    static <T extends @Nullable Object> Waiter<T> guarded(
            Waiter<T> waiter, CompletableFuture<T> future, Consumer<? super T> ifDropped) {
        waiter.onCancel(() -> future.thenAccept(ifDropped));
        return waiter;
    }

    /** The result of a future that is complete; its error says that {@code task} awaited it. */
    static <T extends @Nullable Object> T resultOf(CompletableFuture<T> future, Task<?> task) {
        if (future.isCompletedExceptionally()) {
            Throwable error = StageWatch.outcomeOf(future).error();
            if (error != null) AwaitTrace.addHere(error, task);
        }
        return resultOf(future);
    }

    static <T extends @Nullable Object> T resultOf(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw Failures.rethrow(Failures.unwrap(e));
        } catch (CancellationException e) {
            // the JDK wraps the one that says who was cancelled, and by whom
            throw e.getCause() instanceof CancellationException original ? original : e;
        }
    }

    /** The frame of {@link #awaitOrDropped}. */
    static final class AwaitedFrame extends Frame {
        private static final Code CODE =
                Code.of(
                        Corona.class,
                        "awaitOrDropped",
                        "(Ljava/util/concurrent/CompletionStage;)Ldev/corona/async/Awaited;",
                        (frame, strand) -> ((AwaitedFrame) frame).goOn(strand));

        private final Task<?> task;

        AwaitedFrame(Task<?> task) {
            super(CODE);
            this.task = task;
        }

        @SuppressWarnings("NullAway") // the value is as nullable as the stage's
        private void goOn(Strand strand) {
            Throwable thrown = strand.takeThrown();
            if (thrown instanceof Unwinding unwinding) strand.ra = droppedBy(unwinding, task);
            else if (thrown != null) throw Failures.sneak(thrown);
            else strand.ra = new Awaited.Value<>(strand.ra);
        }
    }

    /** Only the end of the loop drops; a generator that is closed unwinds as ever. */
    static <T extends @Nullable Object> Awaited<T> droppedBy(Unwinding unwinding, Task<?> task) {
        if (!task.isUnwinding()) throw unwinding;
        return new Awaited.Dropped<>(task.name());
    }
}
