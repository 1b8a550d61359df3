package dev.corona.async;

import java.time.Duration;
import java.util.List;

/** A dump for people. */
final class DumpText {
    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();

    private DumpText() {}

    static String of(LoopDump dump) {
        DumpText text = new DumpText();
        text.head(dump);
        for (TaskDump task : dump.tasks()) text.task(task, STEP);
        return text.out.toString();
    }

    private void head(LoopDump dump) {
        out.append("event loop on ")
                .append(dump.thread() == null ? "no thread yet" : dump.thread());
        if (dump.busy().isEmpty()) {
            out.append(": ").append(counted(dump.taskCount(), "task"));
            out.append(", ").append(counted(dump.timers(), "timer"));
            out.append(", ").append(counted(dump.holds(), "hold")).append('\n');
        } else {
            out.append(" does not answer: its thread is busy or blocked\n");
            frames(dump.busy(), STEP);
        }
        for (List<String> cycle : dump.cycles()) out.append(STEP).append(line(cycle)).append('\n');
    }

    /** One line for tasks that wait for each other. */
    static String line(List<String> cycle) {
        return "cycle: %s -> %s".formatted(String.join(" -> ", cycle), cycle.getFirst());
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void task(TaskDump task, String indent) {
        out.append(indent).append(task.name()).append(' ').append(state(task));
        out.append(" (").append(task.engine()).append("), spawned at ").append(task.spawnedAt());
        out.append('\n');
        frames(task.stack(), indent + STEP + STEP);
        for (TaskDump child : task.children()) task(child, indent + STEP);
    }

    private static String state(TaskDump task) {
        return switch (task.state()) {
            case NEW -> "has not begun";
            case READY -> "is ready";
            case RUNNING -> "runs";
            case WAITING ->
                    "waits for " + task.waitsFor() + " since " + seconds(task.waiting()) + " s";
        };
    }

    private static String seconds(Duration time) {
        return "%d.%03d".formatted(time.toSeconds(), time.toMillisPart());
    }

    private void frames(List<StackTraceElement> stack, String indent) {
        if (stack.isEmpty()) return;
        for (String frame : JavaStacks.lines(stack))
            out.append(indent).append("at ").append(frame).append('\n');
    }
}
