package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An event loop and its tasks as they were at one moment; see {@link Corona#dump()}. Its text is for people, its JSON for programs.
 *
 * @param thread the name of the thread that runs the loop; null before its first step
 * @param tasks the tasks whose spawner is not a live task of this loop, the oldest first; the others are their children
 * @param timers number of timers that wait
 * @param holds number of outside things that keep the loop alive
 * @param cycles tasks that wait for each other, by their names: each for the next, the last for the first
 * @param busy what kept the loop from answering, as the stack of its thread; empty if it answered, and then the rest is complete
 */
public record LoopDump(
        @Nullable String thread,
        List<TaskDump> tasks,
        int timers,
        int holds,
        List<List<String>> cycles,
        List<StackTraceElement> busy) {
    /** The lists are copied. */
    public LoopDump {
        tasks = List.copyOf(tasks);
        cycles = cycles.stream().map(List::copyOf).toList();
        busy = List.copyOf(busy);
    }

    /** Number of tasks in the whole tree. */
    public int taskCount() {
        return count(tasks);
    }

    private static int count(List<TaskDump> level) {
        int count = level.size();
        for (TaskDump task : level) count += count(task.children());
        return count;
    }

    /** The dump as text: the tree by indentation, a stack below each task that waits. */
    @Override
    public String toString() {
        return DumpText.of(this);
    }

    /** The dump as one JSON object with the names of the components. Times are in nanoseconds, frames are strings. */
    public String toJson() {
        return DumpJson.of(this);
    }
}
