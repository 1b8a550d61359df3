package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Coexpression;
import dev.corona.DoubleGenerator;
import dev.corona.Generator;
import dev.corona.IntGenerator;
import dev.corona.LongGenerator;
import dev.corona.Resumable;
import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.LoopException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

/** Coroutines inside a task that wait: both are suspended, up to the loop. */
class GeneratorInTaskTest {
    private final List<String> log = new ArrayList<>();

    private static Generator<Integer> slowNumbers(int count) {
        return Generator.of(
                out -> {
                    for (int i = 1; i <= count; i++) {
                        Virtual.sleepSeconds(1);
                        out.yield(i);
                    }
                });
    }

    @Resumable
    private void consume(String name, Iterable<Integer> numbers) {
        for (int number : numbers) log.add(name + number);
    }

    @Test
    void aGeneratorMayWait() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Virtual.spawn("a", () -> consume("a", slowNumbers(3)));
                            Virtual.spawn("b", () -> consume("b", slowNumbers(3)));
                        });
        assertThat(log).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aGeneratorInsideAGeneratorMayWait() {
        Generator<Integer> outer =
                Generator.of(
                        out -> {
                            for (int number : slowNumbers(3)) out.yield(number * 10);
                        });
        Virtual.run(
                () -> {
                    Virtual.spawn("a", () -> consume("a", outer));
                    Virtual.sleepSeconds(2);
                    log.add("main");
                });
        assertThat(log).containsSubsequence("a10", "main", "a30").contains("a20");
    }

    @Test
    void theTaskInsideAGeneratorIsTheOneThatRunsIt() {
        Virtual.run(
                () -> {
                    Generator<Task<?>> tasks =
                            Generator.of(
                                    out -> {
                                        out.yield(Task.currentOrNull());
                                        Corona.yieldNow();
                                        out.yield(Task.currentOrNull());
                                    });
                    for (Task<?> task : tasks)
                        log.add(task == Task.currentOrNull() ? "the same" : "" + task);
                });
        assertThat(log).containsExactly("the same", "the same");
    }

    @Test
    void aCancellationIsDeliveredInsideTheGenerator() {
        Virtual.run(
                () -> {
                    Generator<Integer> numbers =
                            Generator.of(
                                    out -> {
                                        try {
                                            Virtual.sleepSeconds(3600);
                                            out.yield(1);
                                        } finally {
                                            log.add("cleaned up");
                                        }
                                    });
                    Task<Object> task = Virtual.spawn("t", () -> consume("t", numbers));
                    Corona.yieldNow();
                    assertThat(task.stack())
                            .anyMatch(f -> f.getMethodName().equals("sleepSeconds"))
                            .anyMatch(f -> f.getMethodName().equals("consume"));
                    task.cancel(true);
                    assertThatThrownBy(() -> Corona.await(task))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).containsExactly("cleaned up");
    }

    @Test
    void isUnwoundWithItsTask() {
        Virtual.failureOf(
                () -> {
                    Generator<Integer> numbers =
                            Generator.of(
                                    out -> {
                                        try {
                                            Virtual.sleepSeconds(3600);
                                        } finally {
                                            log.add("cleaned up");
                                        }
                                    });
                    Virtual.spawn("t", () -> consume("t", numbers));
                    Corona.yieldNow();
                    throw new IllegalStateException();
                });
        assertThat(log).containsExactly("cleaned up");
    }

    @Test
    void primitiveGeneratorsMayWait() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Virtual.spawn("ints", () -> log.add("ints " + sumOfInts()));
                            Virtual.spawn("longs", () -> log.add("longs " + sumOfLongs()));
                            Virtual.spawn("doubles", () -> log.add("doubles " + sumOfDoubles()));
                            Virtual.sleepSeconds(1);
                            log.add("main");
                        });
        assertThat(log)
                .containsExactlyInAnyOrder("main", "ints 3", "longs 3", "doubles 1.5")
                .startsWith("main");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(2));
    }

    private static IntGenerator slowInts() {
        return Generator.ofInts(
                out -> {
                    for (int i = 1; i <= 2; i++) {
                        Virtual.sleepSeconds(1);
                        out.yield(i);
                    }
                });
    }

    @Resumable
    private static int sumOfInts() {
        IntGenerator numbers = slowInts();
        return numbers.nextInt() + (numbers.hasNext() ? numbers.nextInt() : 0);
    }

    private static LongGenerator slowLongs() {
        return Generator.ofLongs(
                out -> {
                    for (long i = 1; i <= 2; i++) {
                        Virtual.sleepSeconds(1);
                        out.yield(i);
                    }
                });
    }

    @Resumable
    private static long sumOfLongs() {
        LongGenerator numbers = slowLongs();
        long sum = 0;
        while (numbers.hasNext()) sum += numbers.nextLong();
        return sum;
    }

    private static DoubleGenerator slowDoubles() {
        return Generator.ofDoubles(
                out -> {
                    for (int i = 1; i <= 2; i++) {
                        Virtual.sleepSeconds(1);
                        out.yield(i / 2.0);
                    }
                });
    }

    @Resumable
    private static double sumOfDoubles() {
        DoubleGenerator numbers = slowDoubles();
        return numbers.nextDouble() + numbers.nextDouble();
    }

    @Test
    void primitiveGeneratorsThatAreAskedForBoxedValuesMayWait() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Virtual.spawn("ints", () -> log.add("ints " + boxed(slowInts())));
                            Virtual.spawn("longs", () -> log.add("longs " + boxed(slowLongs())));
                            Virtual.spawn(
                                    "doubles", () -> log.add("doubles " + boxed(slowDoubles())));
                            Virtual.spawn("own", () -> log.add("own " + slowInts().next()));
                            Virtual.sleepSeconds(1);
                            log.add("main");
                        });
        assertThat(log)
                .containsExactlyInAnyOrder(
                        "main", "own 1", "ints [1, 2]", "longs [1, 2]", "doubles [0.5, 1.0]");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(2));
    }

    @Resumable
    private static List<Object> boxed(Iterator<?> numbers) {
        List<Object> taken = new ArrayList<>();
        taken.add(numbers.next());
        while (numbers.hasNext()) taken.add(numbers.next());
        return taken;
    }

    @Test
    void aPrimitiveGeneratorThatFailsOrEndsAfterAWaitSaysSo() {
        Virtual.run(
                () -> {
                    IntGenerator none = Generator.ofInts(out -> Virtual.sleepSeconds(1));
                    assertThat(thrownBy(none::nextInt)).isInstanceOf(NoSuchElementException.class);
                    IntGenerator broken =
                            Generator.ofInts(
                                    out -> {
                                        Virtual.sleepSeconds(1);
                                        throw new IOException("broken");
                                    });
                    assertThat(thrownBy(broken::nextInt))
                            .isInstanceOf(CoroutineFailedException.class)
                            .hasRootCauseMessage("broken");
                });
    }

    /** What woven code catches, as AssertJ is not woven. */
    @Resumable
    private static Throwable thrownBy(Runnable work) {
        try {
            work.run();
        } catch (Throwable thrown) {
            return thrown;
        }
        throw new AssertionError("nothing was thrown");
    }

    /** Numbers whose body waits while it is closed. */
    private Generator<Integer> numbersWithCleanup(String name) {
        return Generator.of(
                out -> {
                    try {
                        for (int i = 1; ; i++) out.yield(i);
                    } finally {
                        Virtual.sleepSeconds(1);
                        log.add(name + " cleaned up");
                    }
                });
    }

    @Test
    void aBodyMayWaitWhileItIsClosed() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Virtual.spawn("a", this::takeOneAndClose);
                            Virtual.spawn("b", this::takeOneAndClose);
                        });
        assertThat(log)
                .containsExactly(
                        "took 1", "took 1", "x cleaned up", "closed", "x cleaned up", "closed");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(1));
    }

    @Resumable
    private void takeOneAndClose() {
        try (Generator<Integer> numbers = numbersWithCleanup("x")) {
            log.add("took " + numbers.next());
        }
        log.add("closed");
    }

    @Test
    void everyLevelAndEveryRunMayWaitWhileItIsClosed() {
        Generator<Integer> outer =
                Generator.of(
                        out -> {
                            try {
                                out.yieldAll(numbersWithCleanup("inner"));
                            } finally {
                                Virtual.sleepSeconds(1);
                                log.add("outer cleaned up");
                            }
                        });
        Duration elapsed =
                Virtual.run(
                        () -> {
                            outer.next();
                            outer.iterator().next();
                            outer.close();
                            log.add("closed");
                        });
        assertThat(log)
                .containsExactly(
                        "inner cleaned up",
                        "outer cleaned up",
                        "inner cleaned up",
                        "outer cleaned up",
                        "closed");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(4));
        assertThatThrownBy(outer::iterator).isInstanceOf(CoroutineStateException.Closed.class);
    }

    @Test
    void errorsAfterAWaitComeOutOfTheClosing() {
        Generator<Integer> broken =
                Generator.of(
                        out -> {
                            try {
                                out.yield(1);
                            } finally {
                                Virtual.sleepSeconds(1);
                                log.add("cleaned up");
                                fail("broken");
                            }
                        });
        Virtual.run(
                () -> {
                    broken.next();
                    broken.iterator().next();
                    assertThat(thrownBy(broken::close))
                            .isInstanceOf(CoroutineFailedException.class)
                            .hasRootCauseMessage("broken")
                            .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
                    assertThat(broken.hasNext()).isFalse();
                });
        assertThat(log).containsExactly("cleaned up", "cleaned up");
    }

    private static void fail(String message) throws IOException {
        throw new IOException(message);
    }

    @Test
    void primitiveGeneratorsAndCoexpressionsMayWaitWhileTheyAreClosed() {
        Virtual.run(
                () -> {
                    IntGenerator numbers =
                            Generator.ofInts(
                                    out -> {
                                        try {
                                            out.yield(1);
                                        } finally {
                                            Virtual.sleepSeconds(1);
                                            log.add("numbers");
                                        }
                                    });
                    numbers.nextInt();
                    numbers.close();
                    Coexpression<Integer, Integer> echo =
                            Coexpression.of(
                                    (self, first) -> {
                                        try {
                                            return self.yieldReturn(first);
                                        } finally {
                                            Virtual.sleepSeconds(1);
                                            log.add("echo");
                                            fail("broken");
                                        }
                                    });
                    echo.yieldCall(1);
                    assertThat(thrownBy(echo::close))
                            .isInstanceOf(CoroutineFailedException.class)
                            .hasRootCauseMessage("broken");
                    log.add(echo.isFinished() && !numbers.hasNext() ? "both ended" : "not ended");
                });
        assertThat(log).containsExactly("numbers", "echo", "both ended");
    }

    @Test
    void atomicHoldsInsideAGeneratorToo() {
        Virtual.run(
                () ->
                        assertThatThrownBy(() -> Corona.atomic(() -> consume("x", slowNumbers(1))))
                                .isInstanceOf(LoopException.WouldBlock.class));
    }

    @Test
    void aContinuationThatWaitsCannotBeResumedByAnotherTask() {
        Continuation inner = Engines.fallback().create("inner", () -> Virtual.sleepSeconds(1));
        Virtual.run(
                () -> {
                    Task<Object> first = Virtual.spawn("first", inner::resume);
                    Task<Object> second = Virtual.spawn("second", inner::resume);
                    assertThatThrownBy(() -> Corona.await(second))
                            .isInstanceOf(CoroutineStateException.Running.class);
                    Corona.await(first);
                    assertThat(inner.isFinished()).isTrue();
                });
    }
}
