package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.LoopException;
import dev.corona.errors.SelectException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for several stages. */
class StagesTest {
    private final IllegalStateException broken = new IllegalStateException("broken");

    private static Task<Integer> after(int seconds, int result) {
        return Corona.spawn(
                "after " + seconds,
                () -> {
                    Virtual.sleepSeconds(seconds);
                    return result;
                });
    }

    private Task<Integer> failsAfter(int seconds) {
        return Corona.spawn(
                "fails after " + seconds,
                () -> {
                    Virtual.sleepSeconds(seconds);
                    throw broken;
                });
    }

    @Test
    void allGivesTheResultsInOrder() {
        Duration elapsed =
                Virtual.run(
                        () ->
                                assertThat(
                                                Stages.all(
                                                        List.of(
                                                                after(3, 1),
                                                                after(1, 2),
                                                                after(2, 3))))
                                        .containsExactly(1, 2, 3));
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void allEndsAtTheFirstError() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<Integer> slow = after(5, 1);
                            assertThatThrownBy(() -> Stages.all(List.of(slow, failsAfter(2))))
                                    .isSameAs(broken);
                            assertThat(slow.isDone()).isFalse();
                            assertThat(Corona.await(slow)).isEqualTo(1);
                        });
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void allCancelsTheOthersIfAsked() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<Integer> slow = after(5, 1);
                            assertThatThrownBy(
                                            () ->
                                                    Stages.all(
                                                            List.of(slow, failsAfter(2)),
                                                            Stages.Rest.CANCEL))
                                    .isSameAs(broken);
                            assertThatThrownBy(() -> Corona.await(slow))
                                    .isInstanceOf(CancellationException.class);
                        });
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void allOfNothingIsNothing() {
        Virtual.run(
                () -> {
                    assertThat(Stages.all(List.<Task<Integer>>of())).isEmpty();
                    assertThat(Stages.settled(List.<Task<Integer>>of())).isEmpty();
                });
    }

    @Test
    void settledGivesEveryOutcome() {
        Virtual.run(
                () -> {
                    Task<Integer> cancelled = after(9, 9);
                    cancelled.cancel(true);
                    List<Outcome<Integer>> outcomes =
                            Stages.settled(List.of(after(2, 1), failsAfter(1), cancelled));
                    assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>(1));
                    assertThat(outcomes.get(1)).isEqualTo(new Outcome.Failure<>(broken));
                    assertThat(outcomes.get(2).error())
                            .isInstanceOf(CancellationException.class)
                            .hasMessage("after 9 was cancelled");
                    assertThatThrownBy(outcomes.get(1)::get).isSameAs(broken);
                });
    }

    @Test
    void raceGivesTheFirst() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<Integer> loser = after(9, 9);
                            assertThat(Stages.race(List.of(loser, after(1, 1)))).isEqualTo(1);
                            assertThat(loser.isDone()).isFalse();
                            assertThatThrownBy(
                                            () ->
                                                    Stages.race(
                                                            List.of(loser, failsAfter(1)),
                                                            Stages.Rest.CANCEL))
                                    .isSameAs(broken);
                            Corona.yieldNow();
                            assertThat(loser.isCancelled()).isTrue();
                        });
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anyGivesTheFirstSuccess() {
        Virtual.run(
                () -> {
                    assertThat(Stages.any(List.of(failsAfter(1), after(2, 2), after(3, 3))))
                            .isEqualTo(2);
                    CompletableFuture<Integer> failed =
                            CompletableFuture.failedFuture(new Exception("other"));
                    assertThatThrownBy(() -> Stages.any(List.of(failsAfter(1), failed)))
                            .isInstanceOf(SelectException.AllFailed.class)
                            .hasMessageContaining("none of 2 stages")
                            .satisfies(
                                    e ->
                                            assertThat(e.getSuppressed())
                                                    .extracting(Throwable::getMessage)
                                                    .containsExactly("broken", "other"));
                });
    }

    @Test
    void whatIsCompleteIsTakenWithoutAWait() {
        Virtual.run(
                () ->
                        Corona.atomic(
                                () -> {
                                    List<CompletableFuture<Integer>> stages =
                                            List.of(
                                                    new CompletableFuture<>(),
                                                    CompletableFuture.completedFuture(1),
                                                    CompletableFuture.completedFuture(2));
                                    assertThat(Stages.race(stages)).isEqualTo(1);
                                    assertThat(Stages.any(stages)).isEqualTo(1);
                                    assertThat(Stages.all(stages.subList(1, 3)))
                                            .containsExactly(1, 2);
                                    assertThatThrownBy(() -> Stages.all(stages))
                                            .isInstanceOf(LoopException.WouldBlock.class)
                                            .hasMessageContaining("all of 3 stages");
                                }));
    }

    @Test
    void nothingStaysWithAStageThatLost() {
        CompletableFuture<Integer> never = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    for (int i = 0; i < 1000; i++) Stages.race(List.of(never, after(1, 1)));
                });
        assertThat(never.getNumberOfDependents()).isZero();
    }

    @Test
    void aCancelledWaitLeavesNothingBehind() {
        CompletableFuture<Integer> kept = new CompletableFuture<>();
        CompletableFuture<Integer> cancelled = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> first =
                            Virtual.spawn("first", () -> Stages.settled(List.of(kept)));
                    Task<Object> second =
                            Virtual.spawn(
                                    "second",
                                    () -> Stages.any(List.of(cancelled), Stages.Rest.CANCEL));
                    Corona.yieldNow();
                    first.cancel(true);
                    second.cancel(true);
                });
        assertThat(kept.getNumberOfDependents()).isZero();
        assertThat(kept.isDone()).isFalse();
        assertThat(cancelled.isCancelled()).isTrue();
    }

    @Test
    void theErrorOfATaskThatLostIsNotSwallowed() {
        List<Throwable> uncaught = new ArrayList<>();
        Virtual.run(
                () -> {
                    EventLoop.current().onUncaught((task, thrown) -> uncaught.add(thrown));
                    assertThat(Stages.race(List.of(failsAfter(2), after(1, 1)))).isEqualTo(1);
                });
        assertThat(uncaught).containsExactly(broken);
    }

    @Test
    void noStagesAtAllAreRefusedWhereOneMustWin() {
        Virtual.run(
                () -> {
                    assertThatThrownBy(() -> Stages.race(List.<Task<Integer>>of()))
                            .isInstanceOf(SelectException.NoBranch.class)
                            .hasMessageContaining("the first of 0 stages");
                    assertThatThrownBy(() -> Stages.any(List.<Task<Integer>>of()))
                            .isInstanceOf(SelectException.NoBranch.class);
                });
    }

    @Test
    void waitingForOneselfIsRefused() {
        Virtual.run(
                () ->
                        assertThatThrownBy(
                                        () ->
                                                Stages.settled(
                                                        List.of(Task.currentOrNull(), after(1, 1))))
                                .isInstanceOf(LoopException.SelfAwait.class));
    }

    @Test
    @Timeout(60)
    void stagesMayCompleteInOtherThreads() {
        List<Integer> results =
                Corona.run(
                        () -> {
                            List<CompletableFuture<Integer>> stages = new ArrayList<>();
                            for (int i = 0; i < 200; i++) {
                                int result = i;
                                stages.add(CompletableFuture.supplyAsync(() -> result));
                            }
                            return Stages.all(stages);
                        });
        assertThat(results).hasSize(200).isSorted();
    }

    @Test
    void anOutcomeKeepsACheckedError() {
        Exception checked = new Exception("checked");
        Outcome<String> failed =
                Outcome.of(
                        () -> {
                            throw checked;
                        });
        assertThat(failed.error()).isSameAs(checked);
        assertThat(failed.isSuccess()).isFalse();
        assertThatThrownBy(failed::get).isInstanceOf(CompletionException.class).hasCause(checked);
        assertThat(Outcome.of(() -> "value").get()).isEqualTo("value");
    }
}
