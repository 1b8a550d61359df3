package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What is a deadlock, what is not, and what the report says. */
class DeadlockTest {
    private final List<String> log = new ArrayList<>();

    /** Two tasks, each of which does {@code wait} with the other. */
    private static Throwable crossWait(Consumer<Task<Object>> wait) {
        return Virtual.failureOf(
                () -> {
                    List<Task<Object>> both = new ArrayList<>();
                    both.add(Virtual.spawn("a", () -> wait.accept(both.get(1))));
                    both.add(Virtual.spawn("b", () -> wait.accept(both.get(0))));
                    Corona.await(both.getFirst());
                });
    }

    @Test
    void namesWhoWaitsForWhatAndWhereTheyComeFrom() {
        assertThat(crossWait(Corona::await))
                .isInstanceOf(LoopException.Deadlock.class)
                .hasMessageContaining("a waits for b, spawned at dev.corona.async.DeadlockTest")
                .hasMessageContaining("b waits for a")
                .hasMessageContaining("main waits for a")
                .hasMessageContaining("DeadlockTest.java");
    }

    @Test
    void seesTasksThatJoinOrGetEachOther() {
        assertThat(crossWait(Task::join)).isInstanceOf(LoopException.Deadlock.class);
        assertThat(
                        crossWait(
                                task -> {
                                    try {
                                        task.get();
                                    } catch (Exception e) {
                                        throw new AssertionError(e);
                                    }
                                }))
                .isInstanceOf(LoopException.Deadlock.class)
                .hasMessageContaining("a waits for b");
    }

    @Test
    void seesAWaitThatNobodyOutsideCanEnd() {
        Throwable thrown =
                Virtual.failureOf(() -> Corona.suspend("room in channel c", false, waiter -> {}));
        assertThat(thrown)
                .isInstanceOf(LoopException.Deadlock.class)
                .hasMessageContaining("main waits for room in channel c");
    }

    @Test
    void isNotOfTheTasksThatAreLeftWhenTheBodyHasEnded() {
        List<Task<Object>> left = new ArrayList<>();
        Virtual.run(() -> left.add(Virtual.spawn("left", this::waitForNothing)));
        assertThat(log).containsExactly("unwound");
        assertThat(left.getFirst().isCancelled()).isTrue();
    }

    private void waitForNothing() {
        try {
            Corona.suspend("nothing", false, waiter -> {});
        } finally {
            log.add("unwound");
        }
    }

    @Test
    void unwindsTheTasks() {
        Virtual.failureOf(this::waitForNothing);
        assertThat(log).containsExactly("unwound");
    }

    @Test
    void isSeenAtOnceAlthoughATimerWasSetForLater() {
        LoopClock clock = LoopClock.virtual();
        Throwable thrown =
                catchThrowable(
                        () ->
                                Corona.run(
                                        clock,
                                        () -> {
                                            Task<Object> quick =
                                                    Virtual.spawn("quick", Corona::yieldNow);
                                            quick.get(1, TimeUnit.HOURS);
                                            return Corona.suspend("nothing", false, waiter -> {});
                                        }));
        assertThat(thrown).isInstanceOf(LoopException.Deadlock.class);
        assertThat(clock.elapsed()).isZero();
    }

    @Test
    void isNotReportedWhileATimerIsSet() {
        Virtual.run(
                () -> {
                    List<Waiter<Object>> waiters = new ArrayList<>();
                    EventLoop.current()
                            .schedule(
                                    TimeUnit.DAYS.toNanos(1),
                                    () -> waiters.getFirst().complete("rescue"));
                    Object value = Corona.suspend("rescue", false, waiters::add);
                    assertThat(value).isEqualTo("rescue");
                });
    }

    @Test
    void isNotReportedWhileAHoldExists() {
        CompletableFuture<Waiter<Object>> waiting = new CompletableFuture<>();
        Thread outside = new Thread(() -> waiting.join().complete("rescue"));
        outside.start();
        Object result =
                Corona.run(
                        () -> {
                            EventLoop.current().hold();
                            Object value = Corona.suspend("rescue", false, waiting::complete);
                            EventLoop.current().release();
                            return value;
                        });
        assertThat(result).isEqualTo("rescue");
    }

    @Test
    void isNotReportedWhileAnotherThreadMayComplete() {
        CompletableFuture<Waiter<Object>> waiting = new CompletableFuture<>();
        Thread outside = new Thread(() -> waiting.join().complete("answer"));
        outside.start();
        Object result = Corona.run(() -> Corona.suspend("an answer", waiting::complete));
        assertThat(result).isEqualTo("answer");
    }
}
