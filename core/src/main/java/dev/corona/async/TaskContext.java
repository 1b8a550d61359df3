package dev.corona.async;

import org.jspecify.annotations.Nullable;

/**
 * What a task gives its children: values of {@link CoroutineLocal}s, and settings. Immutable, and shared by all tasks that
 * changed nothing.
 *
 * @param locals the innermost binding; null if there is none
 * @param uncaught told of errors of tasks that nobody asks, in place of the loop's handler; null for that
 * @param sites how much is kept of a spawn
 * @param names what unnamed tasks are called, before their number
 */
record TaskContext(
        @Nullable Binding locals,
        @Nullable UncaughtHandler uncaught,
        SpawnSites sites,
        String names) {
    static final TaskContext DEFAULT = new TaskContext(null, null, SpawnSites.STACK, "task");

    /** One value; those that were bound before it and not by the same local are still visible. */
    record Binding(CoroutineLocal<?> local, @Nullable Object value, @Nullable Binding outer) {}

    TaskContext with(CoroutineLocal<?> local, @Nullable Object value) {
        return new TaskContext(new Binding(local, value, locals), uncaught, sites, names);
    }

    /** The innermost binding of {@code local}; null if it is not bound. */
    @Nullable Binding find(CoroutineLocal<?> local) {
        for (Binding b = locals; b != null; b = b.outer) if (b.local == local) return b;
        return null;
    }
}
