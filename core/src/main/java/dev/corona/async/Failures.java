package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** How errors travel between tasks: out of the JDK's wrappers, and unchecked. */
final class Failures {
    private Failures() {}

    /** The error that a stage failed with, without {@link CompletionException} and {@link ExecutionException} around it. */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Throws {@code error}: as it is if it is unchecked, else in a {@link CompletionException}. */
    static RuntimeException rethrow(@Nullable Throwable error) {
        if (error instanceof RuntimeException e) throw e;
        if (error instanceof Error e) throw e;
        throw new CompletionException(error);
    }

    /** Throws {@code error} without a declaration; never returns. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> RuntimeException sneak(Throwable error) throws E {
        throw (E) error;
    }

    /** What {@code work} throws; null if nothing. */
    static @Nullable Throwable thrownBy(Runnable work) {
        try {
            work.run();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }
}
