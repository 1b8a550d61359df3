package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The live tasks of a loop, linked through themselves, the newest first. For the loop's thread. */
final class TaskList {
    private @Nullable Task<?> newest;
    private int size;

    void add(Task<?> task) {
        task.linked = true;
        task.next = newest;
        if (newest != null) newest.previous = task;
        newest = task;
        size++;
    }

    /** Forgets a task; nothing happens if it is not, or no longer, in the list. */
    void remove(Task<?> task) {
        if (!task.linked) return;
        task.linked = false;
        if (task.previous == null) newest = task.next;
        else task.previous.next = task.next;
        if (task.next != null) task.next.previous = task.previous;
        task.previous = null;
        task.next = null;
        size--;
    }

    @Nullable Task<?> newest() {
        return newest;
    }

    int size() {
        return size;
    }

    List<Task<?>> all() {
        List<Task<?>> all = new ArrayList<>(size);
        for (Task<?> task = newest; task != null; task = task.next) all.add(task);
        return all;
    }
}
