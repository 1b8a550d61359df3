package dev.corona.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.async.Virtual;
import dev.corona.channels.Channel;
import dev.corona.channels.Select;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What random programs have found, each made small. */
class FoundTest {
    @Test
    void closeNowDropsNoElementOfABranchThatHasLost() {
        Virtual.run(
                () -> {
                    Channel<Integer> channel = Channel.rendezvous();
                    CompletableFuture<String> other = new CompletableFuture<>();
                    Task<String> selecting =
                            Corona.spawn(
                                    () ->
                                            Select.<String>biased()
                                                    .onSend(channel, 5, () -> "sent")
                                                    .onDone(other, value -> value)
                                                    .await());
                    Corona.yieldNow();
                    other.complete("other");
                    assertThat(channel.closeNow()).isEmpty();
                    assertThat(selecting.join()).isEqualTo("other");
                });
    }

    @Test
    void aSelectOnItselfIsRefusedWhateverItsOtherBranchesAre() {
        Virtual.run(
                () -> {
                    Task<?>[] self = new Task<?>[1];
                    self[0] =
                            Corona.spawn(
                                    () ->
                                            Select.<Object>biased()
                                                    .onDone(new CompletableFuture<>(), v -> "")
                                                    .onDone(self[0], v -> "")
                                                    .onTimeout(Duration.ofSeconds(1), () -> "")
                                                    .await());
                    assertThat(Virtual.thrownBy(() -> Corona.await(self[0])))
                            .isInstanceOf(LoopException.SelfAwait.class);
                });
    }

    @Test
    void aClosedChannelIsDrainedWhenItsLastSenderIsCancelled() {
        Virtual.run(
                () -> {
                    Channel<Integer> channel = Channel.rendezvous();
                    Task<Object> sender = Virtual.spawn("sender", () -> channel.send(1));
                    Corona.yieldNow();
                    CompletionStage<Void> drained = channel.drained();
                    channel.close();
                    assertThat(drained.toCompletableFuture()).isNotDone();
                    sender.cancel(false);
                    assertThat(channel.isDrained()).isTrue();
                    Corona.await(drained, Duration.ofSeconds(1));
                });
    }
}
