package dev.corona.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The model of a task: its wait, the cancellations that have not reached it, and its end. */
final class ModelTask extends ModelStage {
    final int number;
    private final ModelLoop loop;
    private final Runnable body;
    private final @Nullable ModelScope scope;
    private final List<ModelError> pending = new ArrayList<>();
    private @Nullable ModelWait wait;
    private boolean started;
    private boolean taken;
    int shields;

    ModelTask(ModelLoop loop, int number, @Nullable ModelScope scope, Runnable body) {
        this.loop = loop;
        this.number = number;
        this.scope = scope;
        this.body = body;
    }

    String name() {
        return Program.taskName(number);
    }

    /** Notes that somebody asks for its result. */
    void take() {
        taken = true;
    }

    boolean isTaken() {
        return taken;
    }

    void wake() {
        loop.enqueue(this::step);
    }

    /** Its turn: it starts, or goes on if its wait is decided; a wake-up for an earlier wait is none. */
    private void step() {
        if (isDone()) return;
        ModelWait over = wait;
        if (!started) {
            started = true;
            body.run();
        } else if (over != null && over.isDecided()) {
            wait = null;
            over.goOn();
        }
    }

    /** Waits; a cancellation that is there already ends the wait at once. */
    void await(ModelWait begun) {
        wait = begun;
        ModelError first = takePending();
        if (first != null && !begun.cancel(first)) pending.add(first);
        if (!begun.isDecided()) return;
        wait = null;
        begun.goOn();
    }

    /** The oldest cancellation that gets through the shields; null if none does. */
    @Nullable ModelError takePending() {
        for (ModelError each : pending) {
            if (!each.passes(shields)) continue;
            pending.remove(each);
            return each;
        }
        return null;
    }

    void request(ModelError cancellation) {
        if (isDone()) return;
        ModelWait waiting = wait;
        boolean told =
                waiting != null && cancellation.passes(shields) && waiting.cancel(cancellation);
        if (!told) pending.add(cancellation);
    }

    void withdraw(ModelError cancellation) {
        pending.remove(cancellation);
    }

    /** Somebody's {@code cancel}: counts once until it is delivered. */
    boolean cancel() {
        if (isDone()) return false;
        if (pending.stream().anyMatch(ModelError::isOfCancelCall)) return true;
        if (wait != null && wait.isCancelledByCall()) return true;
        ModelError cancellation = ModelError.cancellation(this, "", null);
        if (started) request(cancellation);
        else finish(null, cancellation, () -> {});
        return true;
    }

    /**
     * Its body has ended.
     *
     * @param report what is done with an error that nobody asks for by the end of the turn
     */
    void finish(@Nullable Object result, @Nullable ModelError failure, Runnable report) {
        if (scope != null) scope.childEnded(this, failure);
        if (failure != null && isWatched()) take();
        end(result, failure);
        if (failure != null && !failure.isCancellation()) {
            loop.enqueue(
                    () -> {
                        if (!taken) report.run();
                    });
        }
    }
}
