package dev.corona.async;

import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;

/** A section in which the task must not wait. Woven, since a task may park in it for good all the same. */
final class Atomic extends Section {
    private final Task<?> task;

    Atomic(Task<?> task) {
        this.task = task;
        task.enterAtomic();
    }

    @Override
    @Nullable Throwable left(@Nullable Throwable thrown) {
        task.leaveAtomic();
        return null;
    }

    /** What runs in it, by its two forms. */
    private interface Work<T extends @Nullable Object> {
        T call(Strand strand) throws Throwable;
    }

    <T extends @Nullable Object> T call(Callable<? extends T> section, Strand strand)
            throws Exception {
        return run(bodyOf(section, s -> WovenCalls.<T>call(section, s)), strand);
    }

    @SuppressWarnings("NullAway") // a section without a result
    void run(Runnable section, Strand strand) {
        Callable<@Nullable Object> plain =
                () -> {
                    section.run();
                    return null;
                };
        Work<@Nullable Object> woven =
                s -> {
                    WovenCalls.run(section, s);
                    return null;
                };
        try {
            run(bodyOf(plain, woven), strand);
        } catch (Exception thrown) {
            throw Failures.sneak(thrown);
        }
    }

    private static <T extends @Nullable Object> Body<T, Exception> bodyOf(
            Callable<? extends T> plain, Work<T> woven) {
        return new Body<>() {
            @Override
            public T call() throws Exception {
                return plain.call();
            }

            @Override
            public T call(Strand strand) {
                try {
                    return woven.call(strand);
                } catch (Throwable thrown) {
                    throw Failures.sneak(thrown);
                }
            }
        };
    }
}
