package dev.corona.bench.async;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.channels.Channel;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** The operations as Corona's tasks; for a task. */
final class TaskOperations {
    private static final int BATCH = 100;
    private static final int BUFFER = 64;

    /** Bodies that have run. */
    private static int ran;

    private static final Callable<Integer> BODY = () -> ++ran;

    private TaskOperations() {}

    /** Takes {@code steps} of {@code operation}, which is a multiple of 100; answers how many were taken. */
    static int run(Operation operation, int steps) {
        return switch (operation) {
            case AWAIT_FUTURE -> awaitFuture(steps);
            case AWAIT_TASK -> awaitTask(steps);
            case SPAWN -> spawn(steps);
            case SPAWN_AND_AWAIT -> spawnAndAwait(steps);
            case YIELD -> giveWay(steps);
            case RENDEZVOUS -> hop(Channel.rendezvous(), steps);
            case PING_PONG -> pingPong(steps);
            case BUFFERED -> hop(Channel.buffered(BUFFER), steps);
        };
    }

    private static int awaitFuture(int steps) {
        CompletableFuture<Integer> one = CompletableFuture.completedFuture(1);
        int sum = 0;
        for (int i = 0; i < steps; i++) sum += Corona.await(one);
        return sum;
    }

    private static int awaitTask(int steps) {
        Task<Integer> one = Corona.spawn(() -> 1);
        one.join();
        int sum = 0;
        for (int i = 0; i < steps; i++) sum += Corona.await(one);
        return sum;
    }

    private static int spawn(int steps) {
        int before = ran;
        for (int i = 0; i < steps; i += BATCH) {
            for (int j = 0; j < BATCH; j++) Corona.spawn(BODY);
            Corona.yieldNow();
        }
        return ran - before;
    }

    private static int spawnAndAwait(int steps) {
        int before = ran;
        for (int i = 0; i < steps; i++) Corona.await(Corona.spawn(BODY));
        return ran - before;
    }

    private static int giveWay(int steps) {
        for (int i = 0; i < steps; i++) Corona.yieldNow();
        return steps;
    }

    private static int hop(Channel<Integer> channel, int steps) {
        Task<Integer> receiver = Corona.spawn(() -> sumOf(channel));
        Integer one = 1;
        for (int i = 0; i < steps; i++) channel.send(one);
        channel.close();
        return receiver.join();
    }

    private static int sumOf(Channel<Integer> channel) {
        int sum = 0;
        for (int element : channel) sum += element;
        return sum;
    }

    private static int pingPong(int steps) {
        Channel<Integer> there = Channel.rendezvous();
        Channel<Integer> back = Channel.rendezvous();
        Task<Integer> partner =
                Corona.spawn(
                        () -> {
                            int sum = 0;
                            for (int element : there) {
                                sum += element;
                                back.send(element);
                            }
                            return sum;
                        });
        Integer one = 1;
        int sum = 0;
        for (int i = 0; i < steps; i += 2) {
            there.send(one);
            sum += back.receive();
        }
        there.close();
        return sum + partner.join();
    }
}
