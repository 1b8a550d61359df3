package dev.corona.bench.woven;

import dev.corona.bench.BenchException;
import dev.corona.bench.Numbers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A process that measures one peer, or compares two forms of the same programs; prints one {@code key=value} a line. */
public final class WovenMain {
    /** In place of a peer: {@link Computations} as they are, and woven. */
    static final String COMPUTATIONS = "computations";

    /** In place of a peer: {@link Computations} as they are, and woven as if each method had suspended before. */
    static final String LEFT = "computations-left";

    /** In place of a peer: {@link #BOXED_PROGRAMS} of Kotlin, and woven. */
    static final String BOXED = "boxed";

    static final List<String> BOXED_PROGRAMS =
            List.of(Programs.BOXED, Programs.BOXED_10, Programs.BOXED_100);

    /** What the names of compared programs are printed behind: the times of both, and the ratio of neighbouring rounds. */
    static final String OTHER = "other ";

    static final String WOVEN = "woven ";
    static final String RATIO = "ratio ";

    static final String CALL = "call";
    static final String BYTES = "each.bytes";
    static final String CYCLE = "cycle.ns";

    private static final int STEPS = 10_000;
    private static final int ROUNDS = 15;

    /** HotSpot goes on compiling woven bodies for more than a second. */
    private static final int WARM_UP_ROUNDS = 75;

    private static final int MASS_ROUNDS = 9;

    /** Processor time: unlike the clock, it knows nothing of who else uses the machine. */
    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

    private static int checksum;
    private static LongSupplier clock = TIMES::getCurrentThreadCpuTime;

    private WovenMain() {}

    /** Arguments: whom to measure; milliseconds for a round; how many are suspended at once. */
    public static void main(String[] args) throws Throwable {
        long nanos = Long.parseLong(args[1]) * 1_000_000;
        print(CALL, step(run(Call.class), CALL, nanos));
        switch (args[0]) {
            case COMPUTATIONS ->
                    compare(
                            Computations.class,
                            WovenLoader.of(Computations.class),
                            Computations.ALL,
                            nanos);
            case LEFT ->
                    compare(
                            Computations.class,
                            WovenLoader.ofLeft(Computations.class),
                            Computations.ALL,
                            nanos);
            case BOXED -> compare(Peer.KOTLIN.load(), Peer.WOVEN.load(), BOXED_PROGRAMS, nanos);
            default -> measure(Peer.valueOf(args[0]), nanos, Integer.parseInt(args[2]));
        }
        if (checksum == 42) System.out.println();
    }

    /** The two take turns, so that what disturbs one disturbs the other as well. */
    private static void compare(
            Class<?> otherType, Class<?> wovenType, List<String> programs, long nanos)
            throws Throwable {
        MethodHandle other = run(otherType);
        MethodHandle woven = run(wovenType);
        for (String program : programs) {
            double[] others = new double[ROUNDS];
            double[] wovens = new double[ROUNDS];
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double first = round(other, program, nanos);
                double second = round(woven, program, nanos);
                if (round < 0) continue;
                others[round] = first;
                wovens[round] = second;
            }
            print(OTHER + program, Numbers.median(others));
            print(WOVEN + program, Numbers.median(wovens));
            print(RATIO + program, Numbers.medianRatio(wovens, others));
        }
    }

    private static void measure(Peer peer, long nanos, int count) throws Throwable {
        // their work is done on another thread, the carrier
        if (peer == Peer.THREADS) clock = System::nanoTime;
        Class<?> type = peer.load();
        MethodHandle run = run(type);
        for (String program : peer.programs()) print(program, step(run, program, nanos));
        if (peer.isMassive()) mass(type, count);
    }

    private static MethodHandle run(Class<?> type) throws ReflectiveOperationException {
        return method(type, "run", MethodType.methodType(int.class, String.class, int.class));
    }

    private static MethodHandle method(Class<?> type, String name, MethodType signature)
            throws ReflectiveOperationException {
        return MethodHandles.publicLookup().findStatic(type, name, signature);
    }

    /** Nanoseconds for one step of a program: the median of the rounds after some to warm up. */
    private static double step(MethodHandle run, String program, long nanos) throws Throwable {
        double[] rounds = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            double nanosEach = round(run, program, nanos);
            if (round >= 0) rounds[round] = nanosEach;
        }
        return Numbers.median(rounds);
    }

    /** Nanoseconds for one step in a round that takes at least {@code nanos}. */
    private static double round(MethodHandle run, String program, long nanos) throws Throwable {
        long start = clock.getAsLong();
        int runs = 0;
        do {
            checksum += (int) run.invokeExact(program, STEPS);
            runs++;
        } while (clock.getAsLong() - start < nanos);
        return (clock.getAsLong() - start) / (double) STEPS / runs;
    }

    private static void mass(Class<?> type, int count) throws Throwable {
        MethodHandle suspend =
                method(type, "suspend", MethodType.methodType(Object[].class, int.class));
        MethodHandle resume =
                method(type, "resume", MethodType.methodType(void.class, Object[].class));
        double before = usedBytes();
        Object[] all = (Object[]) suspend.invokeExact(count);
        if (all.length != count) throw new BenchException("%d suspended".formatted(all.length));
        print(BYTES, (usedBytes() - before) / count);
        double[] rounds = new double[MASS_ROUNDS];
        for (int round = 0; round < MASS_ROUNDS; round++) {
            long start = clock.getAsLong();
            resume.invokeExact(all);
            rounds[round] = (clock.getAsLong() - start) / (double) count;
        }
        print(CYCLE, Numbers.median(rounds));
    }

    private static double usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String key, double value) {
        System.out.printf(Locale.ROOT, "%s=%.3f%n", key, value);
    }
}
