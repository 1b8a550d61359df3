package dev.corona.async;

import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/**
 * A part of a task that runs under some condition, such as a deadline. It may wait.
 *
 * <p><b>Threads.</b> It runs in the task that gives it away, inside of the call. <b>Cancellation</b> arrives at its waits, and <b>errors</b> leave
 * the call, as far as the condition does not say otherwise.
 *
 * @param <T> what it returns
 * @param <X> what it throws besides unchecked errors; the compiler finds it, so that a body which throws nothing needs no
 *     {@code try}
 */
@FunctionalInterface
public interface Body<T extends @Nullable Object, X extends Exception> {
    T call() throws X;

    /** The resumable form of {@link #call()}; woven bodies have their own. */
    default T call(Strand strand) throws X {
        return call();
    }
}
