package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
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

/** How coroutines of a ring are closed, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class CoroutineClosingTest {
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
    void closingRunsFinallyBlocksAndLeavesTheRing() {
        Coroutine a = guarded("a");
        Coroutine b = guarded("b");
        Coroutine fresh = counter("fresh", 1);
        Coroutine.yieldTo(b);
        Coroutine.yieldNext();
        log.clear();
        a.close();
        fresh.close();
        assertThat(log).containsExactly("a closed");
        assertThat(a.isFinished()).isTrue();
        assertThat(b.isFinished()).isFalse();
        a.close();
        assertThatThrownBy(() -> Coroutine.yieldTo(a))
                .isInstanceOf(CoroutineStateException.Finished.class);
        Coroutine.closeAll();
        assertThat(log).containsExactly("a closed", "b closed");
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
    void aTransferWhileBeingClosedUnwindsOn() {
        Coroutine a =
                of(
                        "a",
                        () -> {
                            try {
                                Coroutine.yieldNext();
                            } finally {
                                log.add(catchThrowable(Coroutine::yieldNext));
                                log.add(Coroutine.current().name());
                            }
                        });
        counter("b", 2);
        Coroutine.yieldNext();
        a.close();
        assertThat(log.get(1)).isInstanceOf(Unwinding.class);
        assertThat(log.get(2)).isEqualTo("a");
        Coroutine.drain();
        assertThat(log).endsWith("b2");
    }

    @Test
    void closingACalledOneLetsItsCallerGoOn() {
        Coroutine[] called = new Coroutine[1];
        Coroutine closer = of("closer", () -> called[0].close());
        called[0] =
                of(
                        "called",
                        () -> {
                            try {
                                Coroutine.yieldTo(closer);
                            } finally {
                                log.add("called closed");
                            }
                        });
        Coroutine.yieldCall(called[0]);
        log.add("root");
        assertThat(log).containsExactly("called closed", "root");
        assertThat(closer.isFinished()).isTrue();
    }

    @Test
    void closingAWaitingCallerLetsTheCalledOneGoOn() {
        Coroutine[] caller = new Coroutine[1];
        Coroutine called =
                of(
                        "called",
                        () -> {
                            caller[0].close();
                            log.add("called");
                            Coroutine.yieldNext();
                            log.add("called again");
                        });
        caller[0] =
                of(
                        "caller",
                        () -> {
                            try {
                                Coroutine.yieldCall(called);
                            } finally {
                                log.add("caller closed");
                            }
                        });
        Coroutine.yieldTo(caller[0]);
        Coroutine.drain();
        assertThat(log).containsExactly("caller closed", "called", "called again");
    }

    @Test
    void closeAllTriesAllAndThrowsTheFirstErrorWithTheOthers() {
        for (String name : List.of("a", "b")) {
            of(
                    name,
                    () -> {
                        try {
                            Coroutine.yieldNext();
                        } finally {
                            log.add(name);
                            failToRelease(name);
                        }
                    });
        }
        Coroutine.yieldNext();
        Throwable thrown = catchThrowable(Coroutine::closeAll);
        assertThat(thrown)
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessageContaining("not a");
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(log).containsExactly("a", "b");
        Coroutine.closeAll();
    }

    private static void failToRelease(String name) throws IOException {
        throw new IOException("not " + name);
    }

    @Test
    void closeAllReachesThoseThatAreCreatedMeanwhile() {
        of(
                "a",
                () -> {
                    try {
                        Coroutine.yieldNext();
                    } finally {
                        counter("late", 1);
                    }
                });
        Coroutine.yieldNext();
        Coroutine.closeAll();
        Coroutine.drain();
        assertThat(log).isEmpty();
    }

    @Test
    void aBodyThatIgnoresItsClosingIsReportedAndStays() {
        boolean[] stop = new boolean[1];
        Coroutine stubborn =
                of(
                        "stubborn",
                        () -> {
                            while (!stop[0]) {
                                try {
                                    Coroutine.yieldNext();
                                } catch (Unwinding ignored) {
                                    log.add("ignored");
                                }
                            }
                        });
        Coroutine.yieldNext();
        assertThatThrownBy(Coroutine::closeAll)
                .isInstanceOf(CoroutineStateException.CloseIgnored.class)
                .hasMessageContaining("coroutine stubborn");
        stop[0] = true;
        stubborn.close();
        assertThat(stubborn.isFinished()).isTrue();
    }

    @Test
    void refusesToCloseWhatRuns() {
        assertThatThrownBy(() -> Coroutine.current().close())
                .isInstanceOf(CoroutineStateException.Running.class);
        of("a", () -> log.add(catchThrowable(() -> Coroutine.current().close())));
        Coroutine.drain();
        assertThat(log.get(0)).isInstanceOf(CoroutineStateException.Running.class);
    }

    @Test
    void closingWhatTheTrampolineRunsInUnwindsTheMember() {
        Coexpression<Void, Integer> c =
                Coexpression.on(
                        engine,
                        "c",
                        (self, first) -> {
                            of(
                                    "inside",
                                    () -> {
                                        try {
                                            self.yieldReturn(1);
                                        } finally {
                                            log.add("inside closed");
                                        }
                                    });
                            counter("b", 1);
                            try {
                                Coroutine.yieldNext();
                            } finally {
                                log.add("c closed");
                            }
                            return 2;
                        });
        c.yieldCall();
        c.close();
        assertThat(log).containsExactly("inside closed", "c closed");
        Coroutine.drain();
        assertThat(log).endsWith("b1");
    }
}
