package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task as a {@code Future} and as a {@code CompletionStage}. */
class TaskFutureTest {
    private final List<String> log = new ArrayList<>();

    private Task<String> sleeper(String name, long seconds) {
        return Corona.spawn(
                name,
                () -> {
                    Virtual.sleepSeconds(seconds);
                    log.add(name);
                    return name;
                });
    }

    private static Task<Object> failing(Exception error) {
        return Virtual.spawn(
                "failing",
                () -> {
                    throw error;
                });
    }

    @Test
    void getAndJoinSuspendTheTaskThatCallsThem() {
        Virtual.run(
                () -> {
                    Task<String> slow = sleeper("slow", 2);
                    Task<String> slower = sleeper("slower", 3);
                    sleeper("quick", 1);
                    assertThat(slow.get()).isEqualTo("slow");
                    assertThat(slower.join()).isEqualTo("slower");
                });
        assertThat(log).containsExactly("quick", "slow", "slower");
    }

    @Test
    void getAndJoinWrapErrorsAsFuturesDo() {
        IllegalStateException error = new IllegalStateException("body");
        Virtual.run(
                () -> {
                    EventLoop.current().onUncaught((task, thrown) -> log.add("uncaught " + task));
                    assertThatThrownBy(() -> failing(error).get())
                            .isInstanceOf(ExecutionException.class)
                            .hasCause(error);
                    assertThatThrownBy(() -> failing(error).join())
                            .isInstanceOf(CompletionException.class)
                            .hasCause(error);
                    Task<Object> ended = failing(error);
                    Corona.yieldNow();
                    assertThatThrownBy(ended::join)
                            .isInstanceOf(CompletionException.class)
                            .hasCause(error);
                    assertThat(log).containsExactly("uncaught failing");
                    Task<String> cancelled = sleeper("cancelled", 1);
                    cancelled.cancel(false);
                    assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
                    assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
                });
    }

    @Test
    @Timeout(60)
    void getAndJoinBlockAPlainThread() {
        CompletableFuture<Object> go = new CompletableFuture<>();
        CompletableFuture<Object> joined = new CompletableFuture<>();
        CompletableFuture<Object> got = new CompletableFuture<>();
        Corona.run(
                () -> {
                    Task<Object> task = Corona.spawn("task", () -> Corona.await(go));
                    Thread joining = Thread.ofPlatform().start(() -> joined.complete(task.join()));
                    Thread getting = Thread.ofPlatform().start(() -> got.complete(getOf(task)));
                    while (!isBlocked(joining) || !isBlocked(getting)) Corona.yieldNow();
                    go.complete("value");
                    return Corona.await(joined).equals(Corona.await(got));
                });
        assertThat(joined).isCompletedWithValue("value");
        assertThat(got).isCompletedWithValue("value");
    }

    private static boolean isBlocked(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private static Object getOf(Task<?> task) {
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theLoopsThreadMayNotBlockForATask() {
        List<Throwable> seen = new ArrayList<>();
        Virtual.run(
                () -> {
                    Task<String> task = sleeper("task", 1);
                    Runnable callback =
                            () -> {
                                seen.add(catchThrowable(task::join));
                                seen.add(catchThrowable(task::get));
                                seen.add(catchThrowable(() -> task.get(1, TimeUnit.SECONDS)));
                            };
                    EventLoop.current().execute(callback);
                });
        assertThat(seen)
                .hasSize(3)
                .allSatisfy(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(LoopException.NestedLoop.class)
                                        .hasMessageContaining("block until task has ended"));
    }

    @Test
    void theLoopsThreadMayReadATaskThatHasEnded() {
        Virtual.run(
                () -> {
                    Task<String> task = sleeper("task", 1);
                    Corona.await(task);
                    EventLoop.current().execute(() -> log.add(task.join() + getOf(task)));
                });
        assertThat(log).containsExactly("task", "tasktask");
    }

    @Test
    void aTaskMayNotWaitForItself() {
        Virtual.run(
                () -> {
                    Task<?> self = Task.currentOrNull();
                    assertThatThrownBy(self::get).isInstanceOf(LoopException.SelfAwait.class);
                    assertThatThrownBy(self::join).isInstanceOf(LoopException.SelfAwait.class);
                    assertThatThrownBy(() -> self.get(1, TimeUnit.SECONDS))
                            .isInstanceOf(LoopException.SelfAwait.class);
                });
    }

    @Test
    void getWithATimeoutGivesUpAndLeavesNothingBehind() {
        Virtual.run(
                () -> {
                    Task<String> slow = sleeper("slow", 3600);
                    for (int i = 1; i <= 10; i++) {
                        assertThatThrownBy(() -> slow.get(1, TimeUnit.SECONDS))
                                .isInstanceOf(TimeoutException.class)
                                .hasMessageContaining("slow has not ended within 1 SECONDS");
                        assertThat(EventLoop.current().nanoTime()).isEqualTo(i * 1_000_000_000L);
                    }
                    assertThat(slow.getNumberOfDependents()).isZero();
                    assertThat(EventLoop.current().timers()).isEqualTo(1);
                    assertThat(slow.get()).isEqualTo("slow");
                });
    }

    @Test
    void getWithATimeoutTakesTheTimerBackWhenTheTaskEndsBefore() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<String> quick = sleeper("quick", 1);
                            assertThat(quick.get(1, TimeUnit.HOURS)).isEqualTo("quick");
                            assertThat(EventLoop.current().timers()).isZero();
                        });
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void getWithATimeoutTakesTheTimerBackWhenItsCallerIsCancelled() {
        Virtual.run(
                () -> {
                    Task<String> slow = sleeper("slow", 10);
                    Task<Object> caller =
                            Virtual.spawn("caller", () -> slow.get(1, TimeUnit.HOURS));
                    Corona.yieldNow();
                    assertThat(EventLoop.current().timers()).isEqualTo(2);
                    caller.cancel(true);
                    assertThatThrownBy(caller::join).isInstanceOf(CancellationException.class);
                    assertThat(EventLoop.current().timers()).isEqualTo(1);
                    assertThat(slow.getNumberOfDependents()).isZero();
                });
    }

