package dev.corona.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Task;
import dev.corona.async.Virtual;
import dev.corona.errors.ChannelException;
import dev.corona.errors.LoopException;
import dev.corona.errors.SelectException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The first of several. */
class SelectTest {
    private final Channel<Integer> left = Channel.<Integer>rendezvous().named("left");
    private final Channel<Integer> right = Channel.<Integer>rendezvous().named("right");

    private Select<String> both(Select<String> select) {
        return select.onReceive(left, n -> "left " + n).onReceive(right, n -> "right " + n);
    }

    @Test
    void takesTheFirstThatBecomesReady() {
        Virtual.run(
                () -> {
                    Task<String> selecting = Corona.spawn(() -> both(Select.fair()).await());
                    Corona.yieldNow();
                    right.send(3);
                    assertThat(left.trySend(4)).isFalse();
                    assertThat(Corona.await(selecting)).isEqualTo("right 3");
                    assertThat(left.waitingReceivers() + right.waitingReceivers()).isZero();
                });
    }

    @Test
    void takesNothingFromAChannelWhoseBranchLost() {
        Virtual.run(
                () -> {
                    Channel<Integer> a = Channel.unlimited();
                    Channel<Integer> b = Channel.unlimited();
                    a.send(1);
                    b.send(2);
                    Select<Integer> select = Select.fair();
                    int got = select.onReceive(a, n -> n).onReceive(b, n -> n).await();
                    assertThat(a.size() + b.size()).isEqualTo(1);
                    assertThat(got == 1 ? b.receive() : a.receive()).isEqualTo(3 - got);
                });
    }

    @Test
    void theBiasedOneTakesTheFirstInOrder() {
        Virtual.run(
                () -> {
                    Channel<Integer> a = Channel.unlimited();
                    Channel<Integer> b = Channel.unlimited();
                    for (int i = 0; i < 100; i++) {
                        a.send(i);
                        b.send(i);
                        assertThat(
                                        Select.<String>biased()
                                                .onReceive(b, n -> "b")
                                                .onReceive(a, n -> "a")
                                                .await())
                                .isEqualTo("b");
                    }
                });
    }

    @Test
    void theFairOneTakesEachAsOften() {
        long seed = System.nanoTime();
        int[] counts = new int[3];
        Virtual.run(
                () -> {
                    List<Channel<Integer>> channels =
                            List.of(Channel.unlimited(), Channel.unlimited(), Channel.unlimited());
                    Select<Integer> select = Select.fair(new Random(seed));
                    for (Channel<Integer> each : channels) {
                        select.onReceive(each, n -> n);
                        for (int i = 0; i < 3000; i++) each.send(channels.indexOf(each));
                    }
                    for (int i = 0; i < 3000; i++) counts[select.await()]++;
                });
        for (int each : counts) assertThat(each).as("seed " + seed).isBetween(850, 1150);
    }

    @Test
    void aSeedRepeatsTheChoices() {
        assertThat(choices(42)).isEqualTo(choices(42));
        assertThat(choices(42)).isNotEqualTo(choices(43));
    }

    private static List<String> choices(long seed) {
        List<String> choices = new ArrayList<>();
        Virtual.run(
                () -> {
                    Channel<Integer> a = Channel.unlimited();
                    Channel<Integer> b = Channel.unlimited();
                    Select<String> select =
                            Select.<String>fair(new Random(seed))
                                    .onReceive(a, n -> "a")
                                    .onReceive(b, n -> "b");
                    for (int i = 0; i < 64; i++) {
                        a.send(i);
                        b.send(i);
                        choices.add(select.await());
                    }
                });
        return choices;
    }

    @Test
    void sendsToWhoeverIsReady() {
        Virtual.run(
                () -> {
                    Task<Integer> receiver = Corona.spawn(right::receive);
                    Corona.yieldNow();
                    Select<String> select = Select.biased();
                    select.onSend(left, 1, () -> "left").onSend(right, 2, () -> "right");
                    assertThat(select.await()).isEqualTo("right");
                    assertThat(Corona.await(receiver)).isEqualTo(2);
                    assertThat(left.tryReceive()).isNull();
                });
    }

