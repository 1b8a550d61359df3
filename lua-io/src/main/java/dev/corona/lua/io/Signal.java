package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells tasks that something has changed. For one loop's thread. */
final class Signal {
    private final List<Waiter<@Nullable Object>> waiters = new ArrayList<>();

    void fire() {
        if (waiters.isEmpty()) return;
        List<Waiter<@Nullable Object>> told = List.copyOf(waiters);
        waiters.clear();
        told.forEach(waiter -> waiter.complete());
    }

    /**
     * Suspends the calling task until one of them fires.
     *
     * @param limit null for none
     * @throws dev.corona.errors.DeadlineException.Expired if none fires within the limit
     */
    static void awaitAny(List<Signal> signals, @Nullable Duration limit) {
        if (limit == null) awaitAny(signals);
        else Corona.<Boolean, RuntimeException>timeout(limit, () -> awaitAny(signals));
    }

    private static boolean awaitAny(List<Signal> signals) {
        List<Waiter<@Nullable Object>> own = new ArrayList<>(1);
        try {
            Corona.<@Nullable Object>suspend(
                    "a change of a socket",
                    false,
                    waiter -> {
                        own.add(waiter);
                        for (Signal each : signals) each.waiters.add(waiter);
                    });
            return true;
        } finally {
            for (Signal each : signals) each.waiters.removeAll(own);
        }
    }
}
