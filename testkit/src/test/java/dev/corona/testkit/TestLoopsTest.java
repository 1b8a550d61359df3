package dev.corona.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.LoopClock;
import dev.corona.async.Task;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class TestLoopsTest {
    private static void sleepHours(long hours) {
        Corona.sleep(Duration.ofHours(hours));
    }

    private static Task<Boolean> spawnSleeper(String name) {
        return Corona.spawn(
                name,
                () -> {
                    sleepHours(1);
                    return true;
                });
    }

    @Test
    void returnsWhatTheBodyReturns() throws Exception {
        assertThat(TestLoops.run(() -> Corona.await(CompletableFuture.completedFuture(7))))
                .isEqualTo(7);
    }

    @Test
    void hoursPassInVirtualTime() throws Exception {
        LoopClock clock = LoopClock.virtual();
        TestLoops.run(
                clock,
                LoopTest.Leftovers.FAIL,
                () -> {
                    sleepHours(30);
                    return true;
                });
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(30));
    }

    @Test
    void namesEachTaskThatIsLeft() {
        assertThatThrownBy(
                        () ->
                                TestLoops.run(
                                        () -> {
                                            spawnSleeper("first");
                                            spawnSleeper("second");
                                            Corona.yieldNow();
                                            return true;
                                        }))
                .isInstanceOf(LeakedTasksError.class)
                .hasMessageStartingWith(
                        "2 tasks are still alive at the end of the test; await or cancel them:")
                .hasMessageContaining("second")
                .hasMessageContaining(
                        "which waits for sleep 3600000 ms, spawned at "
                                + TestLoopsTest.class.getName()
                                + ".spawnSleeper(TestLoopsTest.java:");
    }

    @Test
    void aTaskThatHasNotBegunIsLeftToo() {
        assertThatThrownBy(() -> TestLoops.run(() -> Corona.spawn("idle", () -> 1)))
                .isInstanceOf(LeakedTasksError.class)
                .hasMessageContaining("1 task is still alive")
                .hasMessageContaining("which is ready to run");
    }

    @Test
    void leftTasksAreUnwound() {
        List<String> unwound = new ArrayList<>();
        assertThatThrownBy(
                        () ->
                                TestLoops.run(
                                        () -> {
                                            Corona.spawn(
                                                    () -> {
                                                        try {
                                                            sleepHours(1);
                                                            return true;
                                                        } finally {
                                                            unwound.add("finally");
                                                        }
                                                    });
                                            Corona.yieldNow();
                                            return true;
                                        }))
                .isInstanceOf(LeakedTasksError.class);
        assertThat(unwound).containsExactly("finally");
    }

    @Test
    void leftTasksMayBeAwaited() throws Exception {
        LoopClock clock = LoopClock.virtual();
        TestLoops.run(clock, LoopTest.Leftovers.AWAIT, () -> spawnSleeper("left").name());
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void leftTasksMayBeCancelled() throws Exception {
        LoopClock clock = LoopClock.virtual();
        TestLoops.run(clock, LoopTest.Leftovers.UNWIND, () -> spawnSleeper("left").name());
        assertThat(clock.elapsed()).isZero();
    }

    @Test
    void anErrorThatNobodyAskedForFailsTheTest() {
        IOException error = new IOException("disk");
        assertThatThrownBy(
                        () ->
                                TestLoops.run(
                                        () -> {
                                            Corona.spawn(
                                                    "writer",
                                                    () -> {
                                                        throw error;
                                                    });
                                            sleepHours(1);
                                            return true;
                                        }))
                .isInstanceOf(UncaughtErrorsError.class)
                .hasMessageContaining("writer")
                .hasMessageContaining("java.io.IOException: disk")
                .hasCause(error);
    }

    @Test
    void theBodysOwnErrorComesFirst() {
        IOException own = new IOException("own");
        assertThatThrownBy(
                        () ->
                                TestLoops.run(
                                        () -> {
                                            Corona.spawn(
                                                    () -> {
                                                        throw new IllegalStateException("other");
                                                    });
                                            sleepHours(1);
                                            throw own;
                                        }))
                .isSameAs(own)
                .satisfies(
                        e ->
                                assertThat(e.getSuppressed())
                                        .singleElement()
                                        .isInstanceOf(UncaughtErrorsError.class));
    }
}
