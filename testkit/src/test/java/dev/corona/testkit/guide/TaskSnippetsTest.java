package dev.corona.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.CoroutineLocal;
import dev.corona.async.Deadline;
import dev.corona.async.Outcome;
import dev.corona.async.Scope;
import dev.corona.async.Spawner;
import dev.corona.async.Stages;
import dev.corona.async.Task;
import dev.corona.async.Ticker;
import dev.corona.errors.DeadlineException;
import dev.corona.errors.LoopException;
import dev.corona.testkit.LoopTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The code of docs/coroutines-in-java.md about tasks, time and scopes; {@link GuideTest} compares the two. */
@Timeout(120)
class TaskSnippetsTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void twoTasksShareAThread() {
        // region first
        int sum =
                Corona.run(
                        () -> {
                            Task<Integer> a = Corona.spawn(() -> slowly(1));
                            Task<Integer> b = Corona.spawn(() -> slowly(2));
                            return Corona.await(a) + Corona.await(b);
                        });
        // end
        assertThat(sum).isEqualTo(3);
    }

    // region slowly
    static int slowly(int number) {
        Corona.sleep(Duration.ofMillis(10));
        return number;
    }

    // end

    @LoopTest
    void aTaskIsAStage() {
        // region stage
        CompletionStage<String> text = Corona.spawn(() -> slowly(20)).thenApply(n -> "n = " + n);
        CompletableFuture<String> fromElsewhere = CompletableFuture.supplyAsync(() -> "hello");
        String both = Corona.await(text) + ", " + Corona.await(fromElsewhere);
        // end
        assertThat(both).isEqualTo("n = 20, hello");
    }

    // region spawner
    static final Spawner BACKGROUND =
            Spawner.defaults()
                    .withNames("background")
                    .withDelay(Duration.ofSeconds(1))
                    .withUncaught((task, error) -> System.err.println(task + ": " + error));

    // end

    @LoopTest
    void aSpawnerSetsThingsUp() {
        // region spawner-use
        Task<Integer> report = BACKGROUND.spawn(() -> slowly(5));
        Task<Integer> onlyIfAsked = Spawner.defaults().lazily().spawn(() -> slowly(6));
        // end
        assertThat(report.name()).startsWith("background-");
        assertThat(Corona.await(report) + Corona.await(onlyIfAsked)).isEqualTo(11);
    }

    /** Some library with callbacks. */
    private static void lookUp(String key, BiConsumer<String, Throwable> callback) {
        CompletableFuture.runAsync(() -> callback.accept("value of " + key, null));
    }

    // region bridge
    static String lookUp(String key) {
        return Corona.suspend(
                "look up " + key,
                waiter ->
                        lookUp(
                                key,
                                (value, error) -> {
                                    if (error == null) waiter.complete(value);
                                    else waiter.fail(error);
                                }));
    }

    // end

    @LoopTest
    void aCallbackIsACall() {
        assertThat(lookUp("k")).isEqualTo("value of k");
    }

    @LoopTest
    void errorsCome() {
        // region errors
        Task<Integer> failing = Corona.spawn(() -> Integer.parseInt("seven"));
        try {
            Corona.await(failing);
        } catch (NumberFormatException e) {
            log.add(e.getMessage());
        }
        // end
        assertThat(log).hasSize(1);
    }

    @LoopTest
    void timeIsLimited() {
        // region time
        int quick = Corona.timeout(Duration.ofSeconds(1), () -> slowly(7));
        Deadline deadline = Deadline.after("of the request", Duration.ofMillis(25));
        try {
            deadline.call(() -> slowly(1) + slowly(2) + slowly(3));
        } catch (DeadlineException.Expired e) {
            log.add("too slow after " + deadline.remaining().abs().toMillis() + " ms");
        }
        // end
        assertThat(quick).isEqualTo(7);
        assertThat(log).containsExactly("too slow after 0 ms");
    }

    @LoopTest
    void aTickerBeats() {
        // region ticker
        Ticker ticker = Ticker.everyRate(Duration.ofSeconds(1));
        for (long beat : ticker) {
            log.add(beat);
            if (log.size() == 3) ticker.stop();
        }
        // end
        assertThat(log).hasSize(3);
    }

    @LoopTest
    void aCancellationArrivesWhereTheTaskWaits() {
        // region cancel
        Task<String> worker =
                Corona.spawn(
                        () -> {
                            try {
                                Corona.sleep(Duration.ofHours(1));
                                return "rested";
                            } finally {
                                Corona.shielded(() -> slowly(0)); // says goodbye, uninterrupted
                                log.add("cleaned up");
                            }
                        });
        Corona.yieldNow();
        worker.cancel(true);
        log.add(Stages.settled(List.of(worker)).getFirst().error());
        // end
        assertThat(log).hasSize(2).first().isEqualTo("cleaned up");
        assertThat(log.getLast())
                .hasToString("dev.corona.async.Cancelled: " + worker.name() + " was cancelled");
    }

    @LoopTest
    void someAtOnce() {
        // region stages
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            int number = i;
            tasks.add(Corona.spawn(() -> slowly(number)));
        }
        List<Integer> all = Stages.all(tasks); // or the first error
        List<Outcome<Integer>> outcomes = Stages.settled(tasks); // values and errors
        int first = Stages.race(tasks, Stages.Rest.CANCEL); // or any(...): the first success
        // end
        assertThat(all).containsExactly(1, 2, 3);
        assertThat(outcomes).hasSize(3);
        assertThat(first).isEqualTo(1);
    }

    @LoopTest
    void aScopeLeavesNoneBehind() {
        // region scope
        int sum =
                Scope.call(
                        scope -> {
                            Task<Integer> a = scope.spawn(() -> slowly(1));
                            Task<Integer> b = scope.spawn(() -> slowly(2));
                            return a.join() + b.join();
                        });
        // end
        assertThat(sum).isEqualTo(3);
        // region scope-all
        List<Integer> results = Scope.all(List.of(() -> slowly(3), () -> slowly(4)));
        // end
        assertThat(results).containsExactly(3, 4);
    }

    @LoopTest
    void aFailureEndsTheScope() {
        assertThatThrownBy(this::failTogether).hasMessage("no disk");
        assertThat(log).containsExactly("the other was cancelled");
    }

    private void failTogether() {
        // region scope-fails
        Scope.call(
                scope -> {
                    scope.spawn(
                            () -> {
                                try {
                                    Corona.sleep(Duration.ofHours(1));
                                    return "done";
                                } finally {
                                    log.add("the other was cancelled");
                                }
                            });
                    scope.spawn(
                            () -> {
                                Corona.yieldNow();
                                throw new IllegalStateException("no disk");
                            });
                    return "never returned";
                });
        // end
    }

    // region local
    static final CoroutineLocal<String> USER = CoroutineLocal.named("user");

    // end

    @LoopTest
    void aLocalIsInherited() {
        // region local-use
        String seen = USER.call("ada", () -> Corona.await(Corona.spawn(() -> USER.value())));
        // end
        assertThat(seen).isEqualTo("ada");
    }

    @LoopTest
    void nothingRunsInAnAtomicSection() {
        // region atomic
        Corona.atomic(
                () -> {
                    log.add("nobody else runs here");
                    try {
                        Corona.sleep(Duration.ofMillis(1));
                    } catch (LoopException.WouldBlock e) {
                        log.add("and nothing can make it so");
                    }
                });
        // end
        assertThat(log).hasSize(2);
    }
}
