package dev.corona.model;

import java.util.ArrayList;
import java.util.List;

/** What a program did: a line for each thing that happened, in order, with its moment and task. */
final class Journal {
    private final List<String> lines = new ArrayList<>();

    void add(long millis, int task, String what) {
        lines.add("%d ms %s: %s".formatted(millis, Program.taskName(task), what));
    }

    List<String> lines() {
        return lines;
    }
}
