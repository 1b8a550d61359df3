package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/**
 * A value that belongs to a task and is inherited by the tasks that it spawns: bound for the run of a body, as a
 * {@link ScopedValue} is, with every engine and over every wait. A task that is spawned while it is bound keeps the value, also when the
 * body has ended.
 *
 * <p>A generator or coexpression that binds a value keeps it to itself: its consumer does not see it between two values.
 *
 * <p><b>Threads.</b> Looked up and bound by tasks. Outside of a task nothing is bound.
 *
 * <p><b>Cancellation</b> and <b>errors</b> leave the body as they would without a binding, and end that.
 *
 * @param <T> the value; may be null
 */
public final class CoroutineLocal<T extends @Nullable Object> {
    private final String name;

    private CoroutineLocal(String name) {
        this.name = name;
    }

    /** One that is bound nowhere yet. */
    public static <T extends @Nullable Object> CoroutineLocal<T> named(String name) {
        return new CoroutineLocal<>(name);
    }

    /**
     * The value.
     *
     * @throws LoopException.Unbound if it is not bound where the caller runs
     */
    public T value() {
        TaskContext.Binding found = find();
        if (found == null) throw new LoopException.Unbound(name);
        return valueOf(found);
    }

    /** The value, or {@code otherwise} if it is not bound where the caller runs. */
    public T orElse(T otherwise) {
        TaskContext.Binding found = find();
        return found == null ? otherwise : valueOf(found);
    }

    /** Whether it is bound where the caller runs, be it to null; false outside of a task. */
    public boolean isBound() {
        return find() != null;
    }

    private TaskContext.@Nullable Binding find() {
        Task<?> task = Task.currentOrNull();
        return task == null ? null : task.context().find(this);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // it was bound as a T
    private T valueOf(TaskContext.Binding binding) {
        return (T) binding.value();
    }

    /**
     * What {@code body} returns, run with the value bound.
     *
     * @throws LoopException.NotInTask outside of a task
     */
    public <R extends @Nullable Object, X extends Exception> R call(
            T value, Body<? extends R, X> body) throws X {
        return bind(value).run(body);
    }

    /** The resumable form of {@link #call(Object, Body)}; for woven code. */
    public <R extends @Nullable Object, X extends Exception> R call(
            T value, Body<? extends R, X> body, Strand strand) throws X {
        return bind(value).run(body, strand);
    }

    private Section bind(T value) {
        Task<?> task = Task.requireCurrent("a binding of " + name);
        TaskContext before = task.bind(task.context().with(this, value));
        return new Section() {
            @Override
            @Nullable Throwable left(@Nullable Throwable thrown) {
                task.bind(before);
                return null;
            }
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
