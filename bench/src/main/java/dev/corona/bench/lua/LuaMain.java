package dev.corona.bench.lua;

import com.sun.management.OperatingSystemMXBean;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.LongUnaryOperator;

/**
 * A process that runs a program on one engine of the JVM, once or measured as often as it is told. What {@code bench/lua/measure.lua}
 * and {@code whole.lua} do for the others.
 */
public final class LuaMain {
    static final String RESULT = "result";
    static final String MEASURED = "measured";

    private static final OperatingSystemMXBean TIMES =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static long result;

    private LuaMain() {}

    /**
     * Arguments: the engine; the program's file; its size. With one more, it is measured for as many seconds at least as each line
     * of standard input says, and answers by a line with the nanoseconds of a run and the result; else it is run, and its result is
     * printed as {@code result=N}.
     */
    public static void main(String[] args) throws IOException {
        LongUnaryOperator program = LuaEngine.valueOf(args[0]).load(args[1]);
        long size = Long.parseLong(args[2]);
        if (args.length == 3) {
            System.out.printf("%s=%d%n", RESULT, program.applyAsLong(size));
        } else {
            measureAsTold(program, size);
        }
        // some leave threads behind
        System.exit(0);
    }

    private static void measureAsTold(LongUnaryOperator program, long size) throws IOException {
        BufferedReader told =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            double nanos = measure(program, size, Double.parseDouble(line));
            System.out.printf("%d %d%n", Math.round(nanos), result);
            System.out.flush();
        }
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
