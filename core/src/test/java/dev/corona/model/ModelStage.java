package dev.corona.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The model of a future: those who watch it are told in the opposite order, as the JDK's futures do. */
class ModelStage {
    private final List<Runnable> watchers = new ArrayList<>();
    private boolean done;
    @Nullable Object value;
    @Nullable ModelError error;

    boolean isDone() {
        return done;
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    boolean end(@Nullable Object newValue, @Nullable ModelError newError) {
        if (done) return false;
        done = true;
        value = newValue;
        error = newError;
        List<Runnable> told = List.copyOf(watchers.reversed());
        watchers.clear();
        told.forEach(Runnable::run);
        return true;
    }
}
