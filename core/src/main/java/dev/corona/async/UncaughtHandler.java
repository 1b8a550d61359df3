package dev.corona.async;

import org.jspecify.annotations.Nullable;

/** Told of an error that nobody asked for. Called on the loop's thread, outside of any task. */
@FunctionalInterface
public interface UncaughtHandler {
    /**
     * @param task whose body threw; null if it was other work of the loop
     */
    void uncaught(@Nullable Task<?> task, Throwable error);
}
