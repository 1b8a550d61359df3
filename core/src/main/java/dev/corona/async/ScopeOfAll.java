package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;

/** The body of {@link Scope#all}: it only spawns. */
final class ScopeOfAll<T extends @Nullable Object>
        implements Scope.ScopeBody<@Nullable Object, RuntimeException> {
    private final Collection<? extends Callable<? extends T>> bodies;
    private final List<Task<T>> tasks = new ArrayList<>();

    ScopeOfAll(Collection<? extends Callable<? extends T>> bodies) {
        this.bodies = bodies;
    }

    @Override
    @SuppressWarnings("NullAway") // its result is nullable
    public @Nullable Object call(Scope scope) {
        for (Callable<? extends T> body : bodies) tasks.add(scope.spawn(body));
        return null;
    }

    /** In the order of the bodies; all have ended, and none has failed. */
    List<T> results() {
        List<T> results = new ArrayList<>(tasks.size());
        for (Task<T> task : tasks) results.add(task.join());
        return results;
    }
}
