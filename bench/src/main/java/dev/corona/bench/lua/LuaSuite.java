package dev.corona.bench.lua;

import dev.corona.bench.Child;
import dev.corona.bench.Numbers;
import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Suite;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Corona's Lua beside the reference implementation, LuaJIT, and the other Luas of the JVM. */
public final class LuaSuite implements Suite {
    private static final double SPEED = 3;
    private static final double SWITCH = 0.5;
    private static final double TICKS = 1.05;
    private static final double START_SECONDS = 0.4;

    /** What is averaged. */
    private static final List<LuaProgram> PROGRAMS =
            Arrays.stream(LuaProgram.values()).filter(p -> p != LuaProgram.SWITCH).toList();

    /** The reference first, since the others' answers are compared to its own. */
    private static final List<LuaEngine> ORDER =
            List.of(
                    LuaEngine.REFERENCE,
                    LuaEngine.CORONA,
                    LuaEngine.TICKS,
                    LuaEngine.LUAJIT,
                    LuaEngine.LUAJC,
                    LuaEngine.LUAJ,
                    LuaEngine.LUNA);

    private final LuaRuns hot = new LuaRuns("hot", Duration.ofMinutes(1));
    private final LuaRuns whole = new LuaRuns("whole", Duration.ofSeconds(60));

    @Override
    public void run(Setup setup, Report report) throws InterruptedException {
        measureHot(setup);
        printTimes(report, "processor time after a warm-up", hot, LuaProgram.values());
        printRatios(report, hot.results(), PROGRAMS);
        measureWhole(setup);
        printTimes(report, "whole processes", whole, PROGRAMS.toArray(LuaProgram[]::new));
        printRatios(report, whole.results(), PROGRAMS);
        double[] start = startUp(setup);
        report.title("lua: hello.lua, median of the clock, in seconds");
        report.note(
                "Corona %s, lua5.4 %s".formatted(Target.number(start[0]), Target.number(start[1])));
        judge(report, start[0]);
    }

    private void measureHot(Setup setup) throws InterruptedException {
        double warm = setup.pick(3.0, 0.1);
        int rounds = setup.pick(5, 1);
        double least = setup.pick(0.3, 0.05);
        for (LuaProgram program : LuaProgram.values()) {
            for (int i = 0; i < setup.pick(3, 1); i++) {
                hot.measure(setup, program, ORDER, warm, rounds, least);
            }
        }
    }

    private void measureWhole(Setup setup) throws InterruptedException {
        for (LuaProgram program : PROGRAMS) {
            int size = setup.pick(program.wholeSize(), program.size());
            for (int i = 0; i < setup.pick(3, 1); i++) {
                for (LuaEngine engine : ORDER) {
                    if (engine == LuaEngine.TICKS) continue;
                    // the slow ones once
                    if (engine.isRival() && i > 0) continue;
                    whole.run(setup, engine, program, engine.once(setup, program, size));
                }
            }
        }
    }

    /** Seconds of Corona and of the reference for a script that prints a line. */
    private static double[] startUp(Setup setup) throws InterruptedException {
        String script = setup.root().resolve("bench/lua/programs/hello.lua").toString();
        List<Double> own = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        for (int i = 0; i < setup.pick(9, 2); i++) {
            own.add(seconds(setup, List.of(setup.corona(), script)));
            reference.add(seconds(setup, List.of(LuaEngine.REFERENCE.title(), script)));
        }
        return new double[] {Numbers.median(own), Numbers.median(reference)};
    }

    private static double seconds(Setup setup, List<String> command) throws InterruptedException {
        long start = System.nanoTime();
        String output = Child.output(setup, "lua-hello", Duration.ofSeconds(30), command);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!output.equals("hello, world\n")) {
            throw new dev.corona.bench.BenchException(
                    "%s printed %s".formatted(command.getFirst(), output));
        }
        return seconds;
    }

    // ---- the report

    private static void printTimes(
            Report report, String what, LuaRuns runs, LuaProgram... programs) {
        report.title("lua: %s, milliseconds".formatted(what));
        Table table = new Table(header());
        for (LuaProgram p : programs) {
            table.add(
                    p.title(),
                    ORDER.stream().map(e -> runs.results().median(e, p) / 1e6).toArray());
        }
        report.table(table);
        for (String failure : runs.failures()) report.note(failure);
    }

    private static String[] header() {
        List<String> header = new ArrayList<>(List.of("program"));
        for (LuaEngine engine : ORDER) header.add(engine.title());
        return header.toArray(String[]::new);
    }

    private static void printRatios(Report report, LuaResults results, List<LuaProgram> programs) {
        report.note("");
        report.note("the same over lua5.4 (below 1 is faster)");
        Table table = new Table(header());
        for (LuaProgram p : programs) table.add(p.title(), ratios(results, p));
        table.add(
                "geometric mean",
                ORDER.stream()
                        .map(e -> results.meanRatio(e, LuaEngine.REFERENCE, programs))
                        .toArray());
        report.table(table);
    }

    private static Object[] ratios(LuaResults results, LuaProgram program) {
        return ORDER.stream().map(e -> results.ratio(e, LuaEngine.REFERENCE, program)).toArray();
    }

    private void judge(Report report, double start) {
        double speed = 1 / hot.results().meanRatio(LuaEngine.CORONA, LuaEngine.REFERENCE, PROGRAMS);
        report.target(Target.atLeast("lua-speed", speed, SPEED, "x lua5.4, geometric mean"));
        report.target(
                Target.atMost("lua-rivals", toRivals(report), 1, "x the fastest of LuaJ and Luna"));
        double change =
                hot.results().ratio(LuaEngine.CORONA, LuaEngine.REFERENCE, LuaProgram.SWITCH);
        report.target(Target.atMost("lua-switch", change, SWITCH, "x lua5.4, resume and yield"));
        double ticks = hot.results().meanRatio(LuaEngine.TICKS, LuaEngine.CORONA, PROGRAMS);
        report.target(Target.atMost("lua-ticks", ticks, TICKS, "x no budget, geometric mean"));
        double processes =
                whole.results().meanRatio(LuaEngine.CORONA, LuaEngine.REFERENCE, PROGRAMS);
        report.target(
                Target.atMost(
                        "lua-whole", processes, 1, "x lua5.4, whole processes, geometric mean"));
        report.target(Target.atMost("lua-start", start, START_SECONDS, "s, hello.lua"));
    }

    /** The worst ratio to the fastest rival over the programs; names those on which one is ahead. */
    private double toRivals(Report report) {
        double worst = 0;
        for (LuaProgram program : PROGRAMS) {
            double ratio =
                    Arrays.stream(LuaEngine.values())
                            .filter(LuaEngine::isRival)
                            .mapToDouble(e -> hot.results().ratio(LuaEngine.CORONA, e, program))
                            .filter(r -> !Double.isNaN(r))
                            .max()
                            .orElse(0);
            if (ratio > 1)
                report.note("behind on %s: %s".formatted(program.title(), Target.number(ratio)));
            worst = Math.max(worst, ratio);
        }
        return worst;
    }
}
