package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a sleeping task waits for. */
record Sleep(Duration time) {
    /** The wait of {@code task}, which begins now. */
    Waiter<@Nullable Object> of(Task<?> task) {
        task.requireMayWait(this);
        Waiter<@Nullable Object> waiter = new Waiter<>(task, this, false);
        waiter.completeAfter(task.loop, TimeUnit.NANOSECONDS.convert(time));
        return waiter;
    }

    @Override
    public String toString() {
        return "sleep " + TimeUnit.MILLISECONDS.convert(time) + " ms";
    }
}
