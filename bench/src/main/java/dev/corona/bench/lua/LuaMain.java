package dev.corona.bench.lua;

import com.sun.management.OperatingSystemMXBean;

import dev.corona.bench.Numbers;

import java.lang.management.ManagementFactory;
import java.util.function.LongUnaryOperator;

/**
 * A process that runs a program on one engine of the JVM, once or, with more arguments, measured; prints one {@code key=value}
 * a line. What {@code bench/lua/measure.lua} and {@code whole.lua} do for the others.
 */
public final class LuaMain {
    static final String RESULT = "result";
    static final String NANOS = "ns";

    private static final OperatingSystemMXBean TIMES =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static long result;

    private LuaMain() {}

    /** Arguments: the engine; the program's file; its size; seconds to warm up; rounds; seconds of a round at least. */
    public static void main(String[] args) {
        LongUnaryOperator program = LuaEngine.valueOf(args[0]).load(args[1]);
        long size = Long.parseLong(args[2]);
        if (args.length == 3) {
            result = program.applyAsLong(size);
        } else {
            measure(program, size, Double.parseDouble(args[3]));
            double[] rounds = new double[Integer.parseInt(args[4])];
            double least = Double.parseDouble(args[5]);
            for (int i = 0; i < rounds.length; i++) rounds[i] = measure(program, size, least);
            System.out.printf("%s=%d%n", NANOS, Math.round(Numbers.median(rounds)));
        }
        System.out.printf("%s=%d%n", RESULT, result);
        // some leave threads behind
        System.exit(0);
    }

    /** Processor time of a run, the collector's and the JIT compiler's included. */
    private static double measure(LongUnaryOperator program, long size, double seconds) {
        long start = TIMES.getProcessCpuTime();
        int runs = 0;
        do {
            result = program.applyAsLong(size);
            runs++;
        } while (TIMES.getProcessCpuTime() - start < seconds * 1e9);
        return (TIMES.getProcessCpuTime() - start) / (double) runs;
    }
}
