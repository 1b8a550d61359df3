package dev.corona.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.async.Virtual;
import dev.corona.errors.ChannelException;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The side of a channel for other threads. */
@Timeout(60)
class OutsideTest {
    /** A thread whose error, if any, the loop sees. */
    private static CompletableFuture<Object> thread(Virtual.Body body) {
        CompletableFuture<Object> end = new CompletableFuture<>();
        new Thread(
                        () -> {
                            Throwable error = catchThrowable(body::run);
                            if (error == null) end.complete("");
                            else end.completeExceptionally(error);
                        })
                .start();
        return end;
    }

    @Test
    void elementsComeFromAnotherThreadInOrder() {
        List<Integer> seen =
                Corona.run(
                        () -> {
                            Channel<Integer> channel = Channel.rendezvous();
                            Outside<Integer> outside = channel.outside();
                            CompletableFuture<Object> end =
                                    thread(
                                            () -> {
                                                for (int i = 0; i < 500; i++) outside.put(i);
                                                outside.close();
                                            });
                            List<Integer> numbers = new ArrayList<>();
                            for (int each : channel) numbers.add(each);
                            Corona.await(end);
                            return numbers;
                        });
        assertThat(seen).hasSize(500).isSorted();
    }

    @Test
    void elementsGoToAnotherThreadInOrder() {
        List<Integer> seen = new ArrayList<>();
        Corona.run(
                () -> {
                    Channel<Integer> channel = Channel.buffered(3);
                    Outside<Integer> outside = channel.outside();
                    CompletableFuture<Object> end =
                            thread(
                                    () -> {
                                        for (int i = 0; i < 500; i++) seen.add(outside.take());
                                    });
                    for (int i = 0; i < 500; i++) channel.send(i);
                    return Corona.await(end);
                });
        assertThat(seen).hasSize(500).isSorted();
    }

    @Test
    void manyThreadsLoseAndDoubleNothing() {
        int each = 300;
        BitSet seen = new BitSet();
        AtomicInteger doubled = new AtomicInteger();
        Corona.run(
                () -> {
                    Channel<Integer> channel = Channel.rendezvous();
                    Outside<Integer> outside = channel.outside();
                    List<CompletableFuture<Object>> ends = new ArrayList<>();
                    for (int t = 0; t < 4; t++) {
                        int first = t * each;
                        ends.add(
                                thread(
                                        () -> {
                                            for (int i = 0; i < each; i++)
                                                sendOrCancel(outside, first + i);
                                        }));
                    }
                    Task<Object> reader =
                            Virtual.spawn(
                                    "reader",
                                    () -> {
                                        for (int number : channel) {
                                            if (seen.get(number)) doubled.incrementAndGet();
                                            seen.set(number);
                                        }
                                    });
                    for (CompletableFuture<Object> end : ends) Corona.await(end);
                    channel.close();
                    return Corona.await(reader);
                });
        assertThat(doubled).hasValue(0);
        assertThat(seen.cardinality()).isEqualTo(4 * each);
    }

    /** Cancels every third send at once; if that was in time, nothing was sent, and it is sent again. */
    private static void sendOrCancel(Outside<Integer> outside, int number) throws Exception {
        CompletableFuture<?> sent = outside.send(number);
        if (number % 3 == 0 && sent.cancel(false)) outside.send(number).get();
        else sent.get();
    }

    @Test
    void aCancelledReceiveLeavesTheElementToTheNext() {
        Corona.run(
                () -> {
                    Channel<Integer> channel = Channel.rendezvous();
                    CompletableFuture<Integer> first = channel.outside().receive();
                    CompletableFuture<Integer> second = channel.outside().receive();
                    Corona.yieldNow();
                    assertThat(channel.waitingReceivers()).isEqualTo(2);
                    assertThat(first.cancel(false)).isTrue();
                    channel.send(1);
                    assertThat(Corona.await(second)).isEqualTo(1);
                    assertThat(second.cancel(false)).isFalse();
                    assertThat(channel.waitingReceivers()).isZero();
                    return "";
                });
    }

