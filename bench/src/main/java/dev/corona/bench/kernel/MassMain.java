package dev.corona.bench.kernel;

import dev.corona.bench.Memory;
import dev.corona.bench.Numbers;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * A process that suspends very many continuations and resumes each of them, in order, round after round. It prints one
 * {@code key=value} a line, which {@link Mass} reads.
 *
 * <p>In the first rounds the heap grows to its size; they are reported apart. The heap is measured after the last round, by a
 * full collection, with every continuation suspended.
 */
public final class MassMain {
    private static final double MEGABYTE = 1 << 20;

    /** One of the many: a continuation that counts its turns. */
    private abstract static class Member {
        int turns;

        abstract void enter();
    }

    private static final class Kernel extends Member implements Runnable {
        private final Continuation continuation;

        Kernel(Engine engine) {
            continuation = engine.create("mass", this);
        }

        @Override
        void enter() {
            continuation.resume();
        }

        @Override
        public void run() {
            while (turns >= 0) {
                turns++;
                continuation.suspend();
            }
        }
    }

    private static final class Raw extends Member implements Runnable {
        private final RawContinuation continuation = new RawContinuation(this);

        @Override
        void enter() {
            continuation.run();
        }

        @Override
        public void run() {
            while (turns >= 0) {
                turns++;
                RawContinuation.leave();
            }
        }
    }

    private MassMain() {}

    /** Arguments: {@code hotspot}, {@code threads} or {@code raw}; how many; rounds of growth; rounds that count. */
    public static void main(String[] args) throws InterruptedException {
        int count = Integer.parseInt(args[1]);
        int growth = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[3]);
        Runnable measure = () -> measure(args[0], new Member[count], growth, rounds);
        if (!args[0].equals("threads")) measure.run();
        else Thread.ofVirtual().start(measure).join();
        System.out.flush();
        // suspended bodies need no end
        Runtime.getRuntime().halt(0);
    }

    private static void measure(String kind, Member[] members, int growth, int rounds) {
        double before = usedBytes();
        for (int i = 0; i < members.length; i++) {
            members[i] = create(kind);
            members[i].enter();
        }
        double[] growing = cycle(members, growth);
        double[] settled = cycle(members, rounds);
        double committed = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        double used = usedBytes();
        requireTurns(members, 1 + growth + rounds);
        print("growth.ns", Arrays.stream(growing).average().orElse(Double.NaN));
        print("median.ns", Numbers.median(settled));
        print("worst.ns", Numbers.percentile(100, settled));
        print("each.bytes", (used - before) / members.length);
        print("used.mb", used / MEGABYTE);
        print("committed.mb", committed / MEGABYTE);
        print("resident.mb", Memory.of(ProcessHandle.current().pid()).peak());
    }

    private static Member create(String kind) {
        return kind.equals("raw") ? new Raw() : new Kernel(Kernels.engine(kind));
    }

    /** Nanoseconds for one resume, in each of {@code rounds}. */
    private static double[] cycle(Member[] members, int rounds) {
        double[] nanos = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            for (Member member : members) member.enter();
            nanos[round] = (System.nanoTime() - start) / (double) members.length;
        }
        return nanos;
    }

    private static double usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void requireTurns(Member[] members, int turns) {
        for (Member member : members) {
            if (member.turns != turns) {
                throw new IllegalStateException(
                        "a continuation had %d turns, but was resumed %d times"
                                .formatted(member.turns, turns));
            }
        }
    }

    private static void print(String key, double value) {
        System.out.printf(Locale.ROOT, "%s=%.1f%n", key, value);
    }
}
