package dev.corona.testkit;

import dev.corona.async.Task;

import java.util.List;

/** A test has returned and tasks of its are still alive. */
public final class LeakedTasksError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient List<Task<?>> tasks;

    LeakedTasksError(List<Task<?>> tasks) {
        super(describe(tasks));
        this.tasks = List.copyOf(tasks);
    }

    private static String describe(List<Task<?>> tasks) {
        StringBuilder text = new StringBuilder();
        text.append(tasks.size() == 1 ? "1 task is" : tasks.size() + " tasks are")
                .append(" still alive at the end of the test; await or cancel them:");
        for (Task<?> task : tasks) {
            text.append("\n  ").append(task).append(waits(task));
            text.append(", spawned at ").append(task.spawnSite().summary());
        }
        return text.toString();
    }

    private static String waits(Task<?> task) {
        String what = task.waitsFor();
        return what == null ? ", which is ready to run" : ", which waits for " + what;
    }

    /** The tasks, the newest first. They have been unwound since. */
    public List<Task<?>> tasks() {
        return tasks;
    }
}
