package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Running a loop, its tasks, and what they wait for, under virtual time. */
class CoronaTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void interleavesTasksThatSleep() {
        LoopClock clock = LoopClock.virtual();
        String result =
                Corona.run(
                        clock,
                        () -> {
                            Task<String> slow =
                                    Corona.spawn("slow", () -> sleepAndLog("slow", 3_000));
                            Task<String> quick =
                                    Corona.spawn("quick", () -> sleepAndLog("quick", 1_000));
                            return Corona.await(slow) + Corona.await(quick);
                        });
        assertThat(result).isEqualTo("slowquick");
        assertThat(log).containsExactly("quick", "slow");
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    private String sleepAndLog(String name, long millis) {
        Corona.sleep(Duration.ofMillis(millis));
        log.add(name);
        return name;
    }

    @Test
    void reportsADeadlock() {
        assertThatThrownBy(
                        () ->
                                Corona.run(
                                        LoopClock.virtual(),
                                        () -> {
                                            List<Task<?>> both = new ArrayList<>();
                                            both.add(
                                                    Corona.spawn(
                                                            "a", () -> Corona.await(both.get(1))));
                                            both.add(
                                                    Corona.spawn(
                                                            "b", () -> Corona.await(both.get(0))));
                                            return Corona.await(both.getFirst());
                                        }))
                .isInstanceOf(LoopException.Deadlock.class)
                .hasMessageContaining("a waits for b")
                .hasMessageContaining("main waits for a")
                .hasMessageContaining("CoronaTest.java");
    }

    @Test
    void waitsForACompletionFromAnotherThread() {
        CompletableFuture<String> future = new CompletableFuture<>();
        String result =
                Corona.run(
                        () -> {
                            new Thread(() -> future.complete("from elsewhere")).start();
                            return Corona.await(future);
                        });
        assertThat(result).isEqualTo("from elsewhere");
    }
}
