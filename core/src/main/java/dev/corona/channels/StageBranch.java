package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.EventLoop;
import dev.corona.async.Outcome;
import dev.corona.async.StageWatch;
import dev.corona.async.Task;
import dev.corona.async.Waiter;
import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The branch of a select that waits for the end of a stage. */
final class StageBranch<T extends @Nullable Object, R extends @Nullable Object>
        implements Branch<R> {
    private final CompletionStage<T> stage;
    private final Function<? super Outcome<T>, ? extends R> then;
    private @Nullable StageWatch watch;

    StageBranch(CompletionStage<T> stage, Function<? super Outcome<T>, ? extends R> then) {
        this.stage = stage;
        this.then = then;
    }

    @Override
    public boolean poll() {
        return StageWatch.futureOf(stage).isDone();
    }

    @Override
    public void enroll(Waiter<Branch<R>> waiter) {
        watch = new StageWatch(stage, () -> waiter.complete(this));
    }

    @Override
    public void withdraw() {
        StageWatch ended = watch;
        watch = null;
        if (ended != null) ended.stop();
    }

    @Override
    public boolean isExternal(EventLoop loop) {
        if (stage == Task.currentOrNull()) throw new LoopException.SelfAwait(stage.toString());
        return StageWatch.isExternal(stage, loop);
    }

    @Override
    @Resumable
    public R run() {
        if (stage instanceof Task<?> task) task.take();
        return then.apply(StageWatch.outcomeOf(stage));
    }

    @Override
    public String toString() {
        return "await " + stage;
    }
}
