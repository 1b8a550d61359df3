package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.errors.DeadlineException;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Deadlines, timeouts and shields; its bodies may be woven. */
class DeadlineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> log = new ArrayList<>();

    @Test
    void givesTheResultOfABodyThatEndsInTime() {
        Virtual.run(
                () -> {
                    String result =
                            Corona.timeout(
                                    Duration.ofSeconds(2),
                                    () -> {
                                        Virtual.sleepSeconds(1);
                                        return "in time";
                                    });
                    assertThat(result).isEqualTo("in time");
                    assertThat(EventLoop.current().timers()).isZero();
                });
    }

    @Test
    void endsABodyThatWaitsTooLongAndRunsItsFinallyBlocks() {
        Duration time =
                Virtual.run(
                        () -> {
                            Exception thrown =
                                    Virtual.thrownBy(
                                            () -> Corona.timeout(SECOND, () -> sleepAndCleanUp()));
                            assertThat(thrown)
                                    .isInstanceOf(DeadlineException.Expired.class)
                                    .hasMessageContaining("PT1S")
                                    .hasMessageContaining("main");
                        });
        assertThat(log).containsExactly("cleaned up");
        assertThat(time).isEqualTo(Duration.ofSeconds(4));
    }

    private Object sleepAndCleanUp() {
        try {
            Virtual.sleepSeconds(10);
            return "late";
        } finally {
            Virtual.sleepSeconds(3);
            log.add("cleaned up");
        }
    }

    @Test
    void theNearestOfNestedDeadlinesWinsAndIsNamed() {
        Virtual.run(
                () -> {
                    Exception inner = Virtual.thrownBy(() -> nested(5, 2));
                    assertThat(inner).hasMessageContaining("deadline inner");
                    Exception outer = Virtual.thrownBy(() -> nested(2, 5));
                    assertThat(outer).hasMessageContaining("deadline outer");
                    assertThat(EventLoop.current().timers()).isZero();
                });
        assertThat(log).containsExactly("outer goes on", "left by CancellationException");
    }

    private void nested(int outerSeconds, int innerSeconds) {
        Deadline outer = Deadline.after("outer", Duration.ofSeconds(outerSeconds));
        Deadline inner = Deadline.after("inner", Duration.ofSeconds(innerSeconds));
        outer.call(
                () -> {
                    try {
                        return inner.call(
                                () -> {
                                    Virtual.sleepSeconds(10);
                                    return "";
                                });
                    } catch (DeadlineException e) {
                        log.add("outer goes on");
                        throw e;
                    } catch (CancellationException e) {
                        log.add("left by CancellationException");
                        throw e;
                    }
                });
    }

    @Test
    void aDeadlineThatIsOverEndsTheFirstWait() {
        Virtual.run(
                () -> {
                    Deadline deadline = Deadline.after(Duration.ZERO);
                    assertThat(deadline.isOver()).isTrue();
                    assertThat(deadline.<String, RuntimeException>call(() -> "no wait"))
                            .isEqualTo("no wait");
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            deadline.call(
                                                    () -> {
                                                        Virtual.sleepSeconds(1);
                                                        return "";
                                                    }));
                    assertThat(thrown).isInstanceOf(DeadlineException.Expired.class);
                });
    }

    @Test
    void keepsAResultThatTheBodyReturnsAfterTheDeadline() {
        Virtual.run(
                () -> {
                    String result =
                            Corona.timeout(
                                    SECOND,
                                    () -> {
                                        try {
                                            Virtual.sleepSeconds(5);
                                            return "slept";
                                        } catch (CancellationException tooLate) {
                                            return "made up for";
                                        }
                                    });
                    assertThat(result).isEqualTo("made up for");
                    Virtual.sleepSeconds(1);
                });
    }

    @Test
    void passesErrorsOfTheBodyOnAsTheyAre() {
        IOException error = new IOException("of the body");
        Virtual.run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Corona.timeout(
                                                    SECOND,
                                                    () -> {
                                                        Corona.yieldNow();
                                                        throw error;
                                                    }));
                    assertThat(thrown).isSameAs(error);
                });
    }

    @Test
    void limitsASingleAwait() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Duration time =
                Virtual.run(
                        () -> {
                            Exception thrown = Virtual.thrownBy(() -> Corona.await(never, SECOND));
                            assertThat(thrown).isInstanceOf(DeadlineException.Expired.class);
                            assertThat(never.getNumberOfDependents()).isZero();
                            Task<Object> answer =
                                    Virtual.spawn("answer", () -> Virtual.sleepSeconds(1));
                            assertThat(Corona.await(answer, Duration.ofSeconds(2))).isEqualTo("");
                            assertThat(EventLoop.current().timers()).isZero();
                        });
        assertThat(time).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void leavesNothingWithAStageWhoseWaitTimedOut() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        Exception thrown =
                                Virtual.thrownBy(
                                        () -> Corona.timeout(SECOND, () -> Corona.await(never)));
                        assertThat(thrown).isInstanceOf(DeadlineException.class);
                    }
                });
        assertThat(never.getNumberOfDependents()).isZero();
    }

    @Test
    void aCancellationOfTheTaskIsNotTakenForTheDeadline() {
        Virtual.run(
                () -> {
                    Task<Object> limited =
                            Virtual.spawn(
                                    "limited",
                                    () -> {
                                        Exception thrown =
                                                Virtual.thrownBy(
                                                        () -> Corona.timeout(SECOND, () -> nap()));
                                        log.add(thrown.getMessage());
                                    });
                    Corona.yieldNow();
                    limited.cancel(false);
                    Corona.await(limited);
                });
        assertThat(log).containsExactly("limited was cancelled");
    }

    /** Both arrive while the task is on its way out of the same wait: it is told of each, in turn. */
    @Test
    void losesNeitherOfADeadlineAndACancellationAtOnce() {
        Virtual.run(
                () -> {
                    Task<Object> both =
                            Virtual.spawn(
                                    "both",
                                    () -> {
                                        log.add(nameOf(() -> Corona.timeout(SECOND, () -> nap())));
                                        log.add(nameOf(() -> nap()));
                                    });
                    Virtual.sleepSeconds(1);
                    both.cancel(false);
                    both.cancel(false);
                    Corona.await(both);
                });
        assertThat(log).containsExactlyInAnyOrder("Expired", "Cancelled");
    }

    private static Object nap() {
        Virtual.sleepSeconds(60);
        return "";
    }

    private static String nameOf(Virtual.Body body) {
        Exception thrown = Virtual.thrownBy(body);
        return thrown == null ? "nothing" : thrown.getClass().getSimpleName();
    }

    @Test
    void refusesADeadlineOfAnotherLoop() {
        Deadline foreign = Virtual.call(() -> Deadline.after("elsewhere", Duration.ofSeconds(1)));
        Virtual.run(
                () ->
                        assertThat(Virtual.thrownBy(() -> foreign.call(() -> "")))
                                .isInstanceOf(DeadlineException.OtherLoop.class)
                                .hasMessageContaining("elsewhere"));
    }

    @Test
    void refusesDeadlinesOutsideOfTasks() {
        assertThat(Virtual.thrownBy(() -> Corona.timeout(SECOND, () -> "")))
                .isInstanceOf(LoopException.NotInTask.class);
    }

    @Test
    void aShieldHoldsACancellationOffUntilItsEnd() {
        Duration time =
                Virtual.run(
                        () -> {
                            Task<Object> task =
                                    Virtual.spawn(
                                            "shielded",
                                            () -> {
                                                Corona.shielded(
                                                        () -> {
                                                            Virtual.sleepSeconds(2);
                                                            log.add("undisturbed");
                                                            return "";
                                                        });
                                                log.add(nameOf(() -> Virtual.sleepSeconds(9)));
                                            });
                            Virtual.sleepSeconds(1);
                            task.cancel(false);
                            Corona.await(task);
                        });
        assertThat(log).containsExactly("undisturbed", "Cancelled");
        assertThat(time).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aShieldHoldsOffDeadlinesAroundItButNotInside() {
        Virtual.run(
                () -> {
                    Exception outer =
                            Virtual.thrownBy(
                                    () ->
                                            Deadline.after("outer", SECOND)
                                                    .call(() -> shieldedPart()));
                    assertThat(outer).hasMessageContaining("deadline outer");
                    assertThat(EventLoop.current().nanoTime()).isEqualTo(3_000_000_000L);
                });
        assertThat(log).containsExactly("Expired");
    }

    private Object shieldedPart() {
        Corona.shielded(
                () -> {
                    log.add(nameOf(() -> Corona.timeout(Duration.ofSeconds(3), () -> nap())));
                    return "";
                });
        return nap();
    }

    @Test
    void givesAValueThatArrivesTooLateToWhoTakesCareOfIt() {
        CompletableFuture<String> connection = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Corona.timeout(
                                                    SECOND,
                                                    () -> Corona.await(connection, log::add)));
                    assertThat(thrown).isInstanceOf(DeadlineException.class);
                    assertThat(log).isEmpty();
                    connection.complete("connection");
                });
        assertThat(log).containsExactly("connection");
    }

    /** The value is there when the cancellation comes, before the task has run: it gets both, the value first. */
    @Test
    void aValueThatWonTheRaceIsNotDropped() {
        CompletableFuture<String> connection = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> task =
                            Virtual.spawn(
                                    "receiver",
                                    () -> {
                                        log.add(Corona.await(connection, v -> log.add("lost")));
                                        log.add(nameOf(() -> Virtual.sleepSeconds(1)));
                                    });
                    Corona.yieldNow();
                    connection.complete("connection");
                    task.cancel(false);
                    Corona.await(task);
                });
        assertThat(log).containsExactly("connection", "Cancelled");
    }
}
