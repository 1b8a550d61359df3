package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.BiConsumer;

/** A dump as JSON. */
final class DumpJson {
    private final StringBuilder out = new StringBuilder();

    private DumpJson() {}

    static String of(LoopDump dump) {
        DumpJson json = new DumpJson();
        json.loop(dump);
        return json.out.toString();
    }

    private void loop(LoopDump dump) {
        out.append('{');
        name("thread").text(dump.thread());
        out.append(',');
        name("tasks").list(dump.tasks(), DumpJson::task);
        out.append(',');
        name("timers").out.append(dump.timers()).append(',');
        name("holds").out.append(dump.holds()).append(',');
        name("cycles").list(dump.cycles(), (json, cycle) -> json.list(cycle, DumpJson::text));
        out.append(',');
        name("busy").list(dump.busy(), DumpJson::frame);
        out.append('}');
    }

    private void task(TaskDump task) {
        out.append('{');
        name("name").text(task.name());
        out.append(',');
        name("state").text(task.state().name());
        out.append(',');
        name("waitsFor").text(task.waitsFor());
        out.append(',');
        name("waiting").out.append(task.waiting().toNanos()).append(',');
        name("engine").text(task.engine());
        out.append(',');
        name("spawnedAt").text(task.spawnedAt());
        out.append(',');
        name("stack").list(task.stack(), DumpJson::frame);
        out.append(',');
        name("children").list(task.children(), DumpJson::task);
        out.append('}');
    }

    private void frame(StackTraceElement frame) {
        text(frame.toString());
    }

    private <T> void list(List<T> items, BiConsumer<DumpJson, T> write) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) out.append(',');
            write.accept(this, items.get(i));
        }
        out.append(']');
    }

    private DumpJson name(String name) {
        text(name);
        out.append(':');
        return this;
    }

    private void text(@Nullable String text) {
        if (text == null) {
            out.append("null");
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ') out.append("\\u%04x".formatted((int) c));
            else out.append(c);
        }
        out.append('"');
    }
}
