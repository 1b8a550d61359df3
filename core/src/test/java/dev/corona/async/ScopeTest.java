package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.errors.DeadlineException;
import dev.corona.errors.ScopeException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Scopes: no child is left behind, however they are left; bodies may be woven. */
class ScopeTest {
    private final List<String> log = new ArrayList<>();
    private final List<String> uncaught = new ArrayList<>();

    /** A child that logs its end, however it ends. */
    private Callable<String> child(String name, long seconds) {
        return () -> {
            try {
                Virtual.sleepSeconds(seconds);
                return name;
            } finally {
                log.add(name);
            }
        };
    }

    private static Callable<String> failing(String message, long seconds) {
        return () -> {
            Virtual.sleepSeconds(seconds);
            throw new IllegalStateException(message);
        };
    }

    private void run(Virtual.Body body) {
        Virtual.run(
                () -> {
                    EventLoop.current()
                            .onUncaught((task, error) -> uncaught.add(String.valueOf(error)));
                    body.run();
                    log.add("left");
                    assertThat(EventLoop.current().taskCount()).isEqualTo(1);
                });
    }

    @Test
    void endsWhenItsChildrenHave() {
        run(
                () -> {
                    String result =
                            Scope.call(
                                    scope -> {
                                        scope.spawn(child("a", 2));
                                        scope.spawn(child("b", 1));
                                        return "result";
                                    });
                    assertThat(result).isEqualTo("result");
                });
        assertThat(log).containsExactly("b", "a", "left");
    }

    @Test
    void givesResultsInTheOrderOfTheSpawns() {
        run(
                () ->
                        assertThat(Scope.all(List.of(child("a", 3), child("b", 1), child("c", 2))))
                                .containsExactly("a", "b", "c"));
        assertThat(log).containsExactly("b", "c", "a", "left");
    }

