package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.errors.SelectException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One wait for several stages. Callbacks come from any thread; all else belongs to the task that waits. */
final class Several<T extends @Nullable Object> implements Consumer<Waiter<@Nullable Object>> {
    /** When the wait is over. */
    enum Goal {
        /** All have a result, or one has failed. */
        ALL,
        /** All are complete. */
        SETTLED,
        /** One is complete. */
        RACE,
        /** One has a result, or all have failed. */
        ANY
    }

    private static final int NONE = -1;

    private final String word;
    private final List<CompletionStage<? extends T>> stages;
    private final Goal goal;
    private final Stages.Rest rest;
    private final List<StageWatch> watches = new ArrayList<>();

    /** The index of the stage that decided the wait; {@link #NONE} before, and if all did. */
    private final AtomicInteger decider = new AtomicInteger(NONE);

    private final AtomicInteger open;

    Several(
            String word,
            Collection<? extends CompletionStage<? extends T>> stages,
            Goal goal,
            Stages.Rest rest) {
        this.word = word;
        this.stages = List.copyOf(stages);
        this.goal = goal;
        this.rest = rest;
        open = new AtomicInteger(this.stages.size());
    }

    void requireSome() {
        if (stages.isEmpty()) throw new SelectException.NoBranch(toString());
    }

    void await() {
        Task<?> task = Task.requireCurrent(this);
        if (stages.contains(task)) throw new LoopException.SelfAwait(task.name());
        try {
            if (!isOver()) Corona.suspend(this, isExternal(task.loop()), this);
        } finally {
            for (StageWatch watch : watches) watch.stop();
            takeOrCancel();
        }
    }

    /** Whether it is over already; the first stage in order decides it then. */
    private boolean isOver() {
        boolean all = true;
        for (int i = 0; i < stages.size(); i++) {
            boolean done = StageWatch.futureOf(stages.get(i)).isDone();
            all &= done;
            if (done && decides(i)) {
                decider.set(i);
                return true;
            }
        }
        return all;
    }

    private boolean decides(int index) {
        return switch (goal) {
            case RACE -> true;
            case ANY -> !StageWatch.futureOf(stages.get(index)).isCompletedExceptionally();
            case ALL -> StageWatch.futureOf(stages.get(index)).isCompletedExceptionally();
            case SETTLED -> false;
        };
    }

    private boolean isExternal(EventLoop loop) {
        for (CompletionStage<?> stage : stages) {
            if (StageWatch.isExternal(stage, loop)) return true;
        }
        return false;
    }

    @Override
    public void accept(Waiter<@Nullable Object> waiter) {
        for (int i = 0; i < stages.size() && !waiter.isDone(); i++) watch(i, waiter);
    }

    private void watch(int index, Waiter<@Nullable Object> waiter) {
        watches.add(new StageWatch(stages.get(index), () -> completed(index, waiter)));
    }

    /** A stage is complete; when its watch is stopped, this is called in vain. */
    private void completed(int index, Waiter<@Nullable Object> waiter) {
        if (!StageWatch.futureOf(stages.get(index)).isDone()) return;
        if (decides(index) && decider.compareAndSet(NONE, index)) waiter.complete();
        if (open.decrementAndGet() == 0) waiter.complete();
    }

    /** Asks for the results of the tasks that are complete, and does with the others what the caller said. */
    private void takeOrCancel() {
        for (CompletionStage<?> stage : stages) {
            if (!StageWatch.isDone(stage) && rest == Stages.Rest.CANCEL) {
                if (stage instanceof Task<?> task) task.take();
                StageWatch.futureOf(stage).cancel(true);
            }
        }
    }

    void throwFirstFailure() {
        int failed = decider.get();
        if (failed != NONE) outcome(failed).get();
    }

    T first() {
        return outcome(decider.get()).get();
    }

    T firstSuccess() {
        if (decider.get() != NONE) return first();
        SelectException.AllFailed failure = new SelectException.AllFailed(stages.size());
        for (Outcome<T> each : outcomes()) {
            Throwable error = each.error();
            if (error != null) failure.addSuppressed(error);
        }
        throw failure;
    }

    List<T> values() {
        List<T> values = new ArrayList<>(stages.size());
        for (int i = 0; i < stages.size(); i++) values.add(outcome(i).get());
        return values;
    }

    List<Outcome<T>> outcomes() {
        List<Outcome<T>> outcomes = new ArrayList<>(stages.size());
        for (int i = 0; i < stages.size(); i++) outcomes.add(outcome(i));
        return outcomes;
    }

    @SuppressWarnings("unchecked") // an outcome only gives values
    private Outcome<T> outcome(int index) {
        return (Outcome<T>) StageWatch.outcomeOf(stages.get(index));
    }

    @Override
    public String toString() {
        return "%s of %d stages".formatted(word, stages.size());
    }
}
