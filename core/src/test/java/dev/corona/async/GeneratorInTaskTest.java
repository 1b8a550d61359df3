package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.Resumable;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.LoopException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
