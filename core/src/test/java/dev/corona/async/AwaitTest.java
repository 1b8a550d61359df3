package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.LoopException;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Waiting for stages and callbacks, also when other threads complete them. */
class AwaitTest {
    private static final int THREADS = 8;

    private final List<String> log = new ArrayList<>();

    @Test
    void doesNotSuspendForACompletedStage() {
        Virtual.run(
                () -> {
                    Virtual.spawn("other", () -> log.add("other"));
                    assertThat(Corona.await(CompletableFuture.completedFuture("v"))).isEqualTo("v");
                    assertThat(Corona.await(CompletableFuture.completedStage("s"))).isEqualTo("s");
                    assertThat(Corona.await(CompletableFuture.completedFuture((String) null)))
                            .isNull();
                    assertThat(log).isEmpty();
                });
    }

    @Test
    void throwsTheErrorOfAFailedStage() {
        IllegalStateException unchecked = new IllegalStateException("unchecked");
        IOException checked = new IOException("checked");
        Virtual.run(
                () -> {
                    assertThat(failureOf(CompletableFuture.failedFuture(unchecked)))
                            .isSameAs(unchecked);
                    assertThat(failureOf(CompletableFuture.failedStage(checked)))
                            .isInstanceOf(CompletionException.class)
                            .hasCause(checked);
                    CompletableFuture<Object> derived =
                            CompletableFuture.failedFuture(unchecked).thenApply(x -> x);
                    assertThat(failureOf(derived)).isSameAs(unchecked);
                });
    }

    private static Throwable failureOf(CompletionStage<?> stage) {
        return catchThrowable(() -> Corona.await(stage));
    }

    @Test
    void throwsTheErrorOfAStageThatFailsMeanwhile() {
        IllegalStateException error = new IllegalStateException("later");
        Virtual.run(
                () -> {
                    CompletableFuture<Object> future = new CompletableFuture<>();
                    Virtual.spawn("failer", () -> future.completeExceptionally(error));
                    assertThat(failureOf(future)).isSameAs(error);
                });
    }

    @Test
    void throwsTheCancellationOfAStage() {
        Virtual.run(
                () -> {
                    CompletableFuture<Object> future = new CompletableFuture<>();
                    CompletableFuture<Object> derived = future.thenApply(x -> x);
                    Virtual.spawn("canceller", () -> future.cancel(false));
                    assertThat(failureOf(derived)).isInstanceOf(CancellationException.class);
                    assertThat(failureOf(future)).isInstanceOf(CancellationException.class);
                    assertThat(Task.currentOrNull().isDone()).isFalse();
                });
    }

    @Test
    void passesTheErrorOfATaskOn() {
        IllegalStateException error = new IllegalStateException("of the task");
        Virtual.run(
                () -> {
                    Task<Object> failing =
                            Virtual.spawn(
                                    "failing",
                                    () -> {
                                        throw error;
                                    });
                    assertThat(failureOf(failing)).isSameAs(error);
                    assertThat(failureOf(failing)).isSameAs(error);
                });
    }

    @Test
    void resumesEveryTaskThatWaitsForOneStage() {
        Virtual.run(
                () -> {
                    Task<Object> awaited = Virtual.spawn("awaited", () -> Virtual.sleepSeconds(1));
                    for (int i = 0; i < 3; i++) {
                        int number = i;
                        Virtual.spawn(
                                "w" + i,
                                () -> {
                                    Corona.await(awaited);
                                    log.add("w" + number);
                                });
                    }
                });
        assertThat(log).containsExactlyInAnyOrder("w0", "w1", "w2");
    }

