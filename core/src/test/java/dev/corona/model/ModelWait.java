package dev.corona.model;

import org.jspecify.annotations.Nullable;

/** The model of one wait of a task: decided once, by a value or an error. */
final class ModelWait {
    /** What a task does with the outcome of a step: one of the two is null. */
    interface Then {
        void got(@Nullable Object value, @Nullable ModelError error);
    }

    private final ModelTask task;
    final Then then;
    private boolean decided;
    private boolean cancelled;
    private @Nullable Object value;
    private @Nullable ModelError error;

    /** What is undone when the wait ends by an error that comes from outside of it. */
    Runnable onCancel = () -> {};

    /** What is undone when the task goes on. */
    Runnable onLeave = () -> {};

    ModelWait(ModelTask task, Then then) {
        this.task = task;
        this.then = then;
    }

    boolean isDecided() {
        return decided;
    }

    boolean complete(@Nullable Object with) {
        return decide(with, null);
    }

    boolean fail(ModelError with) {
        return decide(null, with);
    }

    private boolean decide(@Nullable Object newValue, @Nullable ModelError newError) {
        if (decided) return false;
        decided = true;
        value = newValue;
        error = newError;
        task.wake();
        return true;
    }

    /** Ends it from outside, and undoes what it had begun. */
    boolean withdrawWith(ModelError with) {
        if (!fail(with)) return false;
        onCancel.run();
        return true;
    }

    boolean cancel(ModelError cancellation) {
        if (!withdrawWith(cancellation)) return false;
        cancelled = true;
        return true;
    }

    /** Whether somebody's {@code cancel} has decided it. */
    boolean isCancelledByCall() {
        return cancelled && error != null && error.isOfCancelCall();
    }

    void goOn() {
        onLeave.run();
        then.got(value, error);
    }
}
