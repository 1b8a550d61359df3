package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * How a computation ended: by a value or by an error. For code that goes on after errors, such as {@link Stages#settled}. Any
 * thread; immutable.
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /** It ended with a value. */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /** It ended with an error. */
    record Failure<T extends @Nullable Object>(Throwable error) implements Outcome<T> {}

    /** What {@code body} returns or throws. */
    static <T extends @Nullable Object> Outcome<T> of(Callable<? extends T> body) {
        try {
            return new Success<>(body.call());
        } catch (Exception e) {
            return new Failure<>(e);
        }
    }

    /** An outcome from the two arguments of a stage's callback. */
    static <T extends @Nullable Object> Outcome<T> of(T value, @Nullable Throwable error) {
        return error == null ? new Success<>(value) : new Failure<>(Failures.unwrap(error));
    }

    default boolean isSuccess() {
        return this instanceof Success;
    }

    /**
     * The value; throws the error if there is one: as it is if it is unchecked, else in a {@link CompletionException}.
     *
     * @throws CancellationException if it was cancelled
     */
    default T get() {
        return switch (this) {
            case Success<T>(T value) -> value;
            case Failure<T>(Throwable error) -> throw Failures.rethrow(error);
        };
    }

    /** The error; null if there is none. */
    default @Nullable Throwable error() {
        return this instanceof Failure<T>(Throwable error) ? error : null;
    }
}
