package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A callback of a stage that can be taken back, so that nothing of it stays with a stage which is never complete. Taking it back
 * takes time in proportion to the number of callbacks that the stage has.
 *
 * <p><b>Threads.</b> Any; the callback runs where the stage completes, or at once, and must not wait.
 */
public final class StageWatch {
    private final CompletableFuture<@Nullable Object> over = new CompletableFuture<>();

    /** Runs {@code callback} when {@code stage} is complete, also if it fails. It may run once more while it is taken back. */
    public StageWatch(CompletionStage<?> stage, Runnable callback) {
        if (stage instanceof Task<?> task && task.isLazy()) task.take();
        CompletableFuture<?> future = futureOf(stage);
        // an anyOf that has completed unlinks itself from those that have not
        CompletableFuture.anyOf(future, over).whenComplete((value, error) -> callback.run());
    }

    /** Takes the callback back; nothing happens if the stage is complete. */
    public void stop() {
        over.complete(null);
    }

    /** The stage as a future, also if it is of a kind that does not offer that. */
    public static <T extends @Nullable Object> CompletableFuture<T> futureOf(
            CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture();
        } catch (UnsupportedOperationException notOffered) {
            CompletableFuture<T> future = new CompletableFuture<>();
            stage.whenComplete(
                    (value, error) -> {
                        if (error == null) future.complete(value);
                        else future.completeExceptionally(error);
                    });
            return future;
        }
    }

    /** Whether {@code stage} is complete; asks for its result, if it is a task and complete. */
    public static boolean isDone(CompletionStage<?> stage) {
        if (!futureOf(stage).isDone()) return false;
        if (stage instanceof Task<?> task) task.take();
        return true;
    }

    /** Whether only something outside of {@code loop} can complete {@code stage}. */
    public static boolean isExternal(CompletionStage<?> stage, EventLoop loop) {
        return !(stage instanceof Task<?> task && task.loop() == loop);
    }

    /** How a stage that is complete ended. */
    @SuppressWarnings("NullAway") // T admits null where the stage has null
    public static <T extends @Nullable Object> Outcome<T> outcomeOf(CompletionStage<T> stage) {
        CompletableFuture<T> future = futureOf(stage);
        return switch (future.state()) {
            case SUCCESS -> new Outcome.Success<>(future.resultNow());
            case FAILED -> new Outcome.Failure<>(Failures.unwrap(future.exceptionNow()));
            case CANCELLED -> new Outcome.Failure<>(cancellationOf(future));
            case RUNNING ->
                    throw new IllegalStateException(stage + " is not complete; await it first");
        };
    }

    private static Throwable cancellationOf(CompletableFuture<?> future) {
        try {
            future.getNow(null);
            throw new AssertionError(future + " was cancelled and has a value");
        } catch (CancellationException e) {
            return e.getCause() instanceof CancellationException original ? original : e;
        }
    }
}