    @Test
    void aTimeoutOutsideWithdrawsTheCall() {
        Corona.run(
                () -> {
                    Channel<Integer> channel = Channel.rendezvous();
                    CompletableFuture<Integer> late =
                            channel.outside().receive().orTimeout(1, TimeUnit.MILLISECONDS);
                    assertThatThrownBy(() -> Corona.await(late))
                            .hasCauseInstanceOf(TimeoutException.class);
                    Corona.yieldNow();
                    assertThat(channel.waitingReceivers()).isZero();
                    return "";
                });
    }

    @Test
    void anInterruptedThreadHasTakenNothing() {
        Corona.run(
                () -> {
                    Channel<Integer> channel = Channel.rendezvous();
                    Outside<Integer> outside = channel.outside();
                    CompletableFuture<Thread> started = new CompletableFuture<>();
                    CompletableFuture<Object> end =
                            thread(
                                    () -> {
                                        started.complete(Thread.currentThread());
                                        assertThatThrownBy(outside::take)
                                                .isInstanceOf(InterruptedException.class);
                                    });
                    Corona.await(started).interrupt();
                    Corona.await(end);
                    Corona.yieldNow();
                    assertThat(channel.trySend(1)).isFalse();
                    return "";
                });
    }

    @Test
    void theEndReachesOtherThreads() {
        Corona.run(
                () -> {
                    Channel<Integer> channel = Channel.<Integer>rendezvous().named("c");
                    Outside<Integer> outside = channel.outside();
                    CompletableFuture<Object> taking =
                            thread(
                                    () ->
                                            assertThatThrownBy(outside::take)
                                                    .isInstanceOf(
                                                            ChannelException.ClosedForReceive
                                                                    .class));
                    Corona.yieldNow();
                    outside.close(new Exception("no more"));
                    Corona.await(taking);
                    CompletableFuture<?> sent = outside.send(1);
                    assertThat(catchThrowable(() -> Corona.await(sent)))
                            .isInstanceOf(ChannelException.ClosedForSend.class)
                            .hasMessageContaining("no more");
                    return "";
                });
    }

    @Test
    void theEndOfTheLoopEndsEveryCall() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        Outside<Integer> outside =
                Corona.run(
                        () -> {
                            waiting.add(channel.outside().receive());
                            Corona.yieldNow();
                            assertThat(channel.waitingReceivers()).isEqualTo(1);
                            waiting.add(channel.outside().receive());
                            return channel.outside();
                        });
        waiting.add(outside.receive());
        for (CompletableFuture<Integer> each : waiting) {
            assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LoopException.Ended.class)
                    .hasMessageContaining("receive from a rendezvous channel");
        }
    }

    @Test
    void blockingInsideATaskIsRefused() {
        Corona.run(
                () -> {
                    Channel<Integer> channel = Channel.unlimited();
                    assertThatThrownBy(() -> channel.outside().put(1))
                            .isInstanceOf(LoopException.NestedLoop.class);
                    assertThatThrownBy(channel.outside()::take)
                            .isInstanceOf(LoopException.NestedLoop.class);
                    Corona.yieldNow();
                    assertThat(channel.tryReceive()).isNull();
                    return "";
                });
    }

    @Test
    void aTaskOfAnotherLoopMaySendAndReceive() {
        Corona.run(
                () -> {
                    Channel<Integer> there = Channel.rendezvous();
                    Channel<Integer> back = Channel.rendezvous();
                    Outside<Integer> in = there.outside();
                    Outside<Integer> out = back.outside();
                    CompletableFuture<Object> end =
                            thread(
                                    () ->
                                            Corona.run(
                                                    () -> {
                                                        int number = Corona.await(in.receive());
                                                        Corona.await(out.send(number * 2));
                                                        return "";
                                                    }));
                    there.send(21);
                    assertThat(back.receive()).isEqualTo(42);
                    return Corona.await(end);
                });
    }

    @Test
    void needsALoop() {
        assertThatThrownBy(() -> Channel.unlimited().outside())
                .isInstanceOf(LoopException.NotInTask.class);
    }
}
