package dev.corona.bench.lua;

import dev.corona.bench.Numbers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The nanoseconds of each program on each engine, by rounds. */
final class LuaResults {
    private final Map<LuaProgram, Map<LuaEngine, List<Double>>> nanos =
            new EnumMap<>(LuaProgram.class);

    private Map<LuaEngine, List<Double>> of(LuaProgram program) {
        return nanos.computeIfAbsent(program, p -> new EnumMap<>(LuaEngine.class));
    }

    void add(LuaEngine engine, LuaProgram program, double value) {
        of(program).computeIfAbsent(engine, e -> new ArrayList<>()).add(value);
    }

    /** Drops the rounds of an engine that cannot be trusted with a program. */
    void forget(LuaEngine engine, LuaProgram program) {
        of(program).remove(engine);
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
        return Numbers.medianRatio(Arrays.copyOf(own, common), Arrays.copyOf(others, common));
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
