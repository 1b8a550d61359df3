package dev.corona.bench.lua;

import dev.corona.bench.BenchException;
import dev.corona.bench.Child;
import dev.corona.bench.Setup;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Runs the programs on the engines, each in processes of its own. One that fails, or whose answer is not the reference's, has no
 * results, and is named.
 */
final class LuaRuns {
    /** Our own, and what they are compared to: where one of these fails, there is nothing to judge. */
    private static final Set<LuaEngine> NEEDED =
            Set.of(LuaEngine.CORONA, LuaEngine.TICKS, LuaEngine.REFERENCE);

    /** What a process answers that is told to measure: nanoseconds and the result. */
    private static final Pattern ANSWER = Pattern.compile("\\d+ -?\\d+");

    private final String what;
    private final Duration limit;
    private final LuaResults results = new LuaResults();
    private final Map<LuaProgram, Double> answers = new EnumMap<>(LuaProgram.class);
    private final Set<String> failures = new LinkedHashSet<>();

    /**
     * @param what is measured, for the names of logs
     * @param limit how long a process may take for an answer
     */
    LuaRuns(String what, Duration limit) {
        this.what = what;
        this.limit = limit;
    }

    LuaResults results() {
        return results;
    }

    /** Who failed and how, a line each. */
    Set<String> failures() {
        return failures;
    }

    /** Runs a process once, and takes the time by the clock; the reference comes first. */
    void run(Setup setup, LuaEngine engine, LuaProgram program, List<String> command)
            throws InterruptedException {
        if (hasFailed(engine, program)) return;
        String name = name(engine, program);
        long start = System.nanoTime();
        try {
            String output = Child.output(setup, name, limit, command);
            double wall = System.nanoTime() - start;
            check(name, program, result(name, output));
            results.add(engine, program, wall);
        } catch (BenchException e) {
            fail(engine, program, e);
        }
    }

    /** The name of a process, for logs and reports. */
    private String name(LuaEngine engine, LuaProgram program) {
        return "lua-%s-%s-%s".formatted(what, program.title(), engine.title());
    }

    private boolean hasFailed(LuaEngine engine, LuaProgram program) {
        String name = name(engine, program) + ":";
        return failures.stream().anyMatch(f -> f.startsWith(name));
    }

    /** Notes who failed and how; throws if nothing can be judged without it. */
    private void fail(LuaEngine engine, LuaProgram program, BenchException e) {
        if (NEEDED.contains(engine)) throw e;
        results.forget(engine, program);
        String how = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        failures.add(name(engine, program) + ": " + how);
    }

    /**
     * Measures a program on all engines, each in a process of its own: all are warmed up, and then measured in turn.
     *
     * @param engines the reference first
     * @param warm seconds of the warm-up
     * @param rounds how often each is measured
     * @param least seconds of a round
     */
    void measure(
            Setup setup,
            LuaProgram program,
            List<LuaEngine> engines,
            double warm,
            int rounds,
            double least)
            throws InterruptedException {
        Map<LuaEngine, Child> processes = new EnumMap<>(LuaEngine.class);
        try {
            for (LuaEngine engine : engines) {
                if (hasFailed(engine, program)) continue;
                List<String> command = engine.measuring(setup, program);
                processes.put(engine, Child.startToTell(setup, name(engine, program), command));
                measure(processes, engine, program, warm);
            }
            for (int round = 0; round < rounds; round++) {
                for (LuaEngine engine : engines) {
                    double nanos = measure(processes, engine, program, least);
                    if (!Double.isNaN(nanos)) results.add(engine, program, nanos);
                }
            }
        } finally {
            processes.values().forEach(Child::close);
        }
    }

    /** Nanoseconds of a run; NaN if this engine has failed, now or before. */
    private double measure(
            Map<LuaEngine, Child> processes, LuaEngine engine, LuaProgram program, double seconds)
            throws InterruptedException {
        Child process = processes.get(engine);
        if (process == null) return Double.NaN;
        try {
            process.tell(String.format(Locale.ROOT, "%.3f", seconds));
            String answer = process.nextLine(limit);
            if (!ANSWER.matcher(answer).matches()) throw process.failure("answered " + answer);
            int space = answer.indexOf(' ');
            check(name(engine, program), program, Double.parseDouble(answer.substring(space)));
            return Double.parseDouble(answer.substring(0, space));
        } catch (BenchException e) {
            process.close();
            processes.remove(engine);
            fail(engine, program, e);
            return Double.NaN;
        }
    }

    private void check(String name, LuaProgram program, double answer) {
        Double expected = answers.putIfAbsent(program, answer);
        if (expected != null && expected != answer) {
            throw new BenchException(
                    "%s answers %.0f, the reference %.0f".formatted(name, answer, expected));
        }
    }

    private static double result(String name, String output) {
        String key = LuaMain.RESULT + "=";
        return output.lines()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.substring(key.length())))
                .findFirst()
                .orElseThrow(() -> new BenchException(name + " did not print " + key));
    }
}
