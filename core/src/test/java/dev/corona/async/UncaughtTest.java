package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Errors that nobody asked for: reported once, with their owner. */
class UncaughtTest {
    private final List<Throwable> uncaught = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final IllegalStateException error = new IllegalStateException("boom");

    private Throwable run(Virtual.Body body) {
        return Virtual.failureOf(
                () -> {
                    EventLoop.current().onUncaught(this::note);
                    body.run();
                });
    }

    private void note(Task<?> task, Throwable thrown) {
        uncaught.add(thrown);
        reports.add(Reports.uncaught(task, thrown));
    }

    private Task<Object> spawnFailing() {
        return Virtual.spawn("failing", this::fail);
    }

    private void fail() {
        error.setStackTrace(new Throwable().getStackTrace());
        throw error;
    }

    @Test
    void areReportedOnceWithTheStackOfTheTaskAndOfItsSpawn() {
        assertThat(
                        run(
                                () -> {
                                    spawnFailing();
                                    Virtual.sleepSeconds(1);
                                }))
                .isNull();
        assertThat(uncaught).containsExactly(error);
        assertThat(reports.getFirst())
                .startsWith("Uncaught in failing: java.lang.IllegalStateException: boom")
                .contains("UncaughtTest.fail(UncaughtTest.java")
                .containsSubsequence(
                        "spawned by main", "UncaughtTest.spawnFailing(UncaughtTest.java");
    }

    @Test
    void areNotReportedWhenTheTaskIsAwaitedInTheSameTurn() {
        run(
                () -> {
                    Task<Object> task = spawnFailing();
                    assertThat(catchThrowable(() -> Corona.await(task))).isSameAs(error);
                });
        run(
                () -> {
                    List<Task<Object>> failed = new ArrayList<>();
                    failed.add(spawnFailing());
                    Virtual.spawn(
                            "ready too",
                            () -> catchThrowable(() -> Corona.await(failed.getFirst())));
                });
        assertThat(uncaught).isEmpty();
    }

    @Test
    void areNotReportedToThoseWhoHandleThemInACallback() {
        run(() -> spawnFailing().whenComplete((value, thrown) -> log.add("callback")));
        run(
                () -> {
                    Task<Object> task = spawnFailing();
                    Virtual.spawn(
                            "ready too",
                            () -> {
                                assertThat(task.isDone()).isTrue();
                                task.exceptionally(thrown -> log.add("late callback"));
                            });
                });
        run(
                () -> {
                    Task<Object> task = spawnFailing();
                    Virtual.spawn("ready too", () -> log.add(task.exceptionNow().getMessage()));
                });
        run(() -> CompletableFuture.allOf(spawnFailing()));
        run(() -> new CompletableFuture<>().thenCombine(spawnFailing(), (a, b) -> a));
        assertThat(log).containsExactly("callback", "late callback", "boom");
        assertThat(uncaught).isEmpty();
    }

    @Test
    void areThrownAtALaterAwaitAndNotReportedAgain() {
        run(
                () -> {
                    Task<Object> task = spawnFailing();
                    Virtual.sleepSeconds(1);
                    assertThat(uncaught).containsExactly(error);
                    assertThat(catchThrowable(() -> Corona.await(task))).isSameAs(error);
                });
        assertThat(uncaught).containsExactly(error);
    }

    @Test
    void areReportedAlsoWhenTheBodyFailsInTheSameTurn() {
        IllegalArgumentException ofMain = new IllegalArgumentException("main");
        Throwable thrown =
                run(
                        () -> {
                            spawnFailing();
                            Corona.yieldNow();
                            throw ofMain;
                        });
        assertThat(thrown).isSameAs(ofMain);
        assertThat(uncaught).containsExactly(error);
    }

    @Test
    void areSuppressedInTheErrorOfTheBodyWhenTheyComeOutOfTheUnwindingOfATask() {
        IllegalArgumentException ofMain = new IllegalArgumentException("main");
        Throwable thrown =
                run(
                        () -> {
                            Virtual.spawn("messy", this::failWhileUnwinding);
                            Corona.yieldNow();
                            throw ofMain;
                        });
        assertThat(thrown).isSameAs(ofMain);
        assertThat(thrown.getSuppressed()).contains(error);
        assertThat(uncaught).isEmpty();
    }

