package dev.corona.js.host;

import dev.corona.async.Task;

import org.jspecify.annotations.Nullable;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which coroutine works with which resource, so that one that fails does not leave its connections open. A resource belongs
 * to the coroutine that used it last. For the loop's thread.
 */
final class Owned {
    /** Something a coroutine may leave behind. */
    abstract static class Resource {
        private @Nullable Task<?> owner;

        abstract void abandon();
    }

    private final Map<Task<?>, Set<Resource>> byTask = new IdentityHashMap<>();

    /** Notes that the running coroutine uses {@code resource}. */
    void use(Resource resource) {
        Task<?> task = Task.currentOrNull();
        if (task == resource.owner) return;
        release(resource);
        resource.owner = task;
        if (task != null) byTask.computeIfAbsent(task, t -> new LinkedHashSet<>()).add(resource);
    }

    /** Forgets {@code resource}, which has been closed. */
    void release(Resource resource) {
        Task<?> owner = resource.owner;
        resource.owner = null;
        Set<Resource> owned = owner == null ? null : byTask.get(owner);
        if (owned == null) return;
        owned.remove(resource);
        if (owned.isEmpty()) byTask.remove(owner);
    }

    /** The running coroutine has ended; if it failed, what it worked with is closed. */
    void ended(boolean failed) {
        Task<?> task = Task.currentOrNull();
        Set<Resource> owned = task == null ? null : byTask.remove(task);
        if (owned == null) return;
        for (Resource resource : owned) {
            resource.owner = null;
            if (failed) resource.abandon();
        }
    }
}
