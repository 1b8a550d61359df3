package dev.corona.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.Task;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class SteppedLoopTest {
    private final List<String> log = new ArrayList<>();

    private Task<Integer> sleeper(SteppedLoop stepped, int seconds) {
        return stepped.loop()
                .spawn(
                        () -> {
                            log.add("sleeps " + seconds);
                            Corona.sleep(Duration.ofSeconds(seconds));
                            log.add("woke after " + stepped.now().toSeconds());
                            return seconds;
                        });
    }

    @Test
    void nothingRunsByItself() {
        try (SteppedLoop stepped = new SteppedLoop()) {
            sleeper(stepped, 1);
            assertThat(log).isEmpty();
            assertThat(stepped.step()).isTrue();
            assertThat(log).containsExactly("sleeps 1");
            assertThat(stepped.step()).isFalse();
        }
    }

    @Test
    void timePassesFromTimerToTimer() {
        try (SteppedLoop stepped = new SteppedLoop()) {
            sleeper(stepped, 3);
            sleeper(stepped, 1);
            stepped.advance(Duration.ofSeconds(2));
            assertThat(log).containsExactly("sleeps 3", "sleeps 1", "woke after 1");
            assertThat(stepped.now()).isEqualTo(Duration.ofSeconds(2));
            stepped.advance(Duration.ofSeconds(1));
            assertThat(log).endsWith("woke after 3");
        }
    }

    @Test
    void timeDoesNotGoBack() {
        try (SteppedLoop stepped = new SteppedLoop()) {
            assertThatThrownBy(() -> stepped.advance(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PT-1S");
        }
    }

    @Test
    void closingUnwindsWhatIsLeft() {
        Task<Integer> task;
        try (SteppedLoop stepped = new SteppedLoop()) {
            task = sleeper(stepped, 1);
            stepped.runReady();
        }
        assertThat(task.isCompletedExceptionally()).isTrue();
    }

    @Test
    void workOfOtherThreadsWaitsForAStep() {
        try (SteppedLoop stepped = new SteppedLoop()) {
            CompletableFuture<Task<Integer>> handedIn =
                    CompletableFuture.supplyAsync(() -> stepped.loop().spawn(() -> 7));
            Task<Integer> task = handedIn.join();
            assertThat(task.isDone()).isFalse();
            stepped.runReady();
            assertThat(task).isCompletedWithValue(7);
        }
    }
}
