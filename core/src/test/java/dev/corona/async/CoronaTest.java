package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.LoopException;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/** Running a loop: order, time, results, errors, and its end. */
class CoronaTest {
    private final List<String> log = new ArrayList<>();

    private String sleepAndLog(String name, long seconds) {
        Virtual.sleepSeconds(seconds);
        log.add(name);
        return name;
    }

    @Test
    void runsOnTheEngineThatThisBuildAsksFor() {
        assertThat(Engines.fallback().name())
                .isEqualTo(System.getProperty("corona.engine", "hotspot"));
    }

    @Test
    void interleavesTasksThatSleep() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<String> slow = Corona.spawn("slow", () -> sleepAndLog("slow", 3));
                            Task<String> quick =
                                    Corona.spawn("quick", () -> sleepAndLog("quick", 1));
                            assertThat(Corona.await(slow) + Corona.await(quick))
                                    .isEqualTo("slowquick");
                        });
        assertThat(log).containsExactly("quick", "slow");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void startsTasksInTheOrderOfTheirSpawnAfterTheSpawnerWaits() {
        Virtual.run(
                () -> {
                    for (int i = 0; i < 5; i++) {
                        int number = i;
                        Virtual.spawn("t" + i, () -> log.add("t" + number));
                    }
                    log.add("main");
                    Corona.yieldNow();
                    log.add("main again");
                });
        assertThat(log).containsExactly("main", "t0", "t1", "t2", "t3", "t4", "main again");
    }

    @Test
    void yieldLetsEveryReadyTaskRunOnceHoweverManyThereAre() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            for (int i = 0; i < 1_000; i++)
                                Virtual.spawn("t" + i, () -> log.add("t"));
                            Corona.yieldNow();
                            assertThat(log).hasSize(1_000);
                        });
        assertThat(elapsed).isZero();
    }

    @Test
    void aSleepOfNoTimeIsAYield() {
        Virtual.run(
                () -> {
                    Virtual.spawn("other", () -> log.add("other"));
                    Corona.sleep(Duration.ofSeconds(-1));
                    log.add("main");
                });
        assertThat(log).containsExactly("other", "main");
    }

    @Test
    void sleepsForEverWithoutOverflow() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        Virtual.run(
                () -> {
                    Virtual.spawn("first", () -> Virtual.sleepSeconds(1)).join();
                    for (int i = 0; i < 5; i++) {
                        Corona.sleep(forever);
                        log.add("awake");
                    }
                });
        assertThat(log).hasSize(5);
    }

    @Test
    void returnsTheResultOfTheBodyAlsoWhenItIsNull() {
        assertThat(Virtual.<String>call(() -> "result")).isEqualTo("result");
        assertThat(Virtual.<String>call(() -> null)).isNull();
    }

    @Test
    void waitsForTheTasksThatItsBodyLeft() {
        String result =
                Virtual.call(
                        () -> {
                            Corona.spawn("left", () -> sleepAndLog("left", 5));
                            return "early";
                        });
        assertThat(result).isEqualTo("early");
        assertThat(log).containsExactly("left");
    }

    @Test
    void throwsAnUncheckedErrorAsItIs() {
        IllegalArgumentException error = new IllegalArgumentException("unchecked");
        assertThat(
                        Virtual.failureOf(
                                () -> {
                                    throw error;
                                }))
                .isSameAs(error);
        AssertionError fatal = new AssertionError("fatal");
        assertThat(
                        Virtual.failureOf(
                                () -> {
                                    throw fatal;
                                }))
                .isSameAs(fatal);
    }

    @Test
    void wrapsACheckedError() {
        IOException error = new IOException("checked");
        assertThat(
                        Virtual.failureOf(
                                () -> {
                                    throw error;
                                }))
                .isInstanceOf(CompletionException.class)
                .hasCause(error);
    }

    @Test
    void unwindsTheOtherTasksWhenTheBodyFails() {
        IllegalStateException error = new IllegalStateException("main failed");
        Throwable thrown =
                Virtual.failureOf(
                        () -> {
                            Virtual.spawn("older", () -> waitFor("older"));
                            Virtual.spawn("newer", () -> waitFor("newer"));
                            Corona.yieldNow();
                            throw error;
                        });
        assertThat(thrown).isSameAs(error).hasNoSuppressedExceptions();
        assertThat(log).containsExactly("newer", "older");
    }

    private void waitFor(String name) {
        try {
            Virtual.sleepSeconds(3600);
            log.add("not reached");
        } finally {
            log.add(name);
        }
    }

    @Test
    void endsWhenItsBodyIsCancelled() {
        Throwable thrown =
                Virtual.failureOf(
                        () -> {
                            Task<?> main = Task.currentOrNull();
                            Virtual.spawn("canceller", () -> main.cancel(true));
                            waitFor("main");
                        });
        assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("main");
        assertThat(log).containsExactly("main");
    }

    @Test
    void completesTheTasksThatItUnwinds() {
        List<Task<?>> left = new ArrayList<>();
        Virtual.failureOf(
                () -> {
                    left.add(Virtual.spawn("waits", () -> waitFor("waits")));
                    Corona.yieldNow();
                    throw new IllegalStateException();
                });
        assertThat(left).allMatch(Task::isCancelled);
        assertThatThrownBy(() -> left.getFirst().get())
                .isInstanceOf(CancellationException.class)
                .hasStackTraceContaining("waits was unwound: its event loop has ended");
    }

    @Test
    void refusesALoopInsideALoop() {
        Virtual.run(
                () ->
                        assertThatThrownBy(() -> Corona.run(() -> ""))
                                .isInstanceOf(LoopException.NestedLoop.class));
    }

    @Test
    void refusesALoopInsideACallbackOfALoop() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Virtual.run(
                () ->
                        EventLoop.current()
                                .execute(
                                        () ->
                                                seen.set(
                                                        catchThrowable(
                                                                () -> Corona.run(() -> "")))));
        assertThat(seen.get()).isInstanceOf(LoopException.NestedLoop.class);
    }

    @Test
    void runsOneLoopAfterAnother() {
        Virtual.failureOf(
                () -> {
                    throw new IllegalStateException();
                });
        assertThat(Virtual.<String>call(() -> "again")).isEqualTo("again");
    }

    @Test
    void refusesToSpawnOnALoopThatHasEnded() {
        EventLoop ended = Virtual.call(EventLoop::current);
        assertThatThrownBy(() -> ended.spawn(() -> "late"))
                .isInstanceOf(LoopException.Ended.class)
                .hasMessageContaining("spawn");
        ended.execute(() -> log.add("late"));
        assertThat(log).isEmpty();
    }

    @Test
    void refusesWaitsAndSpawnsOutsideOfATask() {
        CompletableFuture<String> future = new CompletableFuture<>();
        assertThatThrownBy(() -> Corona.await(future)).isInstanceOf(LoopException.NotInTask.class);
        assertThatThrownBy(() -> Corona.sleep(Duration.ofMillis(7)))
                .isInstanceOf(LoopException.NotInTask.class)
                .hasMessageContaining("sleep 7 ms");
        assertThatThrownBy(() -> Corona.spawn(() -> ""))
                .isInstanceOf(LoopException.NotInTask.class);
        assertThatThrownBy(() -> Corona.suspend("x", waiter -> log.add("started")))
                .isInstanceOf(LoopException.NotInTask.class);
        assertThat(log).isEmpty();
    }

    @Test
    void refusesWaitsInACallbackOfTheLoop() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Virtual.run(
                () ->
                        EventLoop.current()
                                .execute(() -> seen.set(catchThrowable(Corona::yieldNow))));
        assertThat(seen.get()).isInstanceOf(LoopException.NotInTask.class);
    }

    @Test
    void keepsAnInterruptForLater() {
        Virtual.run(() -> log.add("before"));
        Thread.currentThread().interrupt();
        Virtual.run(() -> Virtual.sleepSeconds(1));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void goesOnWhileSomethingHoldsIt() {
        CompletableFuture<EventLoop> held = new CompletableFuture<>();
        Thread other =
                new Thread(
                        () -> {
                            EventLoop loop = held.join();
                            loop.execute(
                                    () -> {
                                        log.add("from outside");
                                        loop.release();
                                    });
                        });
        other.start();
        Corona.run(
                () -> {
                    EventLoop.current().hold();
                    return held.complete(EventLoop.current());
                });
        assertThat(log).containsExactly("from outside");
    }

    @Test
    void refusesMoreReleasesThanHolds() {
        Virtual.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.hold();
                    loop.hold();
                    assertThat(loop.holds()).isEqualTo(2);
                    loop.release();
                    loop.release();
                    assertThat(catchThrowable(loop::release)).isInstanceOf(AssertionError.class);
                    assertThat(loop.holds()).isZero();
                });
    }

    @Test
    void runsAHundredThousandTasks() {
        int[] sum = new int[1];
        Duration elapsed =
                Virtual.run(
                        () -> {
                            for (int i = 0; i < 100_000; i++) {
                                int number = i;
                                Virtual.spawn(
                                        "t",
                                        () -> {
                                            Corona.sleep(Duration.ofMillis(number % 100));
                                            sum[0]++;
                                        });
                            }
                            assertThat(EventLoop.current().taskCount()).isEqualTo(100_001);
                        });
        assertThat(sum[0]).isEqualTo(100_000);
        assertThat(elapsed).isEqualTo(Duration.ofMillis(99));
    }
}
