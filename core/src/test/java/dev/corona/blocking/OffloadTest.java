package dev.corona.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Code that blocks, elsewhere. */
@Timeout(60)
class OffloadTest {
    @Test
    void theLoopGoesOnMeanwhile() {
        Corona.run(
                () -> {
                    CountDownLatch latch = new CountDownLatch(1);
                    Task<String> offloading =
                            Corona.spawn(
                                    () ->
                                            Blocking.offload(
                                                    () -> {
                                                        latch.await();
                                                        return Thread.currentThread().getName();
                                                    }));
                    Corona.yieldNow();
                    latch.countDown();
                    assertThat(Corona.await(offloading)).startsWith("corona-offload-");
                    return "";
                });
    }

    @Test
    void runsNoMoreThanItsLimitAtATime() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Corona.run(
                () -> {
                    Offload two = Offload.platform(2);
                    List<Task<Integer>> tasks = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        int result = i;
                        tasks.add(
                                Corona.spawn(
                                        () ->
                                                two.call(
                                                        () -> {
                                                            most.accumulateAndGet(
                                                                    now.incrementAndGet(),
                                                                    Math::max);
                                                            Thread.yield();
                                                            now.decrementAndGet();
                                                            return result;
                                                        })));
                    }
                    for (int i = 0; i < 50; i++)
                        assertThat(Corona.await(tasks.get(i))).isEqualTo(i);
                    assertThat(two.waiting()).isZero();
                    return "";
                });
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void cancellingTheTaskInterruptsTheCode() {
        Corona.run(
                () -> {
                    Offload one = Offload.virtual(1);
                    CompletableFuture<String> started = new CompletableFuture<>();
                    CompletableFuture<String> interrupted = new CompletableFuture<>();
                    Task<Object> task =
                            Corona.spawn(
                                    () ->
                                            one.call(
                                                    () -> {
                                                        started.complete("");
                                                        try {
                                                            new CountDownLatch(1).await();
                                                        } catch (InterruptedException e) {
                                                            interrupted.complete("interrupted");
                                                        }
                                                        return "";
                                                    }));
                    Corona.await(started);
                    task.cancel(true);
                    assertThatThrownBy(() -> Corona.await(task))
                            .isInstanceOf(CancellationException.class);
                    assertThat(Corona.await(interrupted)).isEqualTo("interrupted");
                    assertThat(one.call(() -> Thread.currentThread().isInterrupted())).isFalse();
                    return "";
                });
    }

    @Test
    void whatWaitsForItsTurnIsWithdrawnAndNeverRuns() {
        List<String> ran = new ArrayList<>();
        Corona.run(
                () -> {
                    Offload one = Offload.virtual(1);
                    CountDownLatch latch = new CountDownLatch(1);
                    Task<Object> first =
                            Corona.spawn(
                                    () ->
                                            one.call(
                                                    () -> {
                                                        latch.await();
                                                        return "";
                                                    }));
                    Task<Object> second = Corona.spawn(() -> one.call(() -> ran.add("second")));
                    Corona.yieldNow();
                    assertThat(one.waiting()).isEqualTo(1);
                    second.cancel(true);
                    Corona.yieldNow();
                    assertThat(one.waiting()).isZero();
                    latch.countDown();
                    Corona.await(first);
                    return "";
                });
        assertThat(ran).isEmpty();
    }

    @Test
    void errorsComeBack() {
        Exception broken = new Exception("broken");
        Corona.run(
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            Blocking.offload(
                                                    () -> {
                                                        throw broken;
                                                    }))
                            .isInstanceOf(CompletionException.class)
                            .hasCause(broken);
                    Offload refusing =
                            Offload.on(
                                    work -> {
                                        throw new RejectedExecutionException("full");
                                    },
                                    1);
                    for (int i = 0; i < 2; i++)
                        assertThatThrownBy(() -> refusing.call(() -> ""))
                                .isInstanceOf(RejectedExecutionException.class);
                    assertThat(refusing.running()).isZero();
                    return "";
                });
    }

    @Test
    void whereItMayNotWaitNothingRuns() {
        List<String> ran = new ArrayList<>();
        assertThatThrownBy(() -> Blocking.offload(() -> ran.add("")))
                .isInstanceOf(LoopException.NotInTask.class);
        Corona.run(
                () -> {
                    Corona.atomic(
                            () ->
                                    assertThatThrownBy(() -> Blocking.offload(() -> ran.add("")))
                                            .isInstanceOf(LoopException.WouldBlock.class));
                    return "";
                });
        assertThat(ran).isEmpty();
    }

    @Test
    void refusesALimitOfNone() {
        assertThatThrownBy(() -> Offload.virtual(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit was 0");
        assertThatThrownBy(() -> Offload.platform(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
