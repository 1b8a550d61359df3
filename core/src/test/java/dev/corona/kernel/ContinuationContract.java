package dev.corona.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What every engine's continuations do alike; each engine's test extends this. */
abstract class ContinuationContract {
    final List<String> log = new ArrayList<>();

    abstract Engine engine();

    /** A thread on which deep stacks and many switches go well with this engine. */
    abstract Thread roomyThread(Runnable work);

    private void onRoomyThread(Runnable work) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = roomyThread(() -> failure[0] = catchThrowable(work::run));
        thread.start();
        thread.join();
        assertThat(failure[0]).isNull();
    }

    /** A continuation whose body is handed itself. */
    Continuation create(Consumer<Continuation> body) {
        return create(engine(), body);
    }

    static Continuation create(Engine engine, Consumer<Continuation> body) {
        Continuation[] self = new Continuation[1];
        self[0] = engine.create("coroutine c", () -> body.accept(self[0]));
        return self[0];
    }

    @Test
    void runsNothingBeforeTheFirstResume() {
        Continuation c = create(self -> log.add("ran"));
        assertThat(c.state()).isEqualTo(Continuation.State.NEW);
        assertThat(log).isEmpty();
    }

    @Test
    void alternatesBetweenBodyAndResumer() {
        Continuation c =
                create(
                        self -> {
                            log.add("a");
                            self.suspend();
                            log.add("c");
                            self.suspend();
                            log.add("e");
                        });
        c.resume();
        log.add("b");
        assertThat(c.state()).isEqualTo(Continuation.State.SUSPENDED);
        c.resume();
        log.add("d");
        c.resume();
        assertThat(c.isFinished()).isTrue();
        assertThat(log).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void knowsTheCurrentContinuationOnBothSides() {
        assertThat(Continuation.current()).isNull();
        Continuation c =
                create(
                        self -> {
                            assertThat(Continuation.current()).isSameAs(self);
                            self.suspend();
                            assertThat(Continuation.current()).isSameAs(self);
                        });
        c.resume();
        assertThat(Continuation.current()).isNull();
        c.resume();
        assertThat(Continuation.current()).isNull();
    }

    @Test
    void passesErrorsOfTheBodyToTheResumerAsTheyAre() {
        IOException checked = new IOException("checked");
        Continuation c =
                create(
                        self -> {
                            self.suspend();
                            sneak(checked);
                        });
        c.resume();
        assertThat(catchThrowable(c::resume)).isSameAs(checked);
        assertThat(c.isFinished()).isTrue();
        assertThat(Continuation.current()).isNull();
    }

    @Test
    void keepsTheFramesOfTheBodyInTheErrorsStackTrace() {
        Continuation c = create(this::failAfterYield);
        c.resume();
        Throwable thrown = catchThrowable(c::resume);
        assertThat(thrown.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("failAfterYield");
    }

    private void failAfterYield(Continuation self) {
        self.suspend();
        throw new IllegalArgumentException("boom");
    }

    @Test
    void refusesResumeOfFinished() {
        Continuation c = create(self -> {});
        c.resume();
        assertThatThrownBy(c::resume)
                .isInstanceOf(CoroutineStateException.Finished.class)
                .hasMessageContaining("coroutine c")
                .hasMessageContaining("finished");
    }

    @Test
    void refusesResumeOfRunningByItself() {
        Continuation c =
                create(
                        self -> {
                            assertThatThrownBy(self::resume)
                                    .isInstanceOf(CoroutineStateException.Running.class);
                            self.suspend();
                            log.add("still whole");
                        });
        c.resume();
        c.resume();
        assertThat(log).containsExactly("still whole");
    }

    @Test
    void refusesResumeOfRunningByAnInnerOne() {
        Continuation outer =
                create(
                        self -> {
                            Continuation inner =
                                    create(
                                            me ->
                                                    assertThatThrownBy(self::resume)
                                                            .isInstanceOf(
                                                                    CoroutineStateException.Running
                                                                            .class));
                            inner.resume();
                            log.add("done");
                        });
        outer.resume();
        assertThat(log).containsExactly("done");
    }

    @Test
    void refusesSuspensionFromOutside() {
        Continuation c = create(Continuation::suspend);
        assertThatThrownBy(c::suspend).isInstanceOf(CoroutineStateException.Outside.class);
        c.resume();
        assertThatThrownBy(c::suspend).isInstanceOf(CoroutineStateException.Outside.class);
        create(
                        other ->
                                assertThatThrownBy(c::suspend)
                                        .isInstanceOf(CoroutineStateException.Outside.class))
                .resume();
        c.resume();
        assertThat(c.isFinished()).isTrue();
    }

    @Test
    void nestsWithoutMixingUp() {
        Continuation outer =
                create(
                        self -> {
                            Continuation inner =
                                    create(
                                            me -> {
                                                log.add("i1");
                                                me.suspend();
                                                log.add("i2");
                                            });
                            inner.resume();
                            log.add("o1");
                            self.suspend();
                            inner.resume();
                            log.add("o2");
                        });
        outer.resume();
        log.add("r");
        outer.resume();
        assertThat(log).containsExactly("i1", "o1", "r", "i2", "o2");
    }

    @Test
    void suspendsAnOuterOneThroughAnInnerOne() {
        Continuation[] kept = new Continuation[1];
        Continuation outer =
                create(
                        self -> {
                            Continuation inner =
                                    create(
                                            me -> {
                                                log.add("i1");
                                                self.suspend();
                                                log.add("i2");
                                                me.suspend();
                                                log.add("i3");
                                            });
                            kept[0] = inner;
                            inner.resume();
                            log.add("o1");
                            inner.resume();
                            log.add("o2");
                        });
        outer.resume();
        log.add("r");
        assertThat(outer.state()).isEqualTo(Continuation.State.SUSPENDED);
        assertThat(Continuation.current()).isNull();
        assertThatThrownBy(kept[0]::resume).isInstanceOf(CoroutineStateException.Running.class);
        outer.resume();
        assertThat(log).containsExactly("i1", "r", "i2", "o1", "i3", "o2");
    }

    @Test
    void suspendsTheOutermostOfManyLevels() {
        Continuation outermost = create(self -> nest(self, 20));
        for (int i = 0; i < 5; i++) {
            outermost.resume();
            assertThat(outermost.state()).isEqualTo(Continuation.State.SUSPENDED);
            log.add("r" + i);
        }
        outermost.resume();
        assertThat(outermost.isFinished()).isTrue();
        assertThat(log)
                .containsExactly("b0", "r0", "b1", "r1", "b2", "r2", "b3", "r3", "b4", "r4", "end");
    }

    private void nest(Continuation outermost, int levels) {
        if (levels > 0) {
            create(me -> nest(outermost, levels - 1)).resume();
            return;
        }
        for (int i = 0; i < 5; i++) {
            log.add("b" + i);
            outermost.suspend();
        }
        log.add("end");
    }

    @Test
    void suspendsAcrossEveryMixOfEngines() {
        for (Engine outerEngine : Engines.all()) {
            for (Engine middleEngine : Engines.all()) {
                log.clear();
                Continuation outer =
                        create(
                                outerEngine,
                                self ->
                                        create(middleEngine, mid -> suspendBoth(self, mid))
                                                .resume());
                outer.resume();
                log.add("resumed");
                outer.resume();
                assertThat(outer.isFinished()).isTrue();
                assertThat(log)
                        .as(outerEngine.name() + " around " + middleEngine.name())
                        .containsExactly("inner", "resumed", "inner again");
            }
        }
    }

    private void suspendBoth(Continuation outer, Continuation middle) {
        create(
                        me -> {
                            log.add("inner");
                            outer.suspend();
                            log.add("inner again");
                            assertThat(Continuation.current()).isSameAs(me);
                        })
                .resume();
        assertThat(Continuation.current()).isSameAs(middle);
    }

    @Test
    void passesErrorsThroughNestedOnes() {
        Continuation outer =
                create(
                        self ->
                                create(
                                                me -> {
                                                    self.suspend();
                                                    throw new IllegalArgumentException("inner");
                                                })
                                        .resume());
        outer.resume();
        assertThatThrownBy(outer::resume).isInstanceOf(IllegalArgumentException.class);
        assertThat(outer.isFinished()).isTrue();
        assertThat(Continuation.current()).isNull();
    }

    @Test
    void suspendsAndResumesDeepStacks() throws Exception {
        onRoomyThread(() -> suspendAtDepth(5_000));
    }

    private void suspendAtDepth(int depth) {
        int[] sum = new int[1];
        Continuation c = create(self -> sum[0] = recurse(self, depth));
        c.resume();
        assertThat(c.state()).isEqualTo(Continuation.State.SUSPENDED);
        c.resume();
        assertThat(c.isFinished()).isTrue();
        assertThat(sum[0]).isEqualTo(depth);
    }

    static int recurse(Continuation self, int depth) {
        if (depth == 0) {
            self.suspend();
            return 0;
        }
        return 1 + recurse(self, depth - 1);
    }

    @Test
    void survivesAStackOverflowInTheBody() {
        Continuation c =
                create(
                        self -> {
                            assertThat(catchThrowable(() -> overflow(0)))
                                    .isInstanceOf(StackOverflowError.class);
                            self.suspend();
                            log.add("after");
                        });
        c.resume();
        c.resume();
        assertThat(log).containsExactly("after");
    }

    private static int overflow(int n) {
        return overflow(n + 1) + 1;
    }

    @Test
    void closesAnAbandonedOneSoThatFinallyRuns() {
        Continuation c =
                create(
                        self -> {
                            try {
                                self.suspend();
                                log.add("never");
                            } finally {
                                log.add("finally");
                            }
                        });
        c.resume();
        c.close();
        assertThat(log).containsExactly("finally");
        assertThat(c.isFinished()).isTrue();
        c.close();
        assertThatThrownBy(c::resume).isInstanceOf(CoroutineStateException.Finished.class);
    }

    @Test
    void closesNestedOnesFromTheInnermost() {
        Continuation outer =
                create(
                        self -> {
                            Continuation inner =
                                    create(
                                            me -> {
                                                try {
                                                    self.suspend();
                                                } finally {
                                                    log.add("inner");
                                                }
                                            });
                            try {
                                inner.resume();
                            } finally {
                                log.add("outer, inner finished " + inner.isFinished());
                            }
                        });
        outer.resume();
        outer.close();
        assertThat(log).containsExactly("inner", "outer, inner finished true");
    }

    @Test
    void closingANewOneRunsNothing() {
        Continuation c = create(self -> log.add("ran"));
        c.close();
        assertThat(c.isFinished()).isTrue();
        assertThat(log).isEmpty();
    }

    @Test
    void closingLetsAnErrorOfFinallyThrough() {
        Continuation c =
                create(
                        self -> {
                            try {
                                self.suspend();
                            } finally {
                                failInFinally();
                            }
                        });
        c.resume();
        assertThatThrownBy(c::close)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("finally");
        assertThat(c.isFinished()).isTrue();
    }

    private static void failInFinally() {
        throw new IllegalArgumentException("finally");
    }

    @Test
    void yieldInFinallyOfAClosedOneUnwindsOn() {
        Continuation c =
                create(
                        self -> {
                            try {
                                self.suspend();
                            } finally {
                                assertThatThrownBy(self::suspend).isInstanceOf(Unwinding.class);
                                log.add("refused");
                            }
                        });
        c.resume();
        c.close();
        assertThat(log).containsExactly("refused");
    }

    @Test
    void reportsABodyThatIgnoresItsClosing() {
        boolean[] stop = new boolean[1];
        Continuation c =
                create(
                        self -> {
                            while (!stop[0]) {
                                try {
                                    self.suspend();
                                } catch (Unwinding ignored) {
                                    log.add("swallowed");
                                }
                            }
                        });
        c.resume();
        assertThatThrownBy(c::close).isInstanceOf(CoroutineStateException.CloseIgnored.class);
        stop[0] = true;
        c.close();
        assertThat(c.isFinished()).isTrue();
    }

    @Test
    void refusesToCloseARunningOne() {
        Continuation c =
                create(
                        self ->
                                assertThatThrownBy(self::close)
                                        .isInstanceOf(CoroutineStateException.Running.class));
        c.resume();
        assertThat(c.isFinished()).isTrue();
    }

    @Test
    void showsTheStackOfASuspendedOne() {
        Continuation c = create(this::failAfterYield);
        assertThat(c.stack()).isEmpty();
        c.resume();
        assertThat(c.stack())
                .extracting(StackTraceElement::getMethodName)
                .contains("failAfterYield");
        c.close();
        assertThat(c.stack()).isEmpty();
    }

    @Test
    void showsTheWholeStackOfNestedOnesOnce() {
        Continuation outer = create(self -> create(me -> innerFrame(self)).resume());
        outer.resume();
        assertThat(outer.stack())
                .extracting(StackTraceElement::getMethodName)
                .containsOnlyOnce("innerFrame");
        outer.close();
    }

    private static void innerFrame(Continuation outer) {
        outer.suspend();
    }

    @Test
    void keepsAnInterruptForWhoeverRunsNext() {
        Continuation c =
                create(
                        self -> {
                            self.suspend();
                            log.add("resumed");
                        });
        c.resume();
        Thread.currentThread().interrupt();
        c.resume();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log).containsExactly("resumed");
    }

    @Test
    void movesBetweenThreadsOrRefusesByName() throws Exception {
        Continuation c =
                create(
                        self -> {
                            self.suspend();
                            log.add("went on");
                        });
        c.resume();
        Throwable elsewhere =
                CompletableFuture.supplyAsync(() -> catchThrowable(c::resume), onNewThread()).get();
        if (engine().traits().movable()) {
            assertThat(elsewhere).isNull();
        } else {
            assertThat(elsewhere)
                    .isInstanceOf(CoroutineStateException.ForeignThread.class)
                    .hasMessageContaining("\"" + Thread.currentThread().getName() + "\"");
            c.resume();
        }
        assertThat(log).containsExactly("went on");
    }

    static java.util.concurrent.Executor onNewThread() {
        return task -> new Thread(task, "elsewhere").start();
    }

    @Test
    void carriesAnAttachment() {
        Continuation c = create(self -> {});
        assertThat(c.attachment()).isNull();
        c.attach("task");
        assertThat(c.attachment()).isEqualTo("task");
        assertThat(c.engine().name()).isEqualTo(engine().name());
        assertThat(c).hasToString("coroutine c");
    }

    @Test
    void holdsAMillionSuspendedOnes() throws Exception {
        onRoomyThread(this::suspendAMillion);
    }

    private void suspendAMillion() {
        int count = 1_000_000;
        Continuation[] all = new Continuation[count];
        int[] sum = new int[1];
        for (int i = 0; i < count; i++) {
            all[i] =
                    create(
                            self -> {
                                sum[0]++;
                                self.suspend();
                                sum[0]++;
                            });
            all[i].resume();
        }
        assertThat(sum[0]).isEqualTo(count);
        for (Continuation c : all) c.resume();
        assertThat(sum[0]).isEqualTo(2 * count);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