    private void failWhileUnwinding() {
        try {
            Virtual.sleepSeconds(1);
        } catch (Unwinding expected) {
            fail();
        }
    }

    @Test
    void ofATaskThatRefusesToBeUnwoundAreSuppressedInTheErrorOfTheBody() {
        List<Task<?>> stubborn = new ArrayList<>();
        Throwable thrown =
                run(
                        () -> {
                            stubborn.add(
                                    Virtual.spawn(
                                            "stubborn",
                                            () -> {
                                                while (true) catchThrowable(Corona::yieldNow);
                                            }));
                            Corona.yieldNow();
                            throw new IllegalArgumentException("main");
                        });
        assertThat(thrown.getSuppressed())
                .hasSize(1)
                .hasOnlyElementsOfType(CoroutineStateException.CloseIgnored.class);
        assertThat(uncaught).isEmpty();
        assertThat(stubborn.getFirst().isCancelled()).isTrue();
    }

    @Test
    void areNotReportedWhenACleanupWaitsOrSpawnsWhileItIsUnwound() {
        run(
                () -> {
                    Virtual.spawn("waits again", this::waitInFinally);
                    Corona.yieldNow();
                    throw new IllegalArgumentException("main");
                });
        assertThat(log).containsExactly("Ended", "Unwinding", "Unwinding");
        assertThat(uncaught).isEmpty();
    }

    private void waitInFinally() {
        try {
            Virtual.sleepSeconds(1);
        } finally {
            log.add(nameOf(catchThrowable(() -> Corona.spawn(() -> log.add("spawned")))));
            log.add(nameOf(catchThrowable(Corona::yieldNow)));
            log.add(nameOf(catchThrowable(() -> Virtual.sleepSeconds(1))));
        }
    }

    private static String nameOf(Throwable thrown) {
        return thrown.getClass().getSimpleName();
    }

    @Test
    void anUnwindingThatIsNotTheTasksOwnIsAnErrorLikeAnyOther() {
        Unwinding foreign = new Unwinding("something else");
        run(
                () -> {
                    Virtual.spawn(
                            "t",
                            () -> {
                                throw foreign;
                            });
                    Corona.yieldNow();
                    log.add("goes on");
                });
        assertThat(uncaught).containsExactly(foreign);
        assertThat(log).containsExactly("goes on");
    }

    @Test
    void ofCallbacksTimersAndTurnHooksAreReportedAndTheLoopGoesOn() {
        run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.execute(this::fail);
                    loop.schedule(1, this::fail);
                    loop.addTurnHook(this::failOnce);
                    Virtual.sleepSeconds(1);
                    log.add("goes on");
                });
        assertThat(uncaught).containsExactly(error, error, error);
        assertThat(reports).allMatch(text -> text.startsWith("Uncaught in the event loop: "));
        assertThat(log).containsExactly("hook failed", "goes on");
    }

    private void failOnce() {
        if (log.contains("hook failed")) return;
        log.add("hook failed");
        fail();
    }

    @Test
    void arePrintedWhenTheHandlerFails() {
        String printed =
                captureErr(
                        () ->
                                Virtual.run(
                                        () -> {
                                            EventLoop.current()
                                                    .onUncaught(
                                                            (task, thrown) -> {
                                                                throw new AssertionError("handler");
                                                            });
                                            spawnFailing();
                                            Corona.yieldNow();
                                        }));
        assertThat(printed).contains("Uncaught in failing", "boom", "AssertionError: handler");
    }

    @Test
    void arePrintedIfThereIsNoHandler() {
        assertThat(captureErr(() -> Virtual.run(this::spawnFailing)))
                .contains("Uncaught in failing: java.lang.IllegalStateException: boom")
                .contains("spawned by main");
    }

    private static String captureErr(Runnable work) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
