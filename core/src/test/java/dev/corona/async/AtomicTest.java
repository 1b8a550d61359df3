package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Non-blocking mode. */
class AtomicTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void refusesEveryWaitBeforeItsEffects() {
        Virtual.run(
                () -> {
                    Task<Object> other = Virtual.spawn("other", () -> Virtual.sleepSeconds(1));
                    CompletableFuture<Object> future = new CompletableFuture<>();
                    List<Throwable> seen = new ArrayList<>();
                    Corona.atomic(
                            () -> {
                                seen.add(catchThrowable(Corona::yieldNow));
                                seen.add(catchThrowable(() -> Virtual.sleepSeconds(1)));
                                seen.add(catchThrowable(() -> Corona.await(future)));
                                seen.add(catchThrowable(() -> Corona.await(other)));
                                seen.add(catchThrowable(other::join));
                                seen.add(catchThrowable(other::get));
                                seen.add(catchThrowable(() -> other.get(1, TimeUnit.SECONDS)));
                                seen.add(
                                        catchThrowable(
                                                () -> Corona.suspend("x", w -> log.add("effect"))));
                                seen.add(catchThrowable(() -> Corona.requireMayWait("y")));
                            });
                    assertThat(seen)
                            .hasSize(9)
                            .hasOnlyElementsOfType(LoopException.WouldBlock.class);
                    assertThat(seen.get(1)).hasMessageContaining("sleep 1000 ms inside atomic");
                    assertThat(EventLoop.current().timers()).isZero();
                    assertThat(future.getNumberOfDependents()).isZero();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void allowsWhatDoesNotWait() throws Exception {
        Virtual.run(
                () -> {
                    String value =
                            Corona.atomic(
                                    () -> {
                                        Virtual.spawn("spawned", () -> log.add("spawned"));
                                        return Corona.await(
                                                CompletableFuture.completedFuture("done"));
                                    });
                    assertThat(value).isEqualTo("done");
                    assertThat(log).isEmpty();
                });
        assertThat(log).containsExactly("spawned");
    }

    @Test
    void nests() {
        Virtual.run(
                () -> {
                    Corona.atomic(
                            () -> {
                                Corona.atomic((Runnable) () -> log.add("inner"));
                                log.add(
                                        catchThrowable(Corona::yieldNow)
                                                .getClass()
                                                .getSimpleName());
                            });
                    Corona.yieldNow();
                });
        assertThat(log).containsExactly("inner", "WouldBlock");
    }

    @Test
    void endsWithAnExceptionToo() {
        IOException error = new IOException("in the section");
        Virtual.run(
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            Corona.atomic(
                                                    () -> {
                                                        throw error;
                                                    }))
                            .isSameAs(error);
                    Corona.yieldNow();
                });
    }

    @Test
    void concernsTheTaskAloneThatIsInIt() {
        Virtual.run(
                () -> {
                    Virtual.spawn("inside", this::parkInASection);
                    Task<Object> other = Virtual.spawn("other", () -> Virtual.sleepSeconds(1));
                    Corona.await(other);
                    assertThat(log).containsExactly("section");
                });
        assertThat(log).containsExactly("section", "unwound");
    }

    private void parkInASection() {
        Corona.atomic(
                () -> {
                    log.add("section");
                    try {
                        Corona.parkForever("the end of the loop");
                    } finally {
                        log.add("unwound");
                    }
                });
    }

    @Test
    void isRefusedOutsideOfATask() {
        assertThatThrownBy(() -> Corona.atomic(() -> log.add("ran")))
                .isInstanceOf(LoopException.NotInTask.class);
        assertThat(log).isEmpty();
    }

    @Test
    void keepsACancellationForLater() {
        Virtual.run(
                () -> {
                    Task.currentOrNull().cancel(true);
                    Corona.atomic(
                            () ->
                                    log.add(
                                            catchThrowable(Corona::yieldNow)
                                                    .getClass()
                                                    .getSimpleName()));
                    log.add(catchThrowable(Corona::yieldNow).getClass().getSimpleName());
                });
        assertThat(log).containsExactly("WouldBlock", "Cancelled");
    }
}