    @Test
    void waitsToSend() {
        Virtual.run(
                () -> {
                    Task<String> sender =
                            Corona.spawn(
                                    () ->
                                            Select.<String>fair()
                                                    .onSend(left, 1, () -> "sent")
                                                    .onReceive(right, n -> "received")
                                                    .await());
                    Corona.yieldNow();
                    assertThat(left.receive()).isEqualTo(1);
                    assertThat(right.trySend(5)).isFalse();
                    assertThat(left.tryReceive()).isNull();
                    assertThat(Corona.await(sender)).isEqualTo("sent");
                });
    }

    @Test
    void twoSelectsMeetInOneElement() {
        Virtual.run(
                () -> {
                    Task<String> sender =
                            Corona.spawn(
                                    () ->
                                            Select.<String>fair()
                                                    .onSend(left, 1, () -> "sent left")
                                                    .onSend(right, 2, () -> "sent right")
                                                    .await());
                    Corona.yieldNow();
                    String received = both(Select.fair()).await();
                    assertThat(Corona.await(sender) + ", " + received)
                            .isIn("sent left, left 1", "sent right, right 2");
                    assertThat(left.waitingSenders() + right.waitingSenders()).isZero();
                });
    }

    @Test
    void waitsForTasksStagesAndTimes() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            Task<String> slow =
                                    Corona.spawn(
                                            () -> {
                                                Virtual.sleepSeconds(10);
                                                return "slow";
                                            });
                            Select<String> select =
                                    Select.<String>fair()
                                            .onDone(slow, r -> r)
                                            .onDone(new CompletableFuture<String>(), r -> r)
                                            .onTimeout(Duration.ofSeconds(4), () -> "timeout");
                            assertThat(select.await()).isEqualTo("timeout");
                            assertThat(select.await()).isEqualTo("timeout");
                            assertThat(select.await()).isEqualTo("slow");
                            assertThat(EventLoop.current().timers()).isZero();
                        });
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aNonPositiveTimeoutIsReadyAtOnce() {
        Virtual.run(
                () ->
                        assertThat(
                                        both(Select.biased())
                                                .onTimeout(Duration.ZERO, () -> "now")
                                                .await())
                                .isEqualTo("now"));
    }

    @Test
    void theErrorOfAStageIsThrownOrGiven() {
        Exception broken = new Exception("broken");
        Virtual.run(
                () -> {
                    CompletableFuture<String> failed = CompletableFuture.failedFuture(broken);
                    assertThatThrownBy(() -> Select.<String>fair().onDone(failed, r -> r).await())
                            .isInstanceOf(CompletionException.class)
                            .hasCause(broken);
                    Throwable given =
                            Select.<Throwable>fair().onOutcome(failed, o -> o.error()).await();
                    assertThat(given).isSameAs(broken);
                });
    }

    @Test
    void theErrorOfATaskThatLostIsNotSwallowed() {
        List<Throwable> uncaught = new ArrayList<>();
        IllegalStateException error = new IllegalStateException("late");
        Virtual.run(
                () -> {
                    EventLoop.current().onUncaught((task, thrown) -> uncaught.add(thrown));
                    Task<Object> failing =
                            Virtual.spawn(
                                    "failing",
                                    () -> {
                                        Virtual.sleepSeconds(2);
                                        throw error;
                                    });
                    Select.<String>fair()
                            .onDone(failing, r -> "")
                            .onTimeout(Duration.ofSeconds(1), () -> "")
                            .await();
                    Virtual.sleepSeconds(2);
                });
        assertThat(uncaught).containsExactly(error);
    }

    @Test
    void leavesNothingBehindAtAStageThatIsNeverComplete() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Channel<Integer> numbers = Channel.unlimited();
                    Select<String> select =
                            Select.<String>fair()
                                    .onDone(never, r -> r)
                                    .onReceive(numbers, n -> "n");
                    for (int i = 0; i < 1000; i++) {
                        EventLoop.current().execute(() -> numbers.trySend(1));
                        select.await();
                    }
                });
        assertThat(never.getNumberOfDependents()).isZero();
    }

    @Test
    void aCancelledSelectLeavesNothingBehind() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<String> selecting =
                            Corona.spawn(
                                    () ->
                                            both(Select.fair())
                                                    .onDone(never, r -> r)
                                                    .onTimeout(Duration.ofHours(1), () -> "")
                                                    .await());
                    Corona.yieldNow();
                    selecting.cancel(true);
                    assertThat(left.trySend(1)).isFalse();
                    assertThatThrownBy(() -> Corona.await(selecting))
                            .isInstanceOf(CancellationException.class);
                    assertThat(left.waitingReceivers() + right.waitingReceivers()).isZero();
                    assertThat(EventLoop.current().timers()).isZero();
                });
        assertThat(never.getNumberOfDependents()).isZero();
    }

    @Test
    void doesNotWaitIfItHasAnotherWay() {
        Virtual.run(
                () ->
                        Corona.atomic(
                                () -> {
                                    Select<String> select =
                                            both(Select.fair()).otherwise(() -> "none");
                                    assertThat(select.await()).isEqualTo("none");
                                }));
        assertThat(left.waitingReceivers()).isZero();
    }

    @Test
    void aClosedChannelIsReady() {
        Virtual.run(
                () -> {
                    left.close();
                    assertThatThrownBy(() -> both(Select.biased()).await())
                            .isInstanceOf(ChannelException.ClosedForReceive.class);
                    assertThat(
                                    Select.<String>biased()
                                            .onReceiveOrNull(
                                                    left, n -> n == null ? "end" : "element")
                                            .await())
                            .isEqualTo("end");
                    assertThatThrownBy(
                                    () -> Select.<String>biased().onSend(left, 1, () -> "").await())
                            .isInstanceOf(ChannelException.ClosedForSend.class);
                });
    }

    @Test
    void isWokenByAnEnd() {
        Virtual.run(
                () -> {
                    Task<String> selecting =
                            Corona.spawn(
                                    () ->
                                            Select.<String>fair()
                                                    .onReceiveOrNull(left, n -> "end")
                                                    .onReceive(right, n -> "right")
                                                    .await());
                    Corona.yieldNow();
                    left.close();
                    assertThat(Corona.await(selecting)).isEqualTo("end");
                });
    }

    @Test
    void aSenderInASelectIsRefusedWhenTheChannelDropsItsElements() {
        Virtual.run(
                () -> {
                    Task<String> selecting =
                            Corona.spawn(
                                    () -> Select.<String>fair().onSend(left, 1, () -> "").await());
                    Corona.yieldNow();
                    assertThat(left.closeNow()).containsExactly(1);
                    assertThatThrownBy(() -> Corona.await(selecting))
                            .isInstanceOf(ChannelException.ClosedForSend.class);
                });
    }

    @Test
    void aBranchMayWait() {
        Virtual.run(
                () ->
                        assertThat(
                                        Select.<String>fair()
                                                .onTimeout(
                                                        Duration.ofSeconds(1),
                                                        () -> {
                                                            Virtual.sleepSeconds(1);
                                                            return "waited";
                                                        })
                                                .await())
                                .isEqualTo("waited"));
    }

    @Test
    void withoutABranchIsRefused() {
        Virtual.run(
                () ->
                        assertThatThrownBy(() -> Select.fair().await())
                                .isInstanceOf(SelectException.NoBranch.class)
                                .hasMessageContaining("at least one"));
    }

    @Test
    void oneThatAnotherTaskWaitsInIsRefused() {
        Virtual.run(
                () -> {
                    Select<String> shared = both(Select.fair());
                    Task<String> first = Corona.spawn(shared::await);
                    Corona.yieldNow();
                    assertThatThrownBy(shared::await).isInstanceOf(SelectException.InUse.class);
                    left.send(1);
                    assertThat(Corona.await(first)).isEqualTo("left 1");
                });
    }

    @Test
    void waitingForOneselfIsRefused() {
        Virtual.run(
                () -> {
                    Task<?> self = Task.currentOrNull();
                    assertThatThrownBy(() -> Select.<String>fair().onDone(self, r -> "").await())
                            .isInstanceOf(LoopException.SelfAwait.class);
                });
    }

    @Test
    void saysWhatItWaitsFor() {
        assertThat(Virtual.failureOf(() -> both(Select.fair()).await()))
                .isInstanceOf(LoopException.Deadlock.class)
                .hasMessageContaining(
                        "the first of [receive from channel left, receive from channel right]");
    }
}