    @Test
    void theFirstFailureCancelsTheOthersAndLeavesTheScope() {
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Scope.call(
                                                    scope -> {
                                                        scope.spawn(child("a", 60));
                                                        scope.spawn(failing("bad", 1));
                                                        return "";
                                                    }));
                    assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("bad");
                    assertThat(EventLoop.current().nanoTime()).isEqualTo(1_000_000_000L);
                });
        assertThat(log).containsExactly("a", "left");
        assertThat(uncaught).isEmpty();
    }

    @Test
    void theFailureOfAChildEndsABodyThatWaits() {
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Scope.call(
                                                    scope -> {
                                                        scope.spawn(failing("bad", 1));
                                                        Virtual.sleepSeconds(60);
                                                        return "";
                                                    }));
                    assertThat(thrown).hasMessage("bad");
                    Virtual.sleepSeconds(1);
                    assertThat(EventLoop.current().nanoTime()).isEqualTo(2_000_000_000L);
                });
    }

    @Test
    void theErrorThatABodyGetsFromItsChildIsTheChilds() {
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Scope.call(
                                                    scope -> {
                                                        Task<String> slow =
                                                                scope.spawn(child("slow", 60));
                                                        scope.spawn(failing("bad", 1));
                                                        return slow.join();
                                                    }));
                    assertThat(thrown).hasMessage("bad");
                });
        assertThat(log).containsExactly("slow", "left");
    }

    @Test
    void keepsTheErrorsOfOtherChildrenAsSuppressedOnes() {
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Scope.call(
                                                    scope -> {
                                                        scope.spawn(failing("first", 1));
                                                        scope.spawn(failing("second", 1));
                                                        scope.spawn(failing("third", 1));
                                                        return "";
                                                    }));
                    assertThat(thrown).hasMessage("first");
                    assertThat(thrown.getSuppressed())
                            .extracting(Throwable::getMessage)
                            .containsExactly("second", "third");
                });
        assertThat(uncaught).isEmpty();
    }

    @Test
    void wrapsACheckedErrorOfAChildAsAwaitDoes() {
        IOException error = new IOException("checked");
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Scope.call(
                                                    scope ->
                                                            scope.spawn(
                                                                    () -> {
                                                                        throw error;
                                                                    })));
                    assertThat(thrown).isInstanceOf(CompletionException.class).hasCause(error);
                });
    }

    @Test
    void aBodyThatThrowsCancelsItsChildren() {
        IOException error = new IOException("of the body");
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Scope.call(
                                                    scope -> {
                                                        scope.spawn(child("a", 60));
                                                        scope.spawn(
                                                                () -> {
                                                                    try {
                                                                        Virtual.sleepSeconds(60);
                                                                        return "";
                                                                    } finally {
                                                                        Virtual.sleepSeconds(2);
                                                                        log.add("slow cleanup");
                                                                    }
                                                                });
                                                        Corona.yieldNow();
                                                        throw error;
                                                    }));
                    assertThat(thrown).isSameAs(error);
                });
        assertThat(log).containsExactly("a", "slow cleanup", "left");
    }

    @Test
    void supervisedChildrenDoNotConcernEachOther() {
        run(
                () ->
                        Scope.call(
                                Scope.Policy.SUPERVISE,
                                scope -> {
                                    scope.spawn(child("a", 2));
                                    Task<String> awaited = scope.spawn(failing("awaited", 1));
                                    scope.spawn(failing("nobody's", 1));
                                    assertThat(Virtual.thrownBy(() -> awaited.join()))
                                            .hasStackTraceContaining("awaited");
                                    return "";
                                }));
        assertThat(log).containsExactly("a", "left");
        assertThat(uncaught).containsExactly("java.lang.IllegalStateException: nobody's");
    }

    @Test
    void aCancelledOwnerWaitsForTheEndOfItsChildren() {
        run(
                () -> {
                    Task<Object> owner =
                            Virtual.spawn(
                                    "owner",
                                    () ->
                                            Scope.call(
                                                    scope -> {
                                                        scope.spawn(
                                                                () -> {
                                                                    try {
                                                                        Virtual.sleepSeconds(60);
                                                                        return "";
                                                                    } finally {
                                                                        Virtual.sleepSeconds(3);
                                                                        log.add("child");
                                                                    }
                                                                });
                                                        return "";
                                                    }));
                    Virtual.sleepSeconds(1);
                    owner.cancel(false);
                    Virtual.sleepSeconds(1);
                    assertThat(owner.isDone()).isFalse();
                    owner.cancel(false);
                    Exception thrown = Virtual.thrownBy(() -> Corona.await(owner));
                    assertThat(thrown)
                            .isInstanceOf(CancellationException.class)
                            .hasMessage("owner was cancelled");
                });
        assertThat(log).containsExactly("child", "left");
    }

    @Test
    void aDeadlineAroundAScopeEndsItsChildren() {
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            Corona.timeout(
                                                    Duration.ofSeconds(1),
                                                    () ->
                                                            Scope.call(
                                                                    scope -> {
                                                                        scope.spawn(child("a", 9));
                                                                        return "";
                                                                    })));
                    assertThat(thrown).isInstanceOf(DeadlineException.Expired.class);
                });
        assertThat(log).containsExactly("a", "left");
    }

    @Test
    void anInnerScopeEndsBeforeItsOuterOne() {
        run(
                () ->
                        Scope.call(
                                outer -> {
                                    outer.spawn(child("outer", 3));
                                    Scope.call(
                                            inner -> {
                                                inner.spawn(child("inner", 1));
                                                return "";
                                            });
                                    log.add("between");
                                    return "";
                                }));
        assertThat(log).containsExactly("inner", "between", "outer", "left");
    }

    @Test
    void cancelEndsAllChildrenAndRefusesNewOnes() {
        run(
                () ->
                        Scope.call(
                                scope -> {
                                    Task<String> a = scope.spawn(child("a", 60));
                                    Corona.yieldNow();
                                    scope.cancel();
                                    assertThat(Virtual.thrownBy(() -> scope.spawn(child("b", 1))))
                                            .isInstanceOf(ScopeException.Closed.class);
                                    assertThat(Virtual.thrownBy(() -> a.join()))
                                            .isInstanceOf(CancellationException.class);
                                    return "";
                                }));
        assertThat(log).containsExactly("a", "left");
    }

    @Test
    void anOpenScopeJoinsAndThenClosesAtOnce() {
        run(
                () -> {
                    try (Scope scope = Scope.open()) {
                        Task<String> a = scope.spawn(child("a", 1));
                        Task<String> b = scope.spawn("b", child("b", 2));
                        scope.join();
                        assertThat(a.resultNow() + b.resultNow()).isEqualTo("ab");
                        assertThat(b.name()).isEqualTo("b");
                        assertThat(scope.children()).hasSize(2);
                    }
                });
        assertThat(log).containsExactly("a", "b", "left");
    }

    @Test
    void closingWithoutAJoinCancelsTheChildren() {
        run(
                () -> {
                    try (Scope scope = Scope.open()) {
                        scope.spawn(child("a", 60));
                        Corona.yieldNow();
                    }
                    assertThat(EventLoop.current().nanoTime()).isZero();
                });
        assertThat(log).containsExactly("a", "left");
    }

    @Test
    void anErrorThatNoJoinSawComesOutOfClosing() {
        run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () -> {
                                        try (Scope scope = Scope.open()) {
                                            scope.spawn(failing("bad", 0));
                                            Virtual.sleepSeconds(1);
                                            throw new IOException("in flight");
                                        }
                                    });
                    assertThat(thrown).hasMessage("in flight");
                    assertThat(thrown.getSuppressed()[0]).hasMessage("bad");
                    Exception joined =
                            Virtual.thrownBy(
                                    () -> {
                                        try (Scope scope = Scope.open()) {
                                            scope.spawn(failing("bad", 0));
                                            scope.join();
                                        }
                                    });
                    assertThat(joined).hasMessage("bad").hasNoSuppressedExceptions();
                });
    }

    @Test
    void onlyTheOwnerJoinsAndCloses() {
        run(
                () ->
                        Scope.call(
                                scope -> {
                                    Task<Object> other =
                                            Virtual.spawn(
                                                    "other",
                                                    () -> {
                                                        assertThat(Virtual.thrownBy(scope::join))
                                                                .isInstanceOf(
                                                                        ScopeException.NotOwner
                                                                                .class)
                                                                .hasMessageContaining("other");
                                                        assertThat(Virtual.thrownBy(scope::close))
                                                                .isInstanceOf(
                                                                        ScopeException.NotOwner
                                                                                .class);
                                                    });
                                    return Corona.await(other);
                                }));
    }

    @Test
    void aScopeThatIsLeftOpenIsReportedAndItsChildrenEnd() {
        run(
                () -> {
                    Corona.await(
                            Virtual.spawn(
                                    "careless",
                                    () -> {
                                        Scope.open().spawn(child("a", 60));
                                        Corona.yieldNow();
                                    }));
                    Corona.yieldNow();
                });
        assertThat(log).containsExactly("a", "left");
        assertThat(uncaught).singleElement().asString().contains("careless", "never closed");
    }

    @Test
    void childrenMaySpawnInTheirScope() {
        run(
                () ->
                        Scope.call(
                                scope -> {
                                    scope.spawn(
                                            () -> {
                                                Virtual.sleepSeconds(1);
                                                scope.spawn(child("grandchild", 1));
                                                return "";
                                            });
                                    scope.join();
                                    return "";
                                }));
        assertThat(log).containsExactly("grandchild", "left");
    }

    @Test
    void lazyChildrenThatNobodyAsksDoNotHoldTheScope() {
        run(
                () ->
                        Scope.call(
                                scope -> {
                                    Spawner lazily = Spawner.defaults().lazily();
                                    scope.spawn(lazily, child("never", 1));
                                    return scope.spawn(lazily, child("asked", 1)).join();
                                }));
        assertThat(log).containsExactly("asked", "left");
    }

    @Test
    void theEndOfTheLoopUnwindsAScopeAndItsChildren() {
        Throwable failure =
                Virtual.failureOf(
                        () -> {
                            Virtual.spawn(
                                    "owner",
                                    () ->
                                            Scope.call(
                                                    scope -> {
                                                        scope.spawn(child("a", 60));
                                                        return "";
                                                    }));
                            Virtual.sleepSeconds(1);
                            throw new IOException("main fails");
                        });
        assertThat(failure).hasRootCauseMessage("main fails");
        assertThat(log).containsExactly("a");
    }
}
