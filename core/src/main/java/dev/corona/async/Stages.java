package dev.corona.async;

import dev.corona.errors.SelectException;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Waits of a task for several stages, tasks among them. Each call suspends the calling task, and not at all if what it waits for
 * has happened; nothing of it stays with the stages that it did not wait for.
 *
 * <p><b>Threads.</b> For tasks; the stages may be completed by any thread.
 *
 * <p><b>Cancellation.</b> The stages go on when the wait is over, unless {@link Rest#CANCEL} is given: then those that are not
 * complete are cancelled, also if the caller is cancelled. They are not awaited.
 *
 * <p><b>Errors.</b> The error of a stage is thrown as {@link Corona#await} does.
 */
public final class Stages {
    /** What becomes of the stages that are not complete when a wait is over. */
    public enum Rest {
        /** They go on. */
        KEEP,
        /** They are cancelled. */
        CANCEL
    }

    private Stages() {}

    /** The results of all, in the order of the stages; the first error ends the wait. */
    public static <T extends @Nullable Object> List<T> all(
            Collection<? extends CompletionStage<? extends T>> stages) {
        return all(stages, Rest.KEEP);
    }

    /** As {@link #all(Collection)}; says what becomes of the others after an error. */
    public static <T extends @Nullable Object> List<T> all(
            Collection<? extends CompletionStage<? extends T>> stages, Rest rest) {
        Several<T> several = new Several<>("all", stages, Several.Goal.ALL, rest);
        several.await();
        several.throwFirstFailure();
        return several.values();
    }

    /** The outcomes of all, in the order of the stages, when all are complete. */
    public static <T extends @Nullable Object> List<Outcome<T>> settled(
            Collection<? extends CompletionStage<? extends T>> stages) {
        Several<T> several = new Several<>("each", stages, Several.Goal.SETTLED, Rest.KEEP);
        several.await();
        return several.outcomes();
    }

    /**
     * The result of the stage that is complete first, or its error.
     *
     * @throws SelectException.NoBranch if there are no stages
     */
    public static <T extends @Nullable Object> T race(
            Collection<? extends CompletionStage<? extends T>> stages) {
        return race(stages, Rest.KEEP);
    }

    /** As {@link #race(Collection)}; says what becomes of the losers. */
    public static <T extends @Nullable Object> T race(
            Collection<? extends CompletionStage<? extends T>> stages, Rest rest) {
        Several<T> several = new Several<>("the first", stages, Several.Goal.RACE, rest);
        several.requireSome();
        several.await();
        return several.first();
    }

    /**
     * The first result; errors count only if there is no result at all.
     *
     * @throws SelectException.NoBranch if there are no stages
     * @throws SelectException.AllFailed if all fail; it has their errors, in the order of the stages, as suppressed ones
     */
    public static <T extends @Nullable Object> T any(
            Collection<? extends CompletionStage<? extends T>> stages) {
        return any(stages, Rest.KEEP);
    }

    /** As {@link #any(Collection)}; says what becomes of the losers. */
    public static <T extends @Nullable Object> T any(
            Collection<? extends CompletionStage<? extends T>> stages, Rest rest) {
        Several<T> several = new Several<>("any", stages, Several.Goal.ANY, rest);
        several.requireSome();
        several.await();
        return several.firstSuccess();
    }
}
