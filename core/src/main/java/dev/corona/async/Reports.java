package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;

/** What a loop prints about its tasks: errors with the stack of their spawn, and who waits for what. */
final class Reports {
    private Reports() {}

    static void printUncaught(@Nullable Task<?> task, Throwable error) {
        System.err.print(uncaught(task, error));
    }

    /** The error with its stack and, under it, the stack of the spawn. */
    static String uncaught(@Nullable Task<?> task, Throwable error) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.print("Uncaught in " + (task == null ? "the event loop" : task) + ": ");
        error.printStackTrace(out);
        if (task != null) {
            out.println("  spawned" + (task.spawner() == null ? "" : " by " + task.spawner()));
            for (String line : task.spawnSite().lines()) out.println("\tat " + line);
        }
        out.flush();
        return text.toString();
    }

    /** One line for each task: what it waits for and where it was spawned; and one for each circle of such waits. */
    static String waiting(Collection<Task<?>> tasks) {
        StringBuilder text = new StringBuilder();
        for (Task<?> task : tasks) {
            text.append("  ")
                    .append(task)
                    .append(" waits for ")
                    .append(task.waitsFor())
                    .append(", spawned at ")
                    .append(task.spawnSite().summary())
                    .append('\n');
        }
        for (List<String> cycle : Dumps.cycles(List.copyOf(tasks)))
            text.append("  ").append(DumpText.line(cycle)).append('\n');
        return text.toString();
    }
}
