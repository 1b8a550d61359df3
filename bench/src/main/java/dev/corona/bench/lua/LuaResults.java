package dev.corona.bench.lua;

import dev.corona.bench.BenchException;
import dev.corona.bench.Child;
import dev.corona.bench.Numbers;
import dev.corona.bench.Setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nanoseconds of each program on each engine, by rounds. One whose answer is not the reference's has none, and is named. */
final class LuaResults {
    /** Our own, and what they are compared to: where one of these fails, there is nothing to judge. */
    private static final Set<LuaEngine> NEEDED =
            Set.of(LuaEngine.CORONA, LuaEngine.TICKS, LuaEngine.REFERENCE);

    private final String what;
    private final Duration limit;
    private final Map<LuaProgram, Map<LuaEngine, List<Double>>> nanos =
            new EnumMap<>(LuaProgram.class);
    private final Map<LuaProgram, Double> answers = new EnumMap<>(LuaProgram.class);
    private final Set<String> failures = new LinkedHashSet<>();

    /**
     * @param what is measured, for the names of logs
     * @param limit how long a process may take
     */
    LuaResults(String what, Duration limit) {
        this.what = what;
        this.limit = limit;
        for (LuaProgram p : LuaProgram.values()) {
            nanos.put(p, new EnumMap<>(LuaEngine.class));
        }
    }

    /** Runs a command that prints its answer, and its nanoseconds if it measures itself; the reference comes first. */
    void run(Setup setup, LuaEngine engine, LuaProgram program, List<String> command)
            throws InterruptedException {
        String name = "lua-%s-%s-%s".formatted(what, program.title(), engine.title());
        if (failures.stream().anyMatch(f -> f.startsWith(name))) return;
        long start = System.nanoTime();
        try {
            String output = Child.output(setup, name, limit, command);
            double wall = System.nanoTime() - start;
            check(name, program, value(name, output, LuaMain.RESULT));
            boolean measured = output.contains(LuaMain.NANOS + "=");
            add(engine, program, measured ? value(name, output, LuaMain.NANOS) : wall);
        } catch (BenchException e) {
            if (NEEDED.contains(engine)) throw e;
            failures.add(
                    name + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void check(String name, LuaProgram program, double answer) {
        Double expected = answers.putIfAbsent(program, answer);
        if (expected != null && expected != answer) {
            throw new BenchException(
                    "%s answers %.0f, the reference %.0f".formatted(name, answer, expected));
        }
    }

    private static double value(String name, String output, String key) {
        return output.lines()
                .filter(line -> line.startsWith(key + "="))
                .mapToDouble(line -> Double.parseDouble(line.substring(key.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new BenchException(name + " did not print " + key));
    }

    private Map<LuaEngine, List<Double>> of(LuaProgram program) {
        return nanos.computeIfAbsent(program, p -> new EnumMap<>(LuaEngine.class));
    }

    void add(LuaEngine engine, LuaProgram program, double value) {
        of(program).computeIfAbsent(engine, e -> new ArrayList<>()).add(value);
    }

    /** Who failed and how, a line each. */
    Set<String> failures() {
        return failures;
    }

    private double[] rounds(LuaEngine engine, LuaProgram program) {
        return Numbers.toArray(of(program).getOrDefault(engine, List.of()));
    }

    /** The median of the rounds; NaN if there is none. */
    double median(LuaEngine engine, LuaProgram program) {
        return Numbers.median(rounds(engine, program));
    }

    /** The median of the ratios of the rounds that both have; NaN if there is none. */
    double ratio(LuaEngine engine, LuaEngine to, LuaProgram program) {
        double[] own = rounds(engine, program);
        double[] others = rounds(to, program);
        int common = Math.min(own.length, others.length);
        return Numbers.medianRatio(
                java.util.Arrays.copyOf(own, common), java.util.Arrays.copyOf(others, common));
    }

    /** The geometric mean of the ratios over the programs that have one. */
    double meanRatio(LuaEngine engine, LuaEngine to, List<LuaProgram> programs) {
        double mean =
                programs.stream()
                        .mapToDouble(p -> ratio(engine, to, p))
                        .filter(r -> !Double.isNaN(r))
                        .map(Math::log)
                        .average()
                        .orElse(Double.NaN);
        return Math.exp(mean);
    }
}