    @Test
    void getWithoutTimeToWaitAnswersAtOnceAlsoInAtomic() throws Exception {
        Virtual.run(
                () -> {
                    Task<String> task = sleeper("task", 1);
                    Corona.atomic(
                            () -> {
                                assertThatThrownBy(() -> task.get(0, TimeUnit.SECONDS))
                                        .isInstanceOf(TimeoutException.class);
                                return "";
                            });
                    Corona.await(task);
                    assertThat(task.get(0, TimeUnit.SECONDS)).isEqualTo("task");
                });
    }

    @Test
    void isAStageForOthers() {
        Virtual.run(
                () -> {
                    Task<String> a = sleeper("a", 1);
                    Task<String> b = sleeper("b", 2);
                    assertThat(Corona.await(a.thenCombine(b, String::concat))).isEqualTo("ab");
                    CompletableFuture<String> plain = new CompletableFuture<>();
                    CompletableFuture<String> composed = plain.thenCompose(x -> sleeper(x, 1));
                    plain.complete("c");
                    assertThat(Corona.await(composed)).isEqualTo("c");
                    assertThat(Corona.await(CompletableFuture.allOf(a, b))).isNull();
                });
    }

    @Test
    void onlyItsBodyCompletesIt() {
        Virtual.run(
                () -> {
                    Task<String> task = sleeper("task", 1);
                    assertThatThrownBy(() -> task.complete("x"))
                            .isInstanceOf(UnsupportedOperationException.class)
                            .hasMessageContaining("task can only be completed by its body");
                    assertThatThrownBy(() -> task.completeExceptionally(new Error()))
                            .isInstanceOf(UnsupportedOperationException.class);
                    assertThatThrownBy(() -> task.obtrudeValue("x"))
                            .isInstanceOf(UnsupportedOperationException.class);
                    assertThatThrownBy(() -> task.obtrudeException(new Error()))
                            .isInstanceOf(UnsupportedOperationException.class);
                    assertThatThrownBy(() -> task.completeAsync(() -> "x"))
                            .isInstanceOf(UnsupportedOperationException.class);
                    assertThat(task.completeOnTimeout("x", 1, TimeUnit.DAYS)).isNotSameAs(task);
                    assertThat(task.orTimeout(1, TimeUnit.DAYS)).isNotSameAs(task);
                    assertThat(task.join()).isEqualTo("task");
                });
    }

    @Test
    void aCallbackOfTheResultMustNotWait() {
        List<Throwable> seen = new ArrayList<>();
        Virtual.run(
                () -> {
                    Task<String> task = sleeper("task", 1);
                    Task<String> other = sleeper("other", 2);
                    task.thenRun(
                            () -> {
                                seen.add(catchThrowable(Corona::yieldNow));
                                seen.add(catchThrowable(() -> Corona.await(other)));
                                seen.add(catchThrowable(other::join));
                            });
                });
        assertThat(seen).hasSize(3).hasOnlyElementsOfType(LoopException.NotInTask.class);
    }

    @Test
    void showsWhatItWaitsForAndItsStackWhileItIsSuspended() {
        Virtual.run(
                () -> {
                    Task<String> task = sleeper("task", 5);
                    assertThat(task.waitsFor()).isNull();
                    Corona.yieldNow();
                    assertThat(task.waitsFor()).isEqualTo("sleep 5000 ms");
                    assertThat(task.stack())
                            .anyMatch(f -> f.getMethodName().equals("sleepSeconds"))
                            .anyMatch(f -> f.getClassName().contains("TaskFutureTest"));
                    assertThat(task.spawner()).isSameAs(Task.currentOrNull());
                    assertThat(task.spawnSite().summary()).contains("TaskFutureTest.sleeper");
                    assertThat(task.name()).isEqualTo("task").isEqualTo(task.toString());
                });
    }

    @Test
    void keepsNoChainOfSpawners() {
        List<Task<?>> chain = new ArrayList<>();
        Virtual.run(() -> spawnNext(chain, 5));
        assertThat(chain).hasSize(5).allMatch(task -> task.isDone() && task.spawner() == null);
    }

    private static void spawnNext(List<Task<?>> chain, int left) {
        if (left > 0) chain.add(Virtual.spawn("link", () -> spawnNext(chain, left - 1)));
    }
}
