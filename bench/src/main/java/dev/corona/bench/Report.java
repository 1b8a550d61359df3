package dev.corona.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a run prints: tables as they come, then the targets. */
public final class Report {
    private final PrintStream out;
    private final boolean judged;
    private final List<Target> targets = new ArrayList<>();

    /**
     * @param judged whether a target that falls short counts
     */
    public Report(PrintStream out, boolean judged) {
        this.out = out;
        this.judged = judged;
    }

    public void title(String title) {
        out.printf("%n%s%n", title);
    }

    public void note(String sentence) {
        out.println("  " + sentence);
    }

    public void table(Table table) {
        out.print(table);
    }

    /** Keeps a target, which {@link #printTargets()} prints. */
    public void target(Target target) {
        targets.add(target);
    }

    public void printTargets() {
        out.println();
        for (Target target : targets) out.println(target.line(judged));
    }

    /** Whether every target that counts is met. */
    public boolean isGood() {
        return !judged || targets.stream().allMatch(Target::isMet);
    }
}
