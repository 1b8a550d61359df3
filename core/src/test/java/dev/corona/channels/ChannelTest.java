package dev.corona.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Task;
import dev.corona.async.Virtual;
import dev.corona.errors.ChannelException;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Channels between tasks of one loop. */
class ChannelTest {
    private final List<Object> log = new ArrayList<>();

    private void sendAndLog(Channel<Integer> channel, int... numbers) {
        for (int each : numbers) {
            channel.send(each);
            log.add("sent " + each);
        }
    }

    @Test
    void aRendezvousLetsTheSenderWaitForItsReceiver() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () -> {
                    Virtual.spawn("sender", () -> sendAndLog(channel, 1, 2));
                    Corona.yieldNow();
                    assertThat(log).isEmpty();
                    assertThat(channel.waitingSenders()).isEqualTo(1);
                    log.add("got " + channel.receive());
                    Corona.yieldNow();
                    assertThat(log).containsExactly("got 1", "sent 1");
                    log.add("got " + channel.receive());
                });
        assertThat(log).containsExactly("got 1", "sent 1", "got 2", "sent 2");
    }

    @Test
    void aRendezvousLetsTheReceiverWaitForItsSender() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () -> {
                    Task<Integer> receiver = Corona.spawn("receiver", channel::receive);
                    Corona.yieldNow();
                    assertThat(channel.waitingReceivers()).isEqualTo(1);
                    sendAndLog(channel, 7);
                    assertThat(log).containsExactly("sent 7");
                    assertThat(Corona.await(receiver)).isEqualTo(7);
                });
    }

    @Test
    void aBufferedChannelKeepsAsMuchAsItMay() {
        Channel<Integer> channel = Channel.buffered(2);
        Virtual.run(
                () -> {
                    Virtual.spawn("sender", () -> sendAndLog(channel, 1, 2, 3, 4));
                    Corona.yieldNow();
                    assertThat(log).containsExactly("sent 1", "sent 2");
                    assertThat(channel.size()).isEqualTo(2);
                    assertThat(channel.receive()).isEqualTo(1);
                    assertThat(channel.size()).isEqualTo(2);
                    Corona.yieldNow();
                    assertThat(log).containsExactly("sent 1", "sent 2", "sent 3");
                    assertThat(List.of(channel.receive(), channel.receive(), channel.receive()))
                            .containsExactly(2, 3, 4);
                });
    }

    @Test
    void aConflatedChannelKeepsTheLatest() {
        Channel<Integer> channel = Channel.conflated();
        Virtual.run(
                () -> {
                    sendAndLog(channel, 1, 2, 3);
                    assertThat(channel.receive()).isEqualTo(3);
                    assertThat(channel.tryReceive()).isNull();
                    Task<Integer> receiver = Corona.spawn(channel::receive);
                    Corona.yieldNow();
                    sendAndLog(channel, 4, 5);
                    assertThat(Corona.await(receiver)).isEqualTo(4);
                    assertThat(channel.receive()).isEqualTo(5);
                });
    }

    @Test
    void anUnlimitedChannelNeverLetsASenderWait() {
        Channel<Integer> channel = Channel.unlimited();
        Virtual.run(
                () -> {
                    for (int i = 0; i < 10_000; i++) channel.send(i);
                    assertThat(channel.size()).isEqualTo(10_000);
                    for (int i = 0; i < 10_000; i++) assertThat(channel.receive()).isEqualTo(i);
                });
    }

    @Test
    void servesThoseWhoWaitInTheirOrder() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () -> {
                    for (String name : List.of("a", "b", "c"))
                        Virtual.spawn(name, () -> log.add(name + channel.receive()));
                    Corona.yieldNow();
                    for (int i = 1; i <= 3; i++) channel.send(i);
                });
        assertThat(log).containsExactly("a1", "b2", "c3");
    }

    @Test
    void triesWithoutWaiting() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () ->
                        Corona.atomic(
                                () -> {
                                    assertThat(channel.trySend(1)).isFalse();
                                    assertThat(channel.tryReceive()).isNull();
                                }));
        Channel<Integer> buffered = Channel.buffered(1);
        Virtual.run(
                () ->
                        Corona.atomic(
                                () -> {
                                    buffered.send(1);
                                    assertThat(buffered.trySend(2)).isFalse();
                                    assertThatThrownBy(() -> buffered.send(2))
                                            .isInstanceOf(LoopException.WouldBlock.class)
                                            .hasMessageContaining("send to a buffered channel");
                                    assertThat(buffered.receive()).isEqualTo(1);
                                    assertThatThrownBy(buffered::receive)
                                            .isInstanceOf(LoopException.WouldBlock.class);
                                }));
        assertThat(channel.waitingReceivers()).isZero();
        assertThat(buffered.waitingSenders()).isZero();
    }

    @Test
    void iteratesUntilItIsClosed() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () -> {
                    Virtual.spawn(
                            "sender",
                            () -> {
                                sendAndLog(channel, 1, 2);
                                channel.close();
                            });
                    for (int each : channel) log.add(each);
                    assertThat(channel.isDrained()).isTrue();
                });
        assertThat(log).containsExactly("sent 1", 1, 2, "sent 2");
    }

    @Test
    void whatWasSentBeforeTheEndIsReceived() {
        Channel<Integer> channel = Channel.buffered(1);
        Virtual.run(
                () -> {
                    Virtual.spawn("sender", () -> sendAndLog(channel, 1, 2));
                    Corona.yieldNow();
                    channel.close();
                    assertThat(channel.isClosed()).isTrue();
                    assertThat(channel.isDrained()).isFalse();
                    assertThat(channel.receive()).isEqualTo(1);
                    assertThat(channel.receive()).isEqualTo(2);
                    assertThat(channel.receiveOrNull()).isNull();
                    assertThat(channel.tryReceive()).isNull();
                    assertThatThrownBy(channel::receive)
                            .isInstanceOf(ChannelException.ClosedForReceive.class);
                });
        assertThat(log).containsExactly("sent 1", "sent 2");
    }

    @Test
    void closingWakesThoseWhoWaitToReceive() {
        Channel<Integer> channel = Channel.<Integer>rendezvous().named("numbers");
        Virtual.run(
                () -> {
                    Task<Integer> first = Corona.spawn(channel::receive);
                    Task<Boolean> second = Corona.spawn(() -> channel.receiveOrNull() == null);
                    Task<Boolean> third = Corona.spawn(() -> channel.iterator().hasNext());
                    Corona.yieldNow();
                    channel.close();
                    assertThatThrownBy(() -> Corona.await(first))
                            .isInstanceOf(ChannelException.ClosedForReceive.class)
                            .hasMessage(
                                    "cannot receive from channel numbers: it was closed and has no elements left;"
                                            + " iterate, or use receiveOrNull()");
                    assertThat(Corona.await(second)).isTrue();
                    assertThat(Corona.await(third)).isFalse();
                });
    }

    @Test
    void aCauseReachesEveryReceiverAfterTheLastElement() {
        Channel<Integer> channel = Channel.unlimited();
        Exception cause = new Exception("disk full");
        Virtual.run(
                () -> {
                    channel.send(1);
                    channel.close(cause);
                    channel.close();
                    List<Integer> seen = new ArrayList<>();
                    assertThatThrownBy(() -> channel.forEach(seen::add))
                            .isInstanceOf(ChannelException.ClosedForReceive.class)
                            .hasCause(cause)
                            .hasMessageContaining("disk full");
                    assertThat(seen).containsExactly(1);
                    assertThatThrownBy(channel::receiveOrNull).hasCause(cause);
                });
    }

    @Test
    void refusesWhatIsSentAfterItsEnd() {
        Channel<Integer> channel = Channel.unlimited();
        Virtual.run(
                () -> {
                    channel.close(new Exception("gone"));
                    assertThatThrownBy(() -> channel.send(1))
                            .isInstanceOf(ChannelException.ClosedForSend.class)
                            .hasMessageContaining("gone");
                    assertThatThrownBy(() -> channel.trySend(1))
                            .isInstanceOf(ChannelException.ClosedForSend.class);
                });
    }

    @Test
    void closingNowDropsWhatIsLeft() {
        Channel<Integer> channel = Channel.buffered(1);
        Virtual.run(
                () -> {
                    Task<Object> sender = Virtual.spawn("sender", () -> sendAndLog(channel, 1, 2));
                    Corona.yieldNow();
                    assertThat(channel.closeNow()).containsExactly(1, 2);
                    assertThat(channel.isDrained()).isTrue();
                    assertThatThrownBy(() -> Corona.await(sender))
                            .isInstanceOf(ChannelException.ClosedForSend.class);
                    assertThat(channel.receiveOrNull()).isNull();
                });
        assertThat(log).containsExactly("sent 1");
    }

    @Test
    void aCancelledReceiverTakesNothing() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () -> {
                    Task<Integer> receiver = Corona.spawn(channel::receive);
                    Corona.yieldNow();
                    receiver.cancel(true);
                    assertThat(channel.waitingReceivers()).isZero();
                    assertThat(channel.trySend(1)).isFalse();
                    Task<Integer> next = Corona.spawn(channel::receive);
                    channel.send(2);
                    assertThat(Corona.await(next)).isEqualTo(2);
                });
    }

    @Test
    void aCancelledSenderSendsNothing() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () -> {
                    Task<Object> sender = Virtual.spawn("sender", () -> sendAndLog(channel, 1));
                    Corona.yieldNow();
                    sender.cancel(true);
                    assertThat(channel.tryReceive()).isNull();
                    assertThatThrownBy(() -> Corona.await(sender))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).isEmpty();
    }

    @Test
    void aReceiverThatIsCancelledAfterItWasServedHasItsElement() {
        Channel<Integer> channel = Channel.rendezvous();
        Virtual.run(
                () -> {
                    Task<Object> receiver =
                            Virtual.spawn(
                                    "receiver",
                                    () -> {
                                        log.add(channel.receive());
                                        channel.receive();
                                    });
                    Corona.yieldNow();
                    channel.send(1);
                    receiver.cancel(true);
                    assertThatThrownBy(() -> Corona.await(receiver))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).containsExactly(1);
    }

    @Test
    void aReceiverWithoutASenderIsADeadlock() {
        Channel<Integer> channel = Channel.<Integer>rendezvous().named("lonely");
        assertThat(Virtual.failureOf(channel::receive))
                .isInstanceOf(LoopException.Deadlock.class)
                .hasMessageContaining("receive from channel lonely");
    }

    @Test
    void waitingOutsideOfATaskIsRefused() {
        Channel<Integer> channel = Channel.rendezvous();
        assertThatThrownBy(channel::receive)
                .isInstanceOf(LoopException.NotInTask.class)
                .hasMessageContaining("receive from a rendezvous channel");
        assertThatThrownBy(() -> channel.send(1)).isInstanceOf(LoopException.NotInTask.class);
        assertThat(channel.waitingReceivers() + channel.waitingSenders()).isZero();
    }

    @Test
    void anotherLoopIsRefused() {
        Channel<Integer> channel = Channel.unlimited();
        Virtual.run(
                () -> {
                    channel.send(1);
                    CompletableFuture<Throwable> seen = new CompletableFuture<>();
                    Thread other =
                            new Thread(
                                    () -> {
                                        try {
                                            channel.tryReceive();
                                            seen.complete(null);
                                        } catch (Throwable e) {
                                            seen.complete(e);
                                        }
                                    },
                                    "other");
                    other.start();
                    assertThat(Corona.await(seen))
                            .isInstanceOf(ChannelException.OtherLoop.class)
                            .hasMessageContaining("thread \"other\"")
                            .hasMessageContaining("outside()");
                    assertThat(channel.size()).isEqualTo(1);
                });
    }

    @Test
    void mayBeFilledBeforeItsLoopRuns() {
        Channel<Integer> channel = Channel.unlimited();
        channel.send(1);
        Virtual.run(() -> assertThat(channel.receive()).isEqualTo(1));
    }

    @Test
    void worksFromTheCallbacksOfItsLoop() {
        Channel<Integer> channel = Channel.unlimited();
        Virtual.run(
                () -> {
                    EventLoop.current().execute(() -> channel.trySend(5));
                    assertThat(channel.receive()).isEqualTo(5);
                });
    }

    @Test
    void refusesNullAndAnImpossibleCapacity() {
        assertThatThrownBy(() -> Channel.buffered(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a buffered channel keeps at least 1 element, but capacity was 0; use rendezvous() for none");
        assertThatThrownBy(() -> Channel.unlimited().send(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("an element of a channel must not be null");
    }

    @Test
    void givesTheFirstAndTheOnlyElement() {
        Virtual.run(
                () -> {
                    Channel<String> channel = Channel.unlimited();
                    channel.sendAll(List.of("a", "b"));
                    assertThat(channel.first()).isEqualTo("a");
                    assertThat(channel.isClosed()).isTrue();
                    assertThat(channel.single()).isEqualTo("b");
                    assertThatThrownBy(channel::first)
                            .isInstanceOf(ChannelException.NoElement.class);
                    assertThat(channel.firstOrNull()).isNull();
                    Channel<String> two = Channel.unlimited();
                    two.sendAll(List.of("a", "b"));
                    two.close();
                    assertThatThrownBy(two::single)
                            .isInstanceOf(ChannelException.MoreThanOne.class);
                    Channel<String> none = Channel.unlimited();
                    none.close();
                    assertThatThrownBy(none::single).isInstanceOf(ChannelException.NoElement.class);
                });
    }

    @Test
    void iteratesUntilTheFirstErrorOrOverResults() {
        IllegalStateException broken = new IllegalStateException("broken");
        Virtual.run(
                () -> {
                    Channel<Integer> channel = Channel.unlimited();
                    channel.sendAll(List.of(1, 2));
                    channel.close(broken);
                    List<Throwable> errors = new ArrayList<>();
                    for (int each : channel.untilError(errors::add)) log.add(each);
                    assertThat(log).containsExactly(1, 2);
                    assertThat(errors)
                            .singleElement()
                            .satisfies(e -> assertThat(e).hasCause(broken));
                    Channel<Integer> other = Channel.unlimited();
                    other.send(3);
                    other.close(broken);
                    List<Object> outcomes = new ArrayList<>();
                    other.outcomes()
                            .forEach(
                                    o ->
                                            outcomes.add(
                                                    o.isSuccess()
                                                            ? o.get()
                                                            : o.error().getCause()));
                    assertThat(outcomes).containsExactly(3, broken);
                });
    }

    @Test
    void pushesIntoAnotherUntilItsEnd() {
        Virtual.run(
                () -> {
                    Channel<Integer> from = Channel.rendezvous();
                    Channel<Integer> to = Channel.buffered(1);
                    Virtual.spawn("pump", () -> from.sendTo(to));
                    Virtual.spawn(
                            "sender",
                            () -> {
                                from.sendAll(List.of(1, 2, 3));
                                from.close();
                            });
                    List<Integer> seen = new ArrayList<>();
                    to.forEach(seen::add);
                    assertThat(seen).containsExactly(1, 2, 3);
                });
    }

    @Test
    void aSinkThatRefusesClosesTheSource() {
        Virtual.run(
                () -> {
                    Channel<Integer> from = Channel.unlimited();
                    Channel<Integer> to = Channel.unlimited();
                    from.send(1);
                    to.close();
                    assertThatThrownBy(() -> from.sendTo(to))
                            .isInstanceOf(ChannelException.ClosedForSend.class);
                    assertThat(from.isClosed()).isTrue();
                });
    }
}
