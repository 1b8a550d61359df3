package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.RingException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the coroutines of a ring do, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class CoroutineTest {
    @Parameter Engine engine;

    private final List<Object> log = new ArrayList<>();

    static List<Engine> engines() {
        return Engines.all();
    }

    @AfterEach
    void leaveTheRingEmpty() {
        Coroutine.closeAll();
        Coroutine.schedule(Schedule.roundRobin());
    }

    private Coroutine of(String name, Coroutine.Body body) {
        return Coroutine.on(engine, name, body);
    }

    /** A coroutine that logs its name and a number at each of its turns. */
    private Coroutine counter(String name, int turns) {
        return of(
                name,
                () -> {
                    for (int i = 1; i <= turns; i++) {
                        log.add(name + i);
                        Coroutine.yieldNext();
                    }
                });
    }

    @Test
    void takesTurnsInTheOrderOfCreationWithTheRootAmongThem() {
        counter("a", 2);
        counter("b", 3);
        assertThat(log).isEmpty();
        for (int i = 1; i <= 4; i++) {
            Coroutine.yieldNext();
            log.add("root" + i);
        }
        assertThat(log)
                .containsExactly("a1", "b1", "root1", "a2", "b2", "root2", "b3", "root3", "root4");
    }

    @Test
    void yieldsAtOnceWhenAlone() {
        Coroutine.yieldNext();
        Coroutine only = counter("a", 1);
        Coroutine.drain();
        assertThat(only.isFinished()).isTrue();
        Coroutine.yieldNext();
        Coroutine.drain();
        assertThat(log).containsExactly("a1");
    }

    @Test
    void drainsUntilAllHaveEnded() {
        List<Coroutine> all = List.of(counter("a", 3), counter("b", 1), counter("c", 2));
        Coroutine.drain();
        assertThat(all).allMatch(Coroutine::isFinished);
        assertThat(log).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    }

    @Test
    void membersMayCreateMembers() {
        of(
                "parent",
                () -> {
                    counter("child", 2);
                    log.add("parent");
                    Coroutine.yieldNext();
                    log.add("parent again");
                });
        counter("sibling", 1);
        Coroutine.drain();
        assertThat(log).containsExactly("parent", "sibling1", "child1", "parent again", "child2");
    }

    @Test
    void knowsWhoIsCurrent() {
        Coroutine root = Coroutine.current();
        assertThat(root.isRoot()).isTrue();
        assertThat(root.name()).contains(Thread.currentThread().getName());
        Coroutine a =
                of(
                        "a",
                        () -> {
                            log.add(Coroutine.current());
                            Coroutine.yieldNext();
                            log.add(Coroutine.current());
                        });
        Coroutine.drain();
        assertThat(log).containsExactly(a, a);
        assertThat(Coroutine.current()).isSameAs(root);
        assertThat(a.isRoot()).isFalse();
        assertThat(root.isFinished()).isFalse();
    }

    @Test
    void yieldToGoesStraightToTheTarget() {
        Coroutine root = Coroutine.current();
        counter("a", 5);
        counter("b", 5);
        Coroutine c =
                of(
                        "c",
                        () -> {
                            log.add("c");
                            Coroutine.yieldTo(root);
                            log.add("c again");
                        });
        Coroutine.yieldTo(c);
        assertThat(log).containsExactly("c");
        Coroutine.yieldTo(root);
        Coroutine.yieldTo(c);
        assertThat(log).containsExactly("c", "c again", "a1", "b1");
        assertThat(c.isFinished()).isTrue();
    }

    @Test
    void refusesTransfersToWhoCannotRun() {
        Coroutine done = counter("done", 0);
        Coroutine.drain();
        assertThatThrownBy(() -> Coroutine.yieldTo(done))
                .isInstanceOf(CoroutineStateException.Finished.class)
                .hasMessageContaining("coroutine done");
        assertThatThrownBy(() -> Coroutine.yieldCall(done))
                .isInstanceOf(CoroutineStateException.Finished.class);
        assertThatThrownBy(() -> Coroutine.yieldCall(Coroutine.current()))
                .isInstanceOf(CoroutineStateException.Running.class);
    }

    @Test
    void callsAndComesBackAtTheNextYieldOrTheEnd() {
        Coroutine a = counter("a", 2);
        counter("b", 9);
        Coroutine.yieldCall(a);
        log.add("root");
        Coroutine.yieldCall(a);
        log.add("root");
        Coroutine.yieldCall(a);
        assertThat(a.isFinished()).isTrue();
        assertThat(log).containsExactly("a1", "root", "a2", "root");
    }

    @Test
    void membersCallEachOtherInChains() {
        Coroutine inner = counter("inner", 2);
        Coroutine middle =
                of(
                        "middle",
                        () -> {
                            log.add("middle");
                            Coroutine.yieldCall(inner);
                            log.add("middle again");
                            Coroutine.yieldNext();
                            log.add("middle ends");
                        });
        Coroutine outer =
                of(
                        "outer",
                        () -> {
                            log.add("outer");
                            Coroutine.yieldCall(middle);
                            log.add("outer again");
                        });
        Coroutine.yieldTo(outer);
        Coroutine.drain();
        assertThat(log)
                .containsExactly(
                        "outer",
                        "middle",
                        "inner1",
                        "middle again",
                        "outer again",
                        "inner2",
                        "middle ends");
    }

    @Test
    void refusesASecondCallerWhileTheFirstWaits() {
        Coroutine[] called = new Coroutine[1];
        Coroutine other =
                of("other", () -> log.add(catchThrowable(() -> Coroutine.yieldCall(called[0]))));
        called[0] = of("called", () -> Coroutine.yieldTo(other));
        Coroutine.yieldCall(called[0]);
        assertThat((Throwable) log.get(0))
                .isInstanceOf(RingException.Called.class)
                .hasMessageContaining("cannot call coroutine called")
                .hasMessageContaining("thread " + Thread.currentThread().getName() + " waits");
        assertThat(called[0].isFinished()).isTrue();
    }

    @Test
    void aCallerWaitsOnWhileTheCalledOneGoesElsewhere() {
        Coroutine other = counter("other", 1);
        Coroutine called =
                of(
                        "called",
                        () -> {
                            log.add("called");
                            Coroutine.yieldTo(other);
                            log.add("called again");
                        });
        Coroutine.yieldCall(called);
        log.add("root");
        assertThat(log).containsExactly("called", "other1", "called again", "root");
    }

    @Test
    void refusesTransfersToAWaitingCaller() {
        Coroutine root = Coroutine.current();
        Coroutine called =
                of(
                        "called",
                        () -> {
                            log.add(catchThrowable(() -> Coroutine.yieldTo(root)));
                            log.add(catchThrowable(() -> Coroutine.yieldCall(root)));
                        });
        Coroutine.yieldCall(called);
        assertThat(log).hasSize(2).allMatch(e -> e instanceof RingException.Waiting);
        assertThat(((Throwable) log.get(0)).getMessage())
                .contains("cannot yield to thread ")
                .contains("waits for coroutine called");
        of("b", () -> log.add(catchThrowable(() -> Coroutine.yieldTo(root))));
        Coroutine.drain();
        assertThat(((Throwable) log.get(2)).getMessage()).contains("the end of all others");
    }

    @Test
    void aMemberMayCallTheRoot() {
        Coroutine root = Coroutine.current();
        of(
                "a",
                () -> {
                    Coroutine.yieldCall(root);
                    log.add("a again");
                });
        counter("b", 1);
        Coroutine.yieldNext();
        log.add("root, called");
        Coroutine.yieldNext();
        assertThat(log).startsWith("root, called", "a again");
    }

    @Test
    void errorsSurfaceAtTheRootWithTheNameAndTheOthersGoOn() {
        counter("a", 3);
        Coroutine bad = of("bad", this::failInMember);
        Throwable thrown = catchThrowable(CoroutineTest::yieldFromHere);
        assertThat(thrown)
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessageContaining("coroutine bad failed")
                .hasMessageContaining("boom")
                .hasCauseExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(thrown.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("yieldFromHere");
        assertThat(thrown.getCause().getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("failInMember");
        assertThat(bad.isFinished()).isTrue();
        Coroutine.drain();
        assertThat(log).containsExactly("a1", "a2", "a3");
    }

    private void failInMember() {
        throw new IllegalArgumentException("boom");
    }

    private static void yieldFromHere() {
        Coroutine.yieldNext();
    }

    @Test
    void checkedErrorsSurfaceAsCauses() {
        of(
                "reader",
                () -> {
                    throw new IOException("torn");
                });
        assertThatThrownBy(Coroutine::drain)
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessage("coroutine reader failed: java.io.IOException: torn")
                .hasCauseExactlyInstanceOf(IOException.class);
    }

    @Test
    void drainGoesOnAfterAnError() {
        of("bad", this::failInMember);
        of("worse", this::failInMember);
        counter("a", 2);
        assertThatThrownBy(Coroutine::drain).hasMessageContaining("coroutine bad");
        assertThatThrownBy(Coroutine::drain).hasMessageContaining("coroutine worse");
        Coroutine.drain();
        assertThat(log).containsExactly("a1", "a2");
    }

    @Test
    void errorsOfACalledOneSurfaceInItsCaller() {
        Coroutine[] bad = new Coroutine[1];
        of(
                "a",
                () -> {
                    Coroutine.yieldCall(bad[0]);
                    log.add(catchThrowable(() -> Coroutine.yieldCall(bad[0])));
                    log.add("a goes on");
                });
        bad[0] =
                of(
                        "bad",
                        () -> {
                            log.add("a turn");
                            Coroutine.yieldNext();
                            failInMember();
                        });
        Coroutine.drain();
        assertThat(log).hasSize(3).startsWith("a turn").endsWith("a goes on");
        assertThat((Throwable) log.get(1))
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessageContaining("coroutine bad");
    }

    @Test
    void anErrorElsewhereEndsTheRootsCall() {
        Coroutine bad = of("bad", this::failInMember);
        Coroutine called =
                of(
                        "called",
                        () -> {
                            Coroutine.yieldTo(bad);
                            log.add("called again");
                            Coroutine.yieldNext();
                            log.add("called once more");
                        });
        assertThatThrownBy(() -> Coroutine.yieldCall(called))
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessageContaining("coroutine bad");
        Coroutine.drain();
        assertThat(log).containsExactly("called again", "called once more");
    }

    private Coroutine guarded(String name) {
        return of(
                name,
                () -> {
                    try {
                        while (true) Coroutine.yieldNext();
                    } finally {
                        log.add(name + " closed");
                    }
                });
    }

    @Test
    void refusesWhatOnlyTheRootMayDo() {
        of(
                "a",
                () -> {
                    log.add(catchThrowable(Coroutine::drain));
                    log.add(catchThrowable(Coroutine::closeAll));
                });
        Coroutine.drain();
        assertThat(log).hasSize(2).allMatch(e -> e instanceof RingException.NotRoot);
        assertThat(((Throwable) log.get(0)).getMessage()).contains("drain()", "coroutine a");
    }

    @Test
    void refusesMembersOfOtherRings() throws Exception {
        Coroutine here = guarded("here");
        Coroutine.yieldNext();
        List<Throwable> thrown =
                CompletableFuture.supplyAsync(
                                () ->
                                        List.of(
                                                catchThrowable(() -> Coroutine.yieldTo(here)),
                                                catchThrowable(() -> Coroutine.yieldCall(here)),
                                                catchThrowable(here::close)),
                                task -> new Thread(task, "elsewhere").start())
                        .get();
        assertThat(thrown)
                .allSatisfy(
                        e ->
                                assertThat(e)
                                        .isInstanceOf(RingException.OtherRing.class)
                                        .hasMessageContaining("coroutine here")
                                        .hasMessageContaining("thread elsewhere"));
        assertThat(here.isFinished()).isFalse();
    }

    @Test
    void everyThreadHasItsOwnRing() throws Exception {
        counter("here", 1);
        List<String> there =
                CompletableFuture.supplyAsync(
                                () -> {
                                    List<String> seen = new ArrayList<>();
                                    of("there", () -> seen.add("there"));
                                    Coroutine.drain();
                                    return seen;
                                },
                                task -> new Thread(task).start())
                        .get();
        assertThat(there).containsExactly("there");
        assertThat(log).isEmpty();
        Coroutine.drain();
        assertThat(log).containsExactly("here1");
    }

    @Test
    void coexpressionsAndGeneratorsActForTheirCaller() {
        Coroutine a =
                of(
                        "a",
                        () -> {
                            Generator<Integer> g =
                                    Generator.on(
                                            engine,
                                            "g",
                                            out -> {
                                                log.add(Coroutine.current().name());
                                                Coroutine.yieldNext();
                                                out.yield(1);
                                            });
                            log.add(g.next());
                        });
        counter("b", 1);
        Coroutine.drain();
        assertThat(log).containsExactly("a", "b1", 1);
        assertThat(a.isFinished()).isTrue();
    }

    @Test
    void aCoexpressionOfTheRootActsForTheRoot() {
        Coroutine root = Coroutine.current();
        counter("a", 2);
        Coexpression<Void, Integer> c =
                Coexpression.on(
                        engine,
                        "c",
                        (self, first) -> {
                            assertThat(Coroutine.current()).isSameAs(root);
                            Coroutine.yieldNext();
                            counter("made inside", 1);
                            self.yieldReturn(1);
                            Coroutine.drain();
                            return 2;
                        });
        assertThat(c.yieldCall()).isEqualTo(1);
        assertThat(log).containsExactly("a1");
        assertThat(c.yieldCall()).isEqualTo(2);
        assertThat(log).containsExactly("a1", "a2", "made inside1");
    }

    @Test
    void refusesTheRootWhileAMemberIsSuspendedWithItsCaller() {
        Coexpression<Void, Integer> c =
                Coexpression.on(
                        engine,
                        "c",
                        (self, first) -> {
                            of(
                                    "inside",
                                    () -> {
                                        self.yieldReturn(1);
                                        log.add("inside again");
                                    });
                            Coroutine.yieldNext();
                            return 2;
                        });
        assertThat(c.yieldCall()).isEqualTo(1);
        assertThatThrownBy(Coroutine::yieldNext)
                .isInstanceOf(RingException.Busy.class)
                .hasMessageContaining("coroutine inside");
        assertThatThrownBy(Coroutine::drain).isInstanceOf(RingException.Busy.class);
        assertThat(c.yieldCall()).isEqualTo(2);
        assertThat(log).containsExactly("inside again");
        Coroutine.yieldNext();
    }

    @Test
    void aTaskHasARingOfItsOwn() {
        counter("of the thread", 1);
        Continuation[] task = new Continuation[1];
        task[0] =
                engine.create(
                        "task 1",
                        () -> {
                            counter("of the task", 1);
                            of(
                                    "waits",
                                    () -> {
                                        task[0].suspend();
                                        log.add("waited");
                                    });
                            log.add(Coroutine.current().name());
                            Coroutine.drain();
                        });
        task[0].resume();
        assertThat(log).containsExactly("task 1", "of the task1");
        Coroutine.drain();
        assertThat(log).endsWith("of the thread1");
        task[0].resume();
        assertThat(log).endsWith("waited");
        assertThat(task[0].isFinished()).isTrue();
    }

    @Test
    void aHeldMonitorIsReportedAtTheRootWhereTheEngineCanTell() {
        Object monitor = new Object();
        Coroutine a =
                of(
                        "a",
                        () -> {
                            synchronized (monitor) {
                                Coroutine.yieldNext();
                            }
                        });
        counter("b", 1);
        if (engine.traits().guardsMonitors()) {
            assertThatThrownBy(Coroutine::drain)
                    .hasMessageContaining("coroutine a failed")
                    .hasCauseInstanceOf(CoroutineStateException.MonitorHeld.class);
        }
        Coroutine.drain();
        assertThat(a.isFinished()).isTrue();
        assertThat(log).containsExactly("b1");
    }

    @Test
    void aRefusedTransferHasChangedNothing() {
        Object monitor = new Object();
        of(
                "a",
                () -> {
                    synchronized (monitor) {
                        catchThrowable(Coroutine::yieldNext);
                    }
                    log.add("a");
                    Coroutine.yieldNext();
                    log.add("a again");
                });
        counter("b", 2);
        Coroutine.drain();
        if (engine.traits().guardsMonitors()) {
            assertThat(log).containsExactly("a", "b1", "a again", "b2");
        } else {
            assertThat(log).containsExactly("b1", "a", "b2", "a again");
        }
    }

    @Test
    void manyTakeTurns() {
        int[] sum = new int[1];
        int count = 1_000;
        for (int i = 0; i < count; i++) {
            of(
                    "m" + i,
                    () -> {
                        for (int turn = 0; turn < 5; turn++) {
                            sum[0]++;
                            Coroutine.yieldNext();
                        }
                    });
        }
        Coroutine.drain();
        assertThat(sum[0]).isEqualTo(5 * count);
    }

    @Test
    void isWrittenAsASubclassToo() {
        class Walker extends Coroutine {
            private int steps;

            Walker() {
                super("walker");
            }

            @Override
            protected void run() {
                while (steps < 3) {
                    steps++;
                    Coroutine.yieldNext();
                }
            }
        }
        Walker walker = new Walker();
        Coroutine.yieldNext();
        assertThat(walker.steps).isEqualTo(1);
        Coroutine.drain();
        assertThat(walker.steps).isEqualTo(3);
        assertThat(walker).hasToString("coroutine walker");
        assertThat(walker.name()).isEqualTo("walker");
        assertThat(Coroutine.of(() -> {})).hasToString("coroutine in CoroutineTest");
    }
}
