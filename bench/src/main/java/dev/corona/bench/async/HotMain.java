package dev.corona.bench.async;

import com.sun.management.ThreadMXBean;

import dev.corona.async.Corona;
import dev.corona.async.LoopOptions;
import dev.corona.async.SpawnSites;
import dev.corona.bench.BenchException;
import dev.corona.bench.Numbers;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A process that takes many steps of each operation; prints nanoseconds and bytes for one, a {@code key=value} a line. */
public final class HotMain {
    static final String NANOS = "ns";
    static final String BYTES = "bytes";

    private static final int STEPS = 10_000;
    private static final int ROUNDS = 11;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Peer peer;
    private final long nanos;
    private final LongSupplier clock;

    private HotMain(Peer peer, long nanos) {
        this.peer = peer;
        this.nanos = nanos;
        // processor time knows nothing of who else uses the machine, but is that of one thread
        clock = peer.isOnThreads() ? System::nanoTime : THREADS::getCurrentThreadCpuTime;
    }

    /** Arguments: the peer; milliseconds for a round. */
    public static void main(String[] args) throws InterruptedException {
        HotMain main = new HotMain(Peer.valueOf(args[0]), Long.parseLong(args[1]) * 1_000_000);
        if (main.peer.isCorona()) main.runTask();
        else Thread.ofVirtual().start(main::measureAll).join();
    }

    private void runTask() {
        SpawnSites sites = peer == Peer.CORONA_SITES ? SpawnSites.STACK : SpawnSites.BODY;
        Corona.run(
                LoopOptions.defaults().withSites(sites),
                () -> {
                    measureAll();
                    return "measured";
                });
    }

    private void measureAll() {
        for (Operation each : Operation.values()) measure(each);
    }

    /** Medians of the rounds, after as many to warm up. */
    private void measure(Operation operation) {
        double[] times = new double[ROUNDS];
        double[] bytes = new double[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = clock.getAsLong();
            double steps = 0;
            do {
                take(operation);
                steps += STEPS;
            } while (clock.getAsLong() - start < nanos);
            if (round < 0) continue;
            times[round] = (clock.getAsLong() - start) / steps;
            bytes[round] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / steps;
        }
        print(operation.key(NANOS), Numbers.median(times));
        // what a virtual thread allocates, another does not count
        if (!peer.isOnThreads()) print(operation.key(BYTES), Numbers.median(bytes));
    }

    private void take(Operation operation) {
        int taken =
                peer.isCorona()
                        ? TaskOperations.run(operation, STEPS)
                        : ThreadOperations.run(operation, STEPS);
        if (taken != STEPS)
            throw new BenchException(
                    "%s of %s took %d steps in place of %d"
                            .formatted(operation, peer, taken, STEPS));
    }

    private static void print(String key, double value) {
        System.out.printf(Locale.ROOT, "%s=%.3f%n", key, value);
    }
}
