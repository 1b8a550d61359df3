package dev.corona.async;

import org.jspecify.annotations.Nullable;

/** A section that no cancellation from outside gets into. */
final class Shield extends Section {
    private final Task<?> task;

    Shield(Task<?> task) {
        this.task = task;
        task.enterShield();
    }

    @Override
    @Nullable Throwable left(@Nullable Throwable thrown) {
        task.leaveShield();
        return null;
    }
}