    @Test
    void waitsForAStageThatIsNoFuture() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletionStage<String> stage = withoutFuture(future);
        Virtual.run(
                () -> {
                    Virtual.spawn("completer", () -> future.complete("plain"));
                    assertThat(Corona.await(stage)).isEqualTo("plain");
                    assertThat(Corona.await(stage)).isEqualTo("plain");
                });
    }

    @SuppressWarnings("unchecked")
    private static <T> CompletionStage<T> withoutFuture(CompletableFuture<T> future) {
        return (CompletionStage<T>)
                java.lang.reflect.Proxy.newProxyInstance(
                        AwaitTest.class.getClassLoader(),
                        new Class<?>[] {CompletionStage.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("toCompletableFuture"))
                                throw new UnsupportedOperationException();
                            return method.invoke(future, arguments);
                        });
    }

    @Test
    void refusesToWaitForItself() {
        Virtual.run(
                () ->
                        assertThatThrownBy(() -> Corona.await(Task.currentOrNull()))
                                .isInstanceOf(LoopException.SelfAwait.class)
                                .hasMessageContaining("main"));
    }

    @Test
    void takesAnAnswerThatIsGivenAtOnce() {
        Virtual.run(
                () -> {
                    Virtual.spawn("other", () -> log.add("other"));
                    assertThat(Corona.<String>suspend("x", waiter -> waiter.complete("at once")))
                            .isEqualTo("at once");
                    assertThat(log).isEmpty();
                    Corona.yieldNow();
                    assertThat(log).containsExactly("other");
                });
    }

    @Test
    void takesTheFirstAnswerOnly() {
        Virtual.run(
                () -> {
                    Object value =
                            Corona.suspend(
                                    "x",
                                    waiter -> {
                                        assertThat(waiter.complete("first")).isTrue();
                                        assertThat(waiter.complete("second")).isFalse();
                                        assertThat(waiter.fail(new IOException())).isFalse();
                                        assertThat(waiter.isDone()).isTrue();
                                    });
                    assertThat(value).isEqualTo("first");
                });
    }

    @Test
    void throwsTheErrorThatAWaiterIsFailedWith() {
        IOException error = new IOException("failed");
        Virtual.run(
                () ->
                        assertThatThrownBy(() -> Corona.suspend("x", waiter -> waiter.fail(error)))
                                .isInstanceOf(CompletionException.class)
                                .hasCause(error));
    }

    @Test
    void leavesNothingBehindWhenTheStackCannotBeSuspended() {
        assumeTrue(Engines.fallback().traits().guardsMonitors());
        Object monitor = new Object();
        Virtual.run(
                () -> {
                    synchronized (monitor) {
                        assertThatThrownBy(() -> Virtual.sleepSeconds(1))
                                .isInstanceOf(CoroutineStateException.MonitorHeld.class);
                        assertThatThrownBy(
                                        () ->
                                                Corona.suspend(
                                                        "x",
                                                        waiter ->
                                                                waiter.onCancel(
                                                                        () ->
                                                                                log.add(
                                                                                        "withdrawn"))))
                                .isInstanceOf(CoroutineStateException.MonitorHeld.class);
                    }
                    assertThat(EventLoop.current().timers()).isZero();
                    assertThat(EventLoop.current().isSomethingPending()).isFalse();
                    assertThat(Task.currentOrNull().waitsFor()).isNull();
                    Virtual.sleepSeconds(1);
                });
        assertThat(log).containsExactly("withdrawn");
    }

    @Test
    void waitsAgainAfterAnAnswerThatCameAtOnce() {
        Virtual.run(
                () -> {
                    for (int i = 0; i < 3; i++)
                        Corona.suspend("x", waiter -> waiter.complete("at once"));
                    Virtual.sleepSeconds(1);
                    assertThat(EventLoop.current().nanoTime()).isEqualTo(1_000_000_000L);
                });
    }

    @Test
    @Timeout(60)
    void losesNoCompletionOfOtherThreads() {
        int tasks = 4_000;
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < tasks; i++) futures.add(new CompletableFuture<>());
        CountDownLatch go = new CountDownLatch(1);
        for (int t = 0; t < THREADS; t++) startCompleter(futures, t, go);
        long sum =
                Corona.run(
                        () -> {
                            List<Task<Integer>> all = new ArrayList<>();
                            for (CompletableFuture<Integer> future : futures)
                                all.add(Corona.spawn(() -> Corona.await(future)));
                            go.countDown();
                            long total = 0;
                            for (Task<Integer> task : all) total += Corona.await(task);
                            return total;
                        });
        assertThat(sum).isEqualTo((long) tasks * (tasks - 1) / 2);
    }

    private static void startCompleter(
            List<CompletableFuture<Integer>> futures, int first, CountDownLatch go) {
        Runnable work =
                () -> {
                    awaitLatch(go);
                    for (int i = first; i < futures.size(); i += THREADS)
                        futures.get(i).complete(i);
                };
        new Thread(work).start();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(60)
    void oneOfManyThreadsDecidesAWait() {
        Corona.run(
                () -> {
                    for (int i = 0; i < 500; i++)
                        Corona.await(Virtual.spawn("racer", () -> race(Task.currentOrNull())));
                    return "";
                });
        assertThat(log).hasSize(500).isSubsetOf("value", "failed", "racer was cancelled");
    }

    /** A completion, a failure and a cancellation at once: what the task sees is what the winner was told. */
    private void race(Task<?> self) {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> winners = new ArrayList<>();
        String outcome;
        try {
            outcome =
                    Corona.suspend(
                            "a race",
                            waiter -> {
                                winners.add(atGo(go, () -> waiter.complete("value")));
                                winners.add(
                                        atGo(
                                                go,
                                                () ->
                                                        waiter.fail(
                                                                new IllegalStateException(
                                                                        "failed"))));
                                winners.add(atGo(go, () -> self.cancel(true)));
                                go.countDown();
                            });
        } catch (IllegalStateException failedOrCancelled) {
            outcome = failedOrCancelled.getMessage();
        }
        log.add(outcome);
        assertThat(awaitDespiteCancellation(winners.get(0))).isEqualTo(outcome.equals("value"));
        assertThat(awaitDespiteCancellation(winners.get(1))).isEqualTo(outcome.equals("failed"));
        assertThat(awaitDespiteCancellation(winners.get(2))).isTrue();
    }

    private static CompletableFuture<Boolean> atGo(CountDownLatch go, Supplier<Boolean> action) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Runnable work =
                () -> {
                    awaitLatch(go);
                    result.complete(action.get());
                };
        Thread.ofVirtual().start(work);
        return result;
    }

    /** A cancellation that lost a race is delivered at one of the waits after it. */
    private static boolean awaitDespiteCancellation(CompletableFuture<Boolean> future) {
        while (true) {
            try {
                return Corona.await(future);
            } catch (CancellationException lostTheRace) {
                assertThat(lostTheRace).hasMessage("racer was cancelled");
            }
        }
    }

    @Test
    @Timeout(60)
    void takesTasksFromManyThreads() {
        int each = 500;
        AtomicInteger ran = new AtomicInteger();
        CompletableFuture<EventLoop> loop = new CompletableFuture<>();
        CountDownLatch spawned = new CountDownLatch(THREADS);
        List<CompletableFuture<Void>> feeders = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            CompletableFuture<Void> feeder = new CompletableFuture<>();
            feeders.add(feeder);
            Runnable work =
                    () -> {
                        EventLoop target = loop.join();
                        for (int i = 0; i < each; i++) target.spawn(ran::incrementAndGet);
                        feeder.complete(null);
                        spawned.countDown();
                    };
            new Thread(work).start();
        }
        Corona.run(
                () -> {
                    loop.complete(EventLoop.current());
                    for (CompletableFuture<Void> feeder : feeders) Corona.await(feeder);
                    return "";
                });
        awaitLatch(spawned);
        assertThat(ran.get()).isEqualTo(THREADS * each);
    }

    @Test
    @Timeout(60)
    void waitsForATaskOfAnotherLoop() {
        CompletableFuture<EventLoop> other = new CompletableFuture<>();
        CompletableFuture<Object> stop = new CompletableFuture<>();
        Runnable secondLoop =
                () ->
                        Corona.run(
                                () -> {
                                    other.complete(EventLoop.current());
                                    return Corona.await(stop);
                                });
        new Thread(secondLoop).start();
        String result =
                Corona.run(
                        () -> {
                            EventLoop second = Corona.await(other);
                            Task<String> there =
                                    second.spawn(
                                            () -> {
                                                Corona.yieldNow();
                                                return Task.currentOrNull().loop().isCurrent()
                                                                && EventLoop.current() == second
                                                        ? "there"
                                                        : "elsewhere";
                                            });
                            String value = Corona.await(there) + there.join();
                            stop.complete("");
                            return value;
                        });
        assertThat(result).isEqualTo("therethere");
    }
}
