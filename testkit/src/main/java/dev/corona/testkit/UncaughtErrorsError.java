package dev.corona.testkit;

import dev.corona.async.Task;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Work of a test's loop failed and nobody asked for the result. The errors are its suppressed ones, the first its cause. */
public final class UncaughtErrorsError extends AssertionError {
    private static final long serialVersionUID = 1L;

    /**
     * @param task whose error it is; null if it was other work of the loop
     */
    record Entry(@Nullable Task<?> task, Throwable error) {
        String describe() {
            if (task == null) return "the event loop: " + error;
            return "%s, spawned at %s: %s".formatted(task, task.spawnSite().summary(), error);
        }
    }

    UncaughtErrorsError(List<Entry> entries) {
        super(describe(entries), entries.getFirst().error());
        entries.stream().skip(1).forEach(entry -> addSuppressed(entry.error()));
    }

    private static String describe(List<Entry> entries) {
        StringBuilder text =
                new StringBuilder("nobody asked for the errors of these; await the tasks:");
        for (Entry entry : entries) text.append("\n  ").append(entry.describe());
        return text.toString();
    }
}
