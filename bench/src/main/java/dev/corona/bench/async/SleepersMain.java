package dev.corona.bench.async;

import dev.corona.async.Corona;
import dev.corona.async.LoopClock;
import dev.corona.async.LoopOptions;
import dev.corona.async.SpawnSites;
import dev.corona.async.Task;
import dev.corona.bench.BenchException;
import dev.corona.bench.Memory;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process with very many sleepers at once; prints one {@code key=value} a line. The heap is measured by a full collection while all
 * of them sleep. Tasks sleep under virtual time, so that they can be woken, too.
 */
public final class SleepersMain {
    static final String USED = "used.mb";
    static final String EACH = "each.bytes";
    static final String RESIDENT = "resident.mb";
    static final String PEAK = "peak.mb";
    static final String WAKE = "wake.ns";

    private static final double MEGABYTE = 1 << 20;

    /**
     * So many sleep and wake before the many do. What had never woken when it was compiled is deoptimized when it does, frame by
     * frame: that takes longer than all the rest.
     */
    private static final int WARM_UP_PART = 50;

    private static final int WARM_UP_ROUNDS = 5;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int count;
    private int asleep;
    private int awake;

    private SleepersMain(int count) {
        this.count = count;
    }

    /** Arguments: the peer; how many. */
    public static void main(String[] args) throws InterruptedException {
        Peer peer = Peer.valueOf(args[0]);
        SleepersMain main = new SleepersMain(Integer.parseInt(args[1]));
        if (peer.isCorona()) main.runTasks(peer);
        else main.runThreads();
        System.out.flush();
        // threads that sleep need no end
        Runtime.getRuntime().halt(0);
    }

    private void runTasks(Peer peer) {
        SpawnSites sites = peer == Peer.CORONA_SITES ? SpawnSites.STACK : SpawnSites.BODY;
        LoopOptions options =
                LoopOptions.defaults().withSites(sites).withClock(LoopClock.virtual());
        Corona.run(
                options,
                () -> {
                    for (int i = 0; i < WARM_UP_ROUNDS; i++) join(sleepers(count / WARM_UP_PART));
                    double before = usedBytes();
                    Task<?>[] sleepers = sleepers(count);
                    printMemory(before);
                    long start = THREADS.getCurrentThreadCpuTime();
                    join(sleepers);
                    if (!peer.isOnThreads())
                        print(WAKE, (THREADS.getCurrentThreadCpuTime() - start) / (double) count);
                    return require("woken", awake);
                });
    }

    /** Tasks that all sleep. */
    private Task<?>[] sleepers(int number) {
        asleep = 0;
        awake = 0;
        Task<?>[] sleepers = new Task<?>[number];
        for (int i = 0; i < number; i++) sleepers[i] = Corona.spawn(this::sleep);
        while (asleep < number) Corona.yieldNow();
        return sleepers;
    }

    private static void join(Task<?>[] sleepers) {
        for (Task<?> each : sleepers) each.join();
    }

    private int sleep() {
        Corona.sleep(Duration.ofMillis(1 + asleep++ % 1000));
        return ++awake;
    }

    private void runThreads() throws InterruptedException {
        double before = usedBytes();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch allBegun = new CountDownLatch(count);
        Thread[] sleepers = new Thread[count];
        for (int i = 0; i < count; i++) {
            sleepers[i] =
                    Thread.startVirtualThread(
                            () -> {
                                begun.incrementAndGet();
                                allBegun.countDown();
                                sleepAnHour();
                            });
        }
        allBegun.await();
        require("begun", begun.get());
        printMemory(before);
        require("alive", alive(sleepers));
    }

    private static void sleepAnHour() {
        try {
            Thread.sleep(Duration.ofHours(1));
        } catch (InterruptedException e) {
            throw new BenchException("interrupted, but nobody does that here", e);
        }
    }

    private static int alive(Thread[] sleepers) {
        int alive = 0;
        for (Thread each : sleepers) if (each.isAlive()) alive++;
        return alive;
    }

    private int require(String what, int number) {
        if (number == count) return number;
        throw new BenchException("%,d of %,d sleepers have %s".formatted(number, count, what));
    }

    private void printMemory(double before) {
        Memory memory = Memory.of(ProcessHandle.current().pid());
        double used = usedBytes();
        print(USED, used / MEGABYTE);
        print(EACH, (used - before) / count);
        print(RESIDENT, memory.resident());
        print(PEAK, memory.peak());
    }

    private static double usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String key, double value) {
        System.out.printf(Locale.ROOT, "%s=%.1f%n", key, value);
    }
}
