package dev.corona.bench.async;

import dev.corona.bench.BenchException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;

/** The operations as virtual threads that wait for each other; for a virtual thread, of one carrier. */
final class ThreadOperations {
    private static final int BATCH = 100;
    private static final int BUFFER = 64;

    /** Bodies that have run. */
    private static int ran;

    private ThreadOperations() {}

    /** Takes {@code steps} of {@code operation}, which is a multiple of 100; answers how many were taken. */
    static int run(Operation operation, int steps) {
        try {
            return switch (operation) {
                case AWAIT_FUTURE, AWAIT_TASK -> joinFuture(steps);
                case SPAWN -> spawn(steps);
                case SPAWN_AND_AWAIT -> spawnAndJoin(steps);
                case YIELD -> giveWay(steps);
                case RENDEZVOUS -> hop(new SynchronousQueue<>(), steps);
                case PING_PONG -> pingPong(steps);
                case BUFFERED -> hop(new ArrayBlockingQueue<>(BUFFER), steps);
            };
        } catch (InterruptedException e) {
            throw new BenchException("interrupted, but nobody does that here", e);
        }
    }

    private static int joinFuture(int steps) {
        CompletableFuture<Integer> one = CompletableFuture.completedFuture(1);
        int sum = 0;
        for (int i = 0; i < steps; i++) sum += one.join();
        return sum;
    }

    private static int spawn(int steps) throws InterruptedException {
        int before = ran;
        List<Thread> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < steps; i += BATCH) {
            for (int j = 0; j < BATCH; j++) batch.add(Thread.startVirtualThread(() -> ran++));
            for (Thread each : batch) each.join();
            batch.clear();
        }
        return ran - before;
    }

    private static int spawnAndJoin(int steps) throws InterruptedException {
        int before = ran;
        for (int i = 0; i < steps; i++) Thread.startVirtualThread(() -> ran++).join();
        return ran - before;
    }

    private static int giveWay(int steps) {
        for (int i = 0; i < steps; i++) Thread.yield();
        return steps;
    }

    private static int hop(BlockingQueue<Integer> queue, int steps) throws InterruptedException {
        CompletableFuture<Integer> received = new CompletableFuture<>();
        Thread.startVirtualThread(() -> received.complete(take(queue, steps)));
        Integer one = 1;
        for (int i = 0; i < steps; i++) queue.put(one);
        return received.join();
    }

    private static int take(BlockingQueue<Integer> queue, int steps) {
        int sum = 0;
        try {
            for (int i = 0; i < steps; i++) sum += queue.take();
        } catch (InterruptedException e) {
            throw new BenchException("interrupted, but nobody does that here", e);
        }
        return sum;
    }

    private static int pingPong(int steps) throws InterruptedException {
        BlockingQueue<Integer> there = new SynchronousQueue<>();
        BlockingQueue<Integer> back = new SynchronousQueue<>();
        Thread.startVirtualThread(() -> answer(there, back, steps / 2));
        Integer one = 1;
        int sum = 0;
        for (int i = 0; i < steps; i += 2) {
            there.put(one);
            sum += 2 * back.take();
        }
        return sum;
    }

    private static void answer(
            BlockingQueue<Integer> there, BlockingQueue<Integer> back, int count) {
        try {
            for (int i = 0; i < count; i++) back.put(there.take());
        } catch (InterruptedException e) {
            throw new BenchException("interrupted, but nobody does that here", e);
        }
    }
}
