package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Both stacks of an awaited error: where it was thrown and where it was awaited. */
class AwaitTraceTest {
    private static Object thrower() {
        Virtual.sleepSeconds(1);
        throw new IllegalStateException("thrown");
    }

    private static Object awaiter(Task<Object> task) {
        return Corona.await(task);
    }

    private static List<AwaitTrace> traces(Throwable error) {
        return Arrays.stream(error.getSuppressed())
                .filter(AwaitTrace.class::isInstance)
                .map(AwaitTrace.class::cast)
                .toList();
    }

    private static boolean has(StackTraceElement[] stack, String method) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals(method));
    }

    @Test
    void anErrorShowsWhereItWasThrownAndWhereItWasAwaited() {
        Virtual.run(
                () -> {
                    Task<Object> task = Virtual.spawn("thrower", () -> thrower());
                    Exception thrown = Virtual.thrownBy(() -> awaiter(task));
                    assertThat(has(thrown.getStackTrace(), "thrower")).isTrue();
                    assertThat(has(thrown.getStackTrace(), "awaiter")).isFalse();
                    AwaitTrace trace = traces(thrown).getFirst();
                    assertThat(trace).hasMessage("awaited by main");
                    assertThat(has(trace.getStackTrace(), "awaiter")).isTrue();
                });
    }

    @Test
    void everyTaskOnTheWayIsShownAndTheStackOfTheErrorStaysAsItWas() {
        Virtual.run(
                () -> {
                    Task<Object> first = Virtual.spawn("thrower", () -> thrower());
                    Task<Object> second = Virtual.spawn("second", () -> awaiter(first));
                    Task<Object> third = Virtual.spawn("third", () -> awaiter(first));
                    Exception thrown = Virtual.thrownBy(() -> awaiter(second));
                    StackTraceElement[] before = thrown.getStackTrace();
                    Exception again = Virtual.thrownBy(() -> awaiter(third));
                    assertThat(again).isSameAs(thrown);
                    assertThat(again.getStackTrace()).isEqualTo(before);
                    assertThat(traces(thrown))
                            .extracting(Throwable::getMessage)
                            .containsExactlyInAnyOrder(
                                    "awaited by second",
                                    "awaited by third",
                                    "awaited by main",
                                    "awaited by main");
                });
    }

    @Test
    void awaitingAFailedStageAgainAndAgainAddsOneTrace() {
        CompletableFuture<Object> failed =
                CompletableFuture.failedFuture(new IllegalStateException("kept"));
        Virtual.run(
                () -> {
                    for (int i = 0; i < 100; i++) Virtual.thrownBy(() -> Corona.await(failed));
                });
        assertThat(traces(failed.exceptionNow())).hasSize(1);
    }

    @Test
    void anErrorTakesALimitedNumberOfTraces() {
        CompletableFuture<Object> failed =
                CompletableFuture.failedFuture(new IllegalStateException("kept"));
        Virtual.run(
                () -> {
                    for (int i = 0; i < 100; i++)
                        Virtual.spawn("t" + i, () -> Virtual.thrownBy(() -> Corona.await(failed)));
                });
        assertThat(traces(failed.exceptionNow())).hasSize(AwaitTrace.MOST);
    }
}
