package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What coexpressions do, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class CoexpressionTest {
    @Parameter Engine engine;

    private final List<Object> log = new ArrayList<>();

    static List<Engine> engines() {
        return Engines.all();
    }

    private <In, Out> Coexpression<In, Out> of(Coexpression.Body<In, Out> body) {
        return Coexpression.on(engine, "c", body);
    }

    @Test
    void passesValuesBothWaysAndTheResultLast() {
        Coexpression<Integer, String> c =
                of(
                        (self, first) -> {
                            log.add(first);
                            log.add(self.yieldReturn("a"));
                            log.add(self.yieldReturn("b"));
                            return "end";
                        });
        assertThat(log).isEmpty();
        assertThat(c.yieldCall(1)).isEqualTo("a");
        assertThat(c.yieldCall(2)).isEqualTo("b");
        assertThat(c.isFinished()).isFalse();
        assertThat(c.yieldCall(3)).isEqualTo("end");
        assertThat(c.isFinished()).isTrue();
        assertThat(log).containsExactly(1, 2, 3);
    }

    @Test
    void passesNulls() {
        Coexpression<String, String> c =
                of(
                        (self, first) -> {
                            log.add("first " + first);
                            log.add("second " + self.yieldReturn());
                            return null;
                        });
        assertThat(c.yieldCall()).isNull();
        assertThat(c.yieldCall(null)).isNull();
        assertThat(c.isFinished()).isTrue();
        assertThat(log).containsExactly("first null", "second null");
    }

    @Test
    void runsNothingBeforeTheFirstCall() {
        Coexpression<Void, Void> c =
                of(
                        (self, first) -> {
                            log.add("ran");
                            return null;
                        });
        assertThat(c.isFinished()).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void yieldsFromNestedCalls() {
        Coexpression<Void, Integer> c =
                of(
                        (self, first) -> {
                            countDown(self, 50);
                            return -1;
                        });
        for (int i = 50; i >= 0; i--) assertThat(c.yieldCall()).isEqualTo(i);
        assertThat(c.yieldCall()).isEqualTo(-1);
    }

    private static void countDown(Coexpression<Void, Integer> c, int n) {
        c.yieldReturn(n);
        if (n > 0) countDown(c, n - 1);
    }

    @Test
    void refusesCallOfFinished() {
        Coexpression<Void, Integer> c = of((self, first) -> 1);
        c.yieldCall();
        assertThatThrownBy(c::yieldCall)
                .isInstanceOf(CoroutineStateException.Finished.class)
                .hasMessageContaining("coexpression c");
    }

    @Test
    void refusesCallFromInsideAndGoesOn() {
        Coexpression<Integer, Integer> c =
                of(
                        (self, first) -> {
                            assertThatThrownBy(() -> self.yieldCall(99))
                                    .isInstanceOf(CoroutineStateException.Running.class);
                            assertThatThrownBy(self::close)
                                    .isInstanceOf(CoroutineStateException.Running.class);
                            return first + self.yieldReturn(0);
                        });
        c.yieldCall(1);
        assertThat(c.yieldCall(2)).isEqualTo(3);
    }

    @Test
    void refusesYieldFromOutsideAndKeepsItsValues() {
        Coexpression<Integer, Integer> c = of((self, first) -> first + self.yieldReturn(first));
        assertThatThrownBy(() -> c.yieldReturn(7))
                .isInstanceOf(CoroutineStateException.Outside.class)
                .hasMessageContaining("coexpression c");
        assertThat(c.yieldCall(1)).isEqualTo(1);
        assertThatThrownBy(() -> c.yieldReturn(7))
                .isInstanceOf(CoroutineStateException.Outside.class);
        assertThat(c.yieldCall(2)).isEqualTo(3);
    }

    @Test
    void yieldsAnOuterOneFromInsideAnInnerOne() {
        List<Coexpression<String, String>> kept = new ArrayList<>();
        Coexpression<String, String> outer =
                of(
                        (self, first) -> {
                            Coexpression<String, String> inner =
                                    of(
                                            (me, x) -> {
                                                String got = self.yieldReturn(x + " through");
                                                return me.yieldReturn(got + " inner") + " end";
                                            });
                            kept.add(inner);
                            String answer = inner.yieldCall(first);
                            String more = self.yieldReturn(answer);
                            return inner.yieldCall(more);
                        });
        assertThat(outer.yieldCall("a")).isEqualTo("a through");
        assertThatThrownBy(() -> kept.get(0).yieldCall("x"))
                .isInstanceOf(CoroutineStateException.Running.class);
        assertThat(outer.yieldCall("b")).isEqualTo("b inner");
        assertThat(outer.yieldCall("c")).isEqualTo("c end");
        assertThat(outer.isFinished()).isTrue();
    }

    @Test
    void interleavesManyIndependently() {
        List<Coexpression<Integer, Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) all.add(of(CoexpressionTest::sum));
        for (int round = 1; round <= 5; round++) {
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).yieldCall(i)).isEqualTo(i * round);
            }
        }
        all.forEach(Coexpression::close);
    }

    private static Integer sum(Coexpression<Integer, Integer> self, int first) {
        int sum = first;
        while (true) sum += self.yieldReturn(sum);
    }

    @Test
    void letsUncheckedErrorsThroughAsTheyAreWithBothStacks() {
        Coexpression<Integer, Integer> c = of(this::failOnSecond);
        callFromHere(c, 1);
        Throwable thrown = catchThrowable(() -> callFromHere(c, 2));
        assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("got 2");
        assertThat(methodsOf(thrown)).containsSubsequence("failOnSecond", "callFromHere");
        assertThat(methodsOf(thrown).stream().filter("callFromHere"::equals)).hasSize(1);
        assertThat(c.isFinished()).isTrue();
    }

    private Integer failOnSecond(Coexpression<Integer, Integer> self, int first) {
        int second = self.yieldReturn(first);
        throw new IllegalArgumentException("got " + second);
    }

    private static <In, Out> Out callFromHere(Coexpression<In, Out> c, In value) {
        return c.yieldCall(value);
    }

    private static List<String> methodsOf(Throwable thrown) {
        return List.of(thrown.getStackTrace()).stream()
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    @Test
    void showsEveryStackOfAnErrorThroughTwo() {
        Coexpression<Integer, Integer> outer =
                of((self, first) -> callFromHere(of(this::failOnFirst), first));
        Throwable thrown = catchThrowable(() -> callFromHere(outer, 1));
        assertThat(methodsOf(thrown))
                .containsSubsequence("failOnFirst", "callFromHere", "callFromHere");
        assertThat(methodsOf(thrown).stream().filter("callFromHere"::equals)).hasSize(2);
    }

    private Integer failOnFirst(Coexpression<Integer, Integer> self, int first) {
        throw new IllegalArgumentException("got " + first);
    }

    @Test
    void wrapsCheckedErrorsWithTheName() {
        IOException cause = new IOException("disk full");
        Coexpression<Void, Void> c =
                of(
                        (self, first) -> {
                            throw cause;
                        });
        assertThatThrownBy(c::yieldCall)
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessage("coexpression c failed: java.io.IOException: disk full")
                .hasCause(cause);
        assertThat(c.isFinished()).isTrue();
    }

    @Test
    void leavesErrorsWithoutStackTraceAlone() {
        Error bare = new Error("bare", null, false, false) {};
        Coexpression<Void, Void> c =
                of(
                        (self, first) -> {
                            throw bare;
                        });
        assertThat(catchThrowable(c::yieldCall)).isSameAs(bare);
        assertThat(bare.getStackTrace()).isEmpty();
    }

    @Test
    void letsTheBodyCatchItsOwnErrorsAcrossYields() {
        Coexpression<Integer, Integer> c =
                of(
                        (self, first) -> {
                            try {
                                throw new IllegalStateException("inside");
                            } catch (IllegalStateException e) {
                                return self.yieldReturn(first) + 1;
                            }
                        });
        c.yieldCall(1);
        assertThat(c.yieldCall(5)).isEqualTo(6);
    }

    @Test
    void runsFinallyBlocksWhenClosed() {
        Coexpression<Void, Integer> c =
                of(
                        (self, first) -> {
                            try {
                                return self.yieldReturn(1) == null ? 2 : 3;
                            } catch (Unwinding e) {
                                log.add("unwinding");
                                throw e;
                            } finally {
                                log.add("finally");
                            }
                        });
        try (c) {
            c.yieldCall();
        }
        assertThat(log).containsExactly("unwinding", "finally");
        assertThat(c.isFinished()).isTrue();
        c.close();
        assertThatThrownBy(c::yieldCall).isInstanceOf(CoroutineStateException.Finished.class);
    }

    @Test
    void closingANewOneRunsNothing() {
        Coexpression<Void, Object> c = of((self, first) -> log.add("ran"));
        c.close();
        assertThat(c.isFinished()).isTrue();
        assertThat(log).isEmpty();
    }

    @Test
    void closingLetsErrorsOfFinallyThrough() {
        Coexpression<Void, Object> c =
                of(
                        (self, first) -> {
                            try {
                                return self.yieldReturn();
                            } finally {
                                failToRelease();
                            }
                        });
        c.yieldCall();
        assertThatThrownBy(c::close)
                .isInstanceOf(CoroutineFailedException.class)
                .cause()
                .hasMessage("not released");
        assertThat(c.isFinished()).isTrue();
    }

    private static void failToRelease() throws IOException {
        throw new IOException("not released");
    }

    @Test
    void closingAnOuterOneUnwindsTheInnerOneItLeftFrom() {
        Coexpression<Void, Object> outer =
                of(
                        (self, first) -> {
                            try {
                                Coexpression<Void, Object> inner =
                                        of(
                                                (me, x) -> {
                                                    try {
                                                        return self.yieldReturn("deep");
                                                    } finally {
                                                        log.add("inner");
                                                    }
                                                });
                                return inner.yieldCall();
                            } finally {
                                log.add("outer");
                            }
                        });
        assertThat(outer.yieldCall()).isEqualTo("deep");
        outer.close();
        assertThat(log).containsExactly("inner", "outer");
    }

    @Test
    void reportsABodyThatIgnoresItsClosing() {
        boolean[] stop = new boolean[1];
        Coexpression<Void, Object> c =
                of(
                        (self, first) -> {
                            while (!stop[0]) {
                                try {
                                    self.yieldReturn();
                                } catch (Unwinding ignored) {
                                    log.add("ignored");
                                }
                            }
                            return null;
                        });
        c.yieldCall();
        assertThatThrownBy(c::close)
                .isInstanceOf(CoroutineStateException.CloseIgnored.class)
                .hasMessageContaining("coexpression c");
        stop[0] = true;
        c.close();
        assertThat(c.isFinished()).isTrue();
    }

    @Test
    void refusesAHeldMonitorWhereTheEngineCanTell() {
        Object monitor = new Object();
        Coexpression<Void, Integer> c =
                of(
                        (self, first) -> {
                            synchronized (monitor) {
                                self.yieldReturn(1);
                            }
                            return 2;
                        });
        if (engine.traits().guardsMonitors()) {
            assertThatThrownBy(c::yieldCall)
                    .isInstanceOf(CoroutineStateException.MonitorHeld.class);
            assertThat(c.isFinished()).isTrue();
        } else {
            assertThat(c.yieldCall()).isEqualTo(1);
            assertThat(c.yieldCall()).isEqualTo(2);
        }
        assertThat(Thread.holdsLock(monitor)).isFalse();
    }

    @Test
    void aRefusedYieldMayBeTriedAgain() {
        Object monitor = new Object();
        Coexpression<Void, Integer> c =
                of(
                        (self, first) -> {
                            synchronized (monitor) {
                                log.add(catchThrowable(() -> self.yieldReturn(1)) != null);
                            }
                            self.yieldReturn(2);
                            return 3;
                        });
        int first = c.yieldCall();
        if (engine.traits().guardsMonitors()) assertThat(first).isEqualTo(2);
        else assertThat(first).isEqualTo(1);
        c.close();
    }

    @Test
    void movesBetweenThreadsOrRefusesByName() throws Exception {
        Coexpression<Integer, Integer> c = of(CoexpressionTest::sum);
        c.yieldCall(1);
        Throwable thrown =
                CompletableFuture.supplyAsync(
                                () -> catchThrowable(() -> c.yieldCall(1)),
                                task -> new Thread(task).start())
                        .get();
        if (engine.traits().movable()) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).isInstanceOf(CoroutineStateException.ForeignThread.class);
        }
        c.close();
    }

    @Test
    void isWrittenAsASubclassToo() {
        class Fibonacci extends Coexpression<Void, Long> {
            private long a = 0;
            private long b = 1;

            Fibonacci() {
                super("coexpression fibonacci", engine);
            }

            @Override
            protected Long run(Void first) {
                while (b < 100) step();
                return -1L;
            }

            private void step() {
                yieldReturn(b);
                long sum = a + b;
                a = b;
                b = sum;
            }
        }
        Fibonacci fibonacci = new Fibonacci();
        List<Long> values = new ArrayList<>();
        while (!fibonacci.isFinished()) values.add(fibonacci.yieldCall());
        assertThat(values).containsExactly(1L, 1L, 2L, 3L, 5L, 8L, 13L, 21L, 34L, 55L, 89L, -1L);
        assertThat(fibonacci.name()).isEqualTo("fibonacci");
    }
}
