package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one generator does, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class GeneratorTest {
    @Parameter Engine engine;

    private final List<Object> log = new ArrayList<>();

    static List<Engine> engines() {
        return Engines.all();
    }

    private <T> Generator<T> of(Generator.Body<T> body) {
        return Generator.on(engine, "g", body);
    }

    private Generator<Integer> naturals() {
        return of(
                out -> {
                    try {
                        for (int i = 0; ; i++) {
                            log.add("at " + i);
                            out.yield(i);
                        }
                    } finally {
                        log.add("finally");
                    }
                });
    }

    private Generator<Integer> upTo(int end) {
        return of(
                out -> {
                    for (int i = 0; i < end; i++) out.yield(i);
                });
    }

    @Test
    void yieldsItsValuesInALoop() {
        List<Integer> seen = new ArrayList<>();
        for (int i : upTo(5)) seen.add(i);
        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void mayBeEmpty() {
        Generator<Integer> empty = upTo(0);
        assertThat(empty.iterator().hasNext()).isFalse();
        assertThat(empty.stream()).isEmpty();
        assertThat(empty.hasNext()).isFalse();
    }

    @Test
    void yieldsNulls() {
        Generator<String> g =
                of(
                        out -> {
                            out.yield(null);
                            out.yield("x");
                            out.yield(null);
                        });
        List<String> seen = new ArrayList<>();
        g.forEach(seen::add);
        assertThat(seen).isEqualTo(Arrays.asList(null, "x", null));
    }

    @Test
    void runsAnewForEachIterator() {
        Generator<Integer> g = upTo(3);
        Iterator<Integer> a = g.iterator();
        Iterator<Integer> b = g.iterator();
        assertThat(a.next()).isEqualTo(0);
        assertThat(a.next()).isEqualTo(1);
        assertThat(b.next()).isEqualTo(0);
        assertThat(a.next()).isEqualTo(2);
        assertThat(b.next()).isEqualTo(1);
        assertThat(g.stream()).containsExactly(0, 1, 2);
        assertThat(g.stream()).containsExactly(0, 1, 2);
    }

    @Test
    void isAnIteratorOverARunOfItsOwn() {
        Generator<Integer> g = upTo(3);
        assertThat(g.next()).isEqualTo(0);
        assertThat(g.stream().toList()).containsExactly(0, 1, 2);
        assertThat(g.next()).isEqualTo(1);
        assertThat(g.next()).isEqualTo(2);
        assertThat(g.hasNext()).isFalse();
        assertThatThrownBy(g::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("generator g");
    }

    @Test
    void doesNotRunAhead() {
        Generator<Integer> g = naturals();
        Iterator<Integer> it = g.iterator();
        assertThat(log).isEmpty();
        it.next();
        assertThat(log).containsExactly("at 0");
        assertThat(it.hasNext()).isTrue();
        assertThat(it.hasNext()).isTrue();
        assertThat(log).containsExactly("at 0", "at 1");
        it.next();
        assertThat(log).containsExactly("at 0", "at 1");
        g.close();
    }

    @Test
    void streamTakesNoMoreThanItsLimit() {
        Generator<Integer> g = naturals();
        try (Stream<Integer> stream = g.stream()) {
            assertThat(stream.map(i -> i * i).limit(3).toList()).containsExactly(0, 1, 4);
            assertThat(log).containsExactly("at 0", "at 1", "at 2");
        }
        assertThat(log).endsWith("finally");
    }

    @Test
    void streamsAreFreshAndStandAlone() {
        Generator<Integer> g = upTo(100);
        assertThat(g.stream().mapToInt(i -> i).sum()).isEqualTo(4950);
        assertThat(g.stream().filter(i -> i % 7 == 0).count()).isEqualTo(15);
        assertThat(g.stream().flatMap(i -> upTo(i).stream()).count()).isEqualTo(4950);
    }

    @Test
    void closingRunsTheFinallyBlocksOfALoopThatWasLeft() {
        try (Generator<Integer> g = naturals()) {
            for (int i : g) {
                if (i == 2) break;
            }
            assertThat(log).doesNotContain("finally");
        }
        assertThat(log).containsExactly("at 0", "at 1", "at 2", "finally");
    }

    @Test
    void closingEndsEveryRun() {
        Generator<Integer> g = naturals();
        g.next();
        Iterator<Integer> a = g.iterator();
        a.next();
        Iterator<Integer> b = g.iterator();
        b.next();
        b.hasNext();
        Iterator<Integer> unstarted = g.iterator();
        g.close();
        assertThat(log.stream().filter("finally"::equals)).hasSize(3);
        for (Iterator<Integer> it : List.of(g, a, b, unstarted)) {
            assertThat(it.hasNext()).isFalse();
            assertThatThrownBy(it::next).isInstanceOf(NoSuchElementException.class);
        }
        g.close();
    }

    @Test
    void closingOneRunLeavesTheOthers() {
        Generator<Integer> g = naturals();
        try (Generator<Integer> one = g.iterator()) {
            one.next();
        }
        Iterator<Integer> other = g.iterator();
        assertThat(other.next()).isEqualTo(0);
        assertThat(other.next()).isEqualTo(1);
        g.close();
    }

    @Test
    void refusesNewRunsWhenClosed() {
        Generator<Integer> g = naturals();
        g.close();
        assertThatThrownBy(g::iterator)
                .isInstanceOf(CoroutineStateException.Closed.class)
                .hasMessageContaining("generator g");
        assertThatThrownBy(g::stream).isInstanceOf(CoroutineStateException.Closed.class);
        Generator<Integer> user = of(out -> out.yieldAll(g));
        assertThatThrownBy(user::hasNext).isInstanceOf(CoroutineStateException.Closed.class);
        assertThat(log).isEmpty();
    }

    @Test
    void closingTriesAllAndThrowsTheFirstErrorWithTheOthers() {
        Generator<Integer> g =
                of(
                        out -> {
                            try {
                                out.yield(1);
                            } finally {
                                fail("release");
                            }
                        });
        g.next();
        g.iterator().next();
        Throwable thrown = catchThrowable(g::close);
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("release");
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(g.hasNext()).isFalse();
    }

    private static void fail(String message) {
        throw new IllegalStateException(message);
    }

    @Test
    void errorsComeOutOnceAndEndTheRun() {
        Generator<Integer> g = of(this::failAfterTwo);
        assertThat(g.next()).isEqualTo(1);
        assertThat(g.next()).isEqualTo(2);
        Throwable thrown = catchThrowable(() -> askFromHere(g));
        assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("three");
        assertThat(thrown.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .containsSubsequence("failAfterTwo", "askFromHere");
        assertThat(g.hasNext()).isFalse();
        assertThatThrownBy(g::next).isInstanceOf(NoSuchElementException.class);
    }

    private void failAfterTwo(Generator.Yielder<Integer> out) {
        out.yield(1);
        out.yield(2);
        throw new IllegalArgumentException("three");
    }

    private static void askFromHere(Iterator<?> iterator) {
        iterator.hasNext();
    }

    @Test
    void wrapsCheckedErrorsWithTheName() {
        Generator<Integer> g =
                of(
                        out -> {
                            throw new IOException("gone");
                        });
        assertThatThrownBy(() -> g.stream().toList())
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessageContaining("generator g failed")
                .hasRootCauseMessage("gone");
    }

    @Test
    void refusesToBeAskedOrClosedFromInside() {
        Generator<?>[] self = new Generator<?>[1];
        Generator<Integer> g =
                of(
                        out -> {
                            assertThatThrownBy(self[0]::hasNext)
                                    .isInstanceOf(CoroutineStateException.Running.class);
                            assertThatThrownBy(self[0]::close)
                                    .isInstanceOf(CoroutineStateException.Running.class);
                            out.yield(1);
                        });
        self[0] = g;
        assertThat(g.next()).isEqualTo(1);
        assertThat(g.hasNext()).isFalse();
    }

    @Test
    void refusesYieldsFromOutsideAndKeepsItsValue() {
        List<Generator.Yielder<Integer>> leaked = new ArrayList<>();
        Generator<Integer> g =
                of(
                        out -> {
                            leaked.add(out);
                            out.yield(1);
                        });
        assertThat(g.hasNext()).isTrue();
        assertThatThrownBy(() -> leaked.get(0).yield(9))
                .isInstanceOf(CoroutineStateException.Outside.class);
        assertThatThrownBy(() -> leaked.get(0).yieldAll(upTo(3)))
                .isInstanceOf(CoroutineStateException.Outside.class);
        assertThat(g.next()).isEqualTo(1);
        assertThat(g.hasNext()).isFalse();
        assertThatThrownBy(() -> leaked.get(0).yield(9))
                .isInstanceOf(CoroutineStateException.Outside.class)
                .hasMessageContaining("generator g");
    }

    @Test
    void refusesAConsumerThatHoldsAMonitorWhereTheEngineCanTell() {
        Object monitor = new Object();
        Generator<Integer> g = upTo(3);
        Throwable thrown;
        synchronized (monitor) {
            thrown = catchThrowable(g::next);
            assertThat(Thread.holdsLock(monitor)).isTrue();
        }
        if (engine.traits().guardsMonitors()) {
            assertThat(thrown).isInstanceOf(CoroutineStateException.MonitorHeld.class);
        } else {
            assertThat(thrown).isNull();
            g.close();
        }
        assertThat(upTo(2).stream().toList()).containsExactly(0, 1);
    }

    @Test
    void runsMayBeOnDifferentThreads() throws Exception {
        Generator<Integer> g = upTo(10);
        Iterator<Integer> here = g.iterator();
        here.next();
        List<Integer> there =
                CompletableFuture.supplyAsync(
                                () -> g.stream().toList(), task -> new Thread(task).start())
                        .get();
        assertThat(there).hasSize(10);
        assertThat(here.next()).isEqualTo(1);
        g.close();
    }

    @Test
    void yieldsFromRecursionDeepInTheBody() {
        Generator<Integer> g = of(out -> descend(out, 300));
        assertThat(g.stream().toList())
                .isEqualTo(IntStream.rangeClosed(0, 300).map(i -> 300 - i).boxed().toList());
    }

    private static void descend(Generator.Yielder<Integer> out, int n) {
        out.yield(n);
        if (n > 0) descend(out, n - 1);
    }

    @Test
    void manyRunAtATime() {
        List<Iterator<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) all.add(upTo(4));
        for (int round = 0; round < 4; round++) {
            for (Iterator<Integer> it : all) assertThat(it.next()).isEqualTo(round);
        }
        for (Iterator<Integer> it : all) assertThat(it.hasNext()).isFalse();
    }

    @Test
    void forgetsRunsThatHaveEnded() {
        Generator<Integer> g = upTo(1);
        for (int i = 0; i < 1000; i++) g.forEach(log::add);
        g.close();
        assertThat(log).hasSize(1000);
        assertThat(g.openRuns()).isZero();
    }

    @Test
    void isCalledByItsNameOrAfterTheClassThatWroteIt() {
        assertThat(Generator.of("primes", out -> out.yield(2)).toString())
                .isEqualTo("generator primes");
        assertThat(Generator.of(out -> out.yield(2)).toString())
                .isEqualTo("generator in GeneratorTest");
    }
}
