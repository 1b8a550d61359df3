package dev.corona.flow;

import dev.corona.async.Corona;
import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Where one task waits until other threads have made something true. They change what it looks at and then call
 * {@link #signal()}; a signal that comes while nobody waits is not kept, since the task looks again after it has entered.
 */
final class WakeUp {
    private final AtomicReference<@Nullable Waiter<@Nullable Object>> waiting =
            new AtomicReference<>();

    /** Suspends the calling task until a signal comes, unless {@code ready} is true already. May return too early. */
    void await(Object what, BooleanSupplier ready) {
        Corona.<@Nullable Object>suspend(what, waiter -> enter(waiter, ready));
    }

    private void enter(Waiter<@Nullable Object> waiter, BooleanSupplier ready) {
        waiter.onCancel(() -> waiting.compareAndSet(waiter, null));
        waiting.set(waiter);
        if (ready.getAsBoolean()) signal();
    }

    /** Wakes the task that waits, if one does. Any thread. */
    void signal() {
        Waiter<@Nullable Object> waiter = waiting.getAndSet(null);
        if (waiter != null) waiter.complete();
    }
}
