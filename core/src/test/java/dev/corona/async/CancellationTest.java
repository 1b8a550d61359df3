package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Cancellation: when it is delivered, how often, and what is left behind. */
class CancellationTest {
    private final List<String> log = new ArrayList<>();

    private void sleepLong() {
        try {
            Virtual.sleepSeconds(3600);
            log.add("not reached");
        } catch (CancellationException e) {
            log.add(e.getMessage());
            throw e;
        }
    }

    @Test
    void endsTheWaitAndTheTask() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<Object> task = Virtual.spawn("t", this::sleepLong);
                            Corona.yieldNow();
                            assertThat(task.cancel(true)).isTrue();
                            assertThat(task.isDone()).isFalse();
                            assertThatThrownBy(() -> Corona.await(task))
                                    .isInstanceOf(CancellationException.class)
                                    .hasMessage("t was cancelled");
                            assertThat(task.isCancelled()).isTrue();
                            assertThat(task.cancel(true)).isFalse();
                            assertThat(EventLoop.current().timers()).isZero();
                        });
        assertThat(log).containsExactly("t was cancelled");
        assertThat(elapsed).isZero();
    }

    @Test
    void aFinallyBlockMayWaitAgain() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<Object> task = Virtual.spawn("t", this::sleepAndCleanUp);
                            Corona.yieldNow();
                            task.cancel(true);
                        });
        assertThat(log).containsExactly("t was cancelled", "cleaned up");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(5));
    }

    private void sleepAndCleanUp() {
        try {
            sleepLong();
        } finally {
            Virtual.sleepSeconds(5);
            log.add("cleaned up");
        }
    }

    @Test
    void isDeliveredOnceIfItIsAskedForTwiceBeforeTheTaskRuns() {
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("t", this::sleepAndCleanUp);
                    Corona.yieldNow();
                    task.cancel(true);
                    task.cancel(true);
                });
        assertThat(log).containsExactly("t was cancelled", "cleaned up");
    }

    @Test
    void isDeliveredAgainIfItIsAskedForAfterTheDelivery() {
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("t", this::sleepAndCleanUp);
                    Corona.yieldNow();
                    task.cancel(true);
                    Corona.yieldNow();
                    task.cancel(true);
                    assertThatThrownBy(() -> Corona.await(task))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).containsExactly("t was cancelled");
    }

    @Test
    void aTaskThatHasNotStartedNeverDoes() {
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("t", () -> log.add("started"));
                    assertThat(task.cancel(false)).isTrue();
                    assertThat(task.isCancelled()).isTrue();
                    assertThat(EventLoop.current().taskCount()).isEqualTo(1);
                    assertThatThrownBy(() -> Corona.await(task))
                            .isInstanceOf(CancellationException.class)
                            .hasMessage("t was cancelled");
                });
        assertThat(log).isEmpty();
    }

    @Test
    void wakesThoseWhoWaitForATaskThatHasNotStarted() {
        Virtual.run(
                () -> {
                    Task<Object> first = Virtual.spawn("first", () -> {});
                    List<Task<Object>> late = new ArrayList<>();
                    Task<Object> waiter =
                            Virtual.spawn("waiter", () -> Corona.await(late.getFirst()));
                    Virtual.spawn("canceller", () -> late.getFirst().cancel(true));
                    late.add(Virtual.spawn("late", () -> log.add("started")));
                    Corona.await(first);
                    assertThatThrownBy(() -> Corona.await(waiter))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).isEmpty();
    }

    @Test
    void isPendingWhileTheTaskRunsAndDeliveredAtItsNextWait() {
        Virtual.run(
                () -> {
                    Task<Object> task =
                            Virtual.spawn(
                                    "t",
                                    () -> {
                                        Task.currentOrNull().cancel(true);
                                        log.add("goes on");
                                        Corona.await(CompletableFuture.completedFuture(""));
                                        log.add("did not wait");
                                        sleepLong();
                                    });
                    Corona.yieldNow();
                    assertThat(task.isCancelled()).isTrue();
                });
        assertThat(log).containsExactly("goes on", "did not wait", "t was cancelled");
    }

    @Test
    void ofATaskThatWaitsNoMoreDoesNothing() {
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("t", () -> Task.currentOrNull().cancel(true));
                    Corona.await(task);
                    assertThat(task.isCancelled()).isFalse();
                });
    }

    @Test
    void comesBeforeTheEffectsOfACallThatWouldWait() {
        Virtual.run(
                () -> {
                    Task.currentOrNull().cancel(true);
                    assertThatThrownBy(() -> Corona.suspend("x", waiter -> log.add("effect")))
                            .isInstanceOf(CancellationException.class);
                    Corona.requireMayWait("y");
                });
        assertThat(log).isEmpty();
    }

    @Test
    void isDeliveredIfItComesWhileTheWaitBegins() {
        Virtual.run(
                () -> {
                    Task<?> self = Task.currentOrNull();
                    assertThatThrownBy(
                                    () ->
                                            Corona.suspend(
                                                    "x",
                                                    false,
                                                    waiter -> {
                                                        waiter.onCancel(() -> log.add("withdrawn"));
                                                        self.cancel(true);
                                                    }))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).containsExactly("withdrawn");
    }

    @Test
    void mayBeSwallowed() {
        Virtual.run(
                () -> {
                    Task<String> task =
                            Corona.spawn("t", () -> catchThrowable(this::sleepLong).getMessage());
                    Corona.yieldNow();
                    task.cancel(true);
                    assertThat(Corona.await(task)).isEqualTo("t was cancelled");
                    assertThat(task.isCancelled()).isFalse();
                });
    }

    @Test
    void losesAgainstAnAnswerThatCameFirst() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> task =
                            Virtual.spawn(
                                    "t",
                                    () -> {
                                        log.add(Corona.await(future));
                                        sleepLong();
                                    });
                    Corona.yieldNow();
                    future.complete("answer");
                    task.cancel(true);
                });
        assertThat(log).containsExactly("answer", "t was cancelled");
    }

    @Test
    void winsAgainstAnAnswerThatComesAfterIt() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("t", () -> log.add(Corona.await(future)));
                    Corona.yieldNow();
                    task.cancel(true);
                    future.complete("answer");
                    assertThatThrownBy(() -> Corona.await(task))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).isEmpty();
    }

    @Test
    void withdrawsTheRequestInTheOrderInWhichThatWasAskedFor() {
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("t", this::waitWithWithdrawals);
                    Corona.yieldNow();
                    task.cancel(true);
                    assertThat(log).containsExactly("first", "second");
                });
    }

    private void waitWithWithdrawals() {
        Corona.suspend(
                "x",
                waiter -> {
                    waiter.onCancel(() -> log.add("first"));
                    waiter.onCancel(() -> log.add("second"));
                });
    }

    @Test
    void withdrawsTheRequestWhenTheLoopEnds() {
        Virtual.failureOf(
                () -> {
                    Virtual.spawn("t", this::waitWithWithdrawals);
                    Corona.yieldNow();
                    throw new IllegalStateException();
                });
        assertThat(log).containsExactly("first", "second");
    }

    @Test
    void withdrawsNothingThatWasAnswered() {
        Virtual.run(
                () -> {
                    Corona.suspend(
                            "x",
                            waiter -> {
                                waiter.onCancel(() -> log.add("withdrawn"));
                                waiter.complete("answer");
                            });
                    Task.currentOrNull().cancel(true);
                    catchThrowable(Corona::yieldNow);
                });
        assertThat(log).isEmpty();
    }

    @Test
    void reportsAnErrorOfAWithdrawalAndGoesOn() {
        IllegalStateException error = new IllegalStateException("in the callback");
        List<Throwable> uncaught = new ArrayList<>();
        Virtual.run(
                () -> {
                    EventLoop.current().onUncaught((task, thrown) -> uncaught.add(thrown));
                    Task<Object> task =
                            Virtual.spawn(
                                    "t",
                                    () ->
                                            Corona.suspend(
                                                    "x",
                                                    waiter ->
                                                            waiter.onCancel(
                                                                    () -> {
                                                                        throw error;
                                                                    })));
                    Corona.yieldNow();
                    assertThat(task.cancel(true)).isTrue();
                    assertThatThrownBy(() -> Corona.await(task))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(uncaught).containsExactly(error);
    }

    @Test
    void isNoUncaughtError() {
        List<Throwable> uncaught = new ArrayList<>();
        Virtual.run(
                () -> {
                    EventLoop.current().onUncaught((task, thrown) -> uncaught.add(thrown));
                    Task<Object> task = Virtual.spawn("t", this::sleepLong);
                    Corona.yieldNow();
                    task.cancel(true);
                });
        assertThat(log).containsExactly("t was cancelled");
        assertThat(uncaught).isEmpty();
    }

    @Test
    void doesNotWakeATaskThatIsParkedForGood() {
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("t", this::parkInAtomic);
                    Corona.yieldNow();
                    task.cancel(true);
                    Virtual.sleepSeconds(1);
                    assertThat(task.waitsFor()).isEqualTo("the end");
                    assertThat(log).isEmpty();
                });
        assertThat(log).containsExactly("unwound");
    }

    private void parkInAtomic() {
        try {
            Corona.atomic(
                    () -> {
                        Corona.parkForever("the end");
                    });
            log.add("not reached");
        } finally {
            log.add("unwound");
        }
    }

    @Test
    @Timeout(60)
    void comesFromAnotherThread() {
        CompletableFuture<Task<?>> waiting = new CompletableFuture<>();
        new Thread(() -> waiting.join().cancel(true)).start();
        CompletableFuture<Object> never = new CompletableFuture<>();
        Throwable thrown =
                Corona.run(
                        () ->
                                catchThrowable(
                                        () -> {
                                            waiting.complete(Task.currentOrNull());
                                            Corona.await(never);
                                        }));
        assertThat(thrown).isInstanceOf(CancellationException.class);
    }

    @Test
    @Timeout(60)
    void anotherThreadMayCancelWhatItHasJustSpawned() {
        CompletableFuture<Task<?>> spawned = new CompletableFuture<>();
        Corona.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Runnable outside =
                            () -> {
                                Task<Object> task = loop.spawn(Virtual.callable(this::sleepLong));
                                task.cancel(true);
                                spawned.complete(task);
                            };
                    new Thread(outside).start();
                    Task<?> task = Corona.await(spawned);
                    assertThatThrownBy(() -> Corona.await(task))
                            .isInstanceOf(CancellationException.class);
                    return "";
                });
        assertThat(spawned.join().isCancelled()).isTrue();
        assertThat(log).doesNotContain("not reached");
    }
}
