package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a woven task does by frames; run by {@code WovenEngineTest}, which weaves it first. */
class WovenTaskContract {
    private final List<String> log = new ArrayList<>();

    @Test
    void runsOnTheWovenEngine() {
        Virtual.run(
                () -> {
                    log.add(Task.currentOrNull().engine());
                    Virtual.sleepSeconds(1);
                    log.add(Task.currentOrNull().engine());
                });
        assertThat(log).containsExactly("woven", "woven");
    }

    @Test
    void waitsInEveryWay() throws Exception {
        Virtual.run(
                () -> {
                    Task<String> slow = Corona.spawn(() -> slow("value"));
                    log.add(Corona.await(slow));
                    log.add(Corona.spawn(() -> slow("joined")).join());
                    log.add(Corona.spawn(() -> slow("got")).get());
                    log.add(Corona.spawn(() -> slow("in time")).get(1, TimeUnit.DAYS));
                    Task<String> late = Corona.spawn(() -> slow("late"));
                    log.add(timeoutOf(late));
                    Corona.yieldNow();
                    log.add(Corona.suspend("x", waiter -> waiter.complete("at once")));
                    log.add(
                            Corona.suspend(
                                    "x",
                                    false,
                                    waiter ->
                                            EventLoop.current()
                                                    .schedule(
                                                            Duration.ofSeconds(1),
                                                            () -> waiter.complete("later"))));
                });
        assertThat(log)
                .containsExactly(
                        "value",
                        "joined",
                        "got",
                        "in time",
                        "TimeoutException",
                        "at once",
                        "later");
    }

    private static String timeoutOf(Task<String> late) throws Exception {
        try {
            return late.get(1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException expected) {
            return "TimeoutException";
        }
    }

    private static String slow(String value) {
        Virtual.sleepSeconds(1);
        return value;
    }

    @Test
    void errorsArriveInTheFramesThatWait() {
        Virtual.run(
                () -> {
                    Task<Object> failing = Virtual.spawn("failing", () -> fail());
                    try {
                        Corona.await(failing);
                    } catch (IllegalStateException e) {
                        log.add(e.getMessage());
                    }
                    Task<Object> again = Virtual.spawn("again", () -> fail());
                    try {
                        again.get();
                    } catch (ExecutionException e) {
                        log.add(e.getCause().getMessage());
                    }
                });
        assertThat(log).containsExactly("failed", "failed");
    }

    private static void fail() {
        Virtual.sleepSeconds(1);
        throw new IllegalStateException("failed");
    }

    @Test
    void isCancelledInTheFrameThatWaits() {
        CompletableFuture<Object> never = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> task =
                            Virtual.spawn(
                                    "task",
                                    () -> {
                                        try {
                                            Corona.await(never);
                                        } catch (CancellationException e) {
                                            Virtual.sleepSeconds(1);
                                            log.add("cleaned up");
                                        }
                                    });
                    Corona.yieldNow();
                    task.cancel(false);
                    Corona.await(task);
                });
        assertThat(log).containsExactly("cleaned up");
        assertThat(never.getNumberOfDependents()).isZero();
    }

    @Test
    void awaitsInsideOfAGenerator() {
        Virtual.run(
                () -> {
                    Generator<String> generator =
                            Generator.of(
                                    out -> {
                                        for (int i = 0; i < 3; i++) {
                                            Virtual.sleepSeconds(1);
                                            out.yield("v" + i);
                                        }
                                    });
                    while (generator.hasNext()) log.add(generator.next());
                });
        assertThat(log).containsExactly("v0", "v1", "v2");
    }

    @Test
    void showsItsStackWhileItWaits() {
        Virtual.run(
                () -> {
                    Task<String> task = Corona.spawn(() -> slow("x"));
                    Corona.yieldNow();
                    log.add(task.stack().toString());
                    log.add(task.waitsFor());
                });
        assertThat(log.getFirst()).contains("slow");
        assertThat(log.getLast()).isEqualTo("sleep 1000 ms");
    }

    @Test
    void countsWhatItWaitsForOutside() {
        CompletableFuture<Object> outside = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> task = Corona.spawn(() -> Corona.await(outside));
                    Corona.yieldNow();
                    log.add("" + EventLoop.current().isSomethingPending());
                    outside.complete("");
                    Corona.await(task);
                    log.add("" + EventLoop.current().isSomethingPending());
                });
        assertThat(log).containsExactly("true", "false");
    }
}
