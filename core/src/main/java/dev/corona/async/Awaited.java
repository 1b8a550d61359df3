package dev.corona.async;

import org.jspecify.annotations.Nullable;

/** What {@link Corona#awaitOrDropped} ended with. Immutable; any thread. */
public sealed interface Awaited<T extends @Nullable Object> {
    /** The stage's result. */
    record Value<T extends @Nullable Object>(T value) implements Awaited<T> {}

    /**
     * The loop ends, and the task with it.
     *
     * @param task the name of the task that waited
     */
    record Dropped<T extends @Nullable Object>(String task) implements Awaited<T> {}

    default boolean isDropped() {
        return this instanceof Dropped;
    }
}
