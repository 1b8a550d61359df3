package dev.corona.io;

import dev.corona.async.Corona;
import dev.corona.async.Waiter;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;
import java.util.function.Supplier;

/** Waits of tasks for Vert.x's and Netty's futures. */
final class Futures {
    private Futures() {}

    /** How a future ended. */
    record Outcome<T>(@Nullable T value, @Nullable Throwable error) {
        /** The value; throws what {@code wrap} makes of the error. */
        T orThrow(Function<@Nullable Throwable, ? extends IoException> wrap) throws IoException {
            if (value == null) throw wrap.apply(error);
            return value;
        }
    }

    /** Suspends the calling task until the future that {@code start} returns, on the loop's thread, has ended. */
    static <T> Outcome<T> await(Object what, IoLoop io, Supplier<Future<T>> start) {
        return Corona.<Outcome<T>>suspend(
                what, waiter -> io.context().runOnContext(nothing -> begin(start, waiter)));
    }

    private static <T> void begin(Supplier<Future<T>> start, Waiter<Outcome<T>> waiter) {
        try {
            start.get().onComplete((value, error) -> waiter.complete(new Outcome<>(value, error)));
        } catch (RuntimeException refusal) {
            waiter.complete(new Outcome<>(null, refusal));
        }
    }

    /** Suspends the calling task until {@code future} has ended; answers its error, null if it has none. */
    static @Nullable Throwable await(Object what, io.netty.util.concurrent.Future<?> future) {
        if (!future.isDone()) {
            Corona.<@Nullable Object>suspend(
                    what, waiter -> future.addListener(done -> waiter.complete()));
        }
        return future.cause();
    }
}
