package dev.corona.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Outcome;
import dev.corona.async.Task;
import dev.corona.channels.Channel;
import dev.corona.errors.ChannelException;
import dev.corona.errors.FlowException;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishers as sources, subscribers as sinks, iterables as publishers. */
@Timeout(60)
class FeedTest {
    private final List<Object> log = new ArrayList<>();

    /** A publisher whose subscription is driven by the test; it keeps no rule by itself. */
    private static final class Manual implements Flow.Publisher<Integer>, Flow.Subscription {
        final List<Long> requests = new ArrayList<>();
        Flow.Subscriber<? super Integer> subscriber;
        boolean cancelled;

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> newSubscriber) {
            subscriber = newSubscriber;
            newSubscriber.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            requests.add(count);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public String toString() {
            return "manual";
        }
    }

    private final Manual manual = new Manual();

    private static <T> T run(java.util.concurrent.Callable<T> body) {
        return Corona.run(body);
    }

    @Test
    void iteratesOverAPublisherOfAnotherThread() {
        List<Integer> seen =
                run(
                        () -> {
                            SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
                            Feed<Integer> feed = Feed.of(publisher, 4);
                            Task<List<Integer>> reader = Corona.spawn(() -> feed.stream().toList());
                            Corona.yieldNow();
                            new Thread(
                                            () -> {
                                                for (int i = 0; i < 1000; i++) publisher.submit(i);
                                                publisher.close();
                                            })
                                    .start();
                            return Corona.await(reader);
                        });
        assertThat(seen).hasSize(1000).isSorted();
    }

    @Test
    void requestsNoMoreThanItWasAllowedAhead() {
        run(
                () -> {
                    Feed<Integer> feed = Feed.of(manual, 4);
                    Task<Integer> first = Corona.spawn(feed::receive);
                    Corona.yieldNow();
                    assertThat(manual.requests).containsExactly(4L);
                    for (int i = 1; i <= 4; i++) manual.subscriber.onNext(i);
                    assertThat(Corona.await(first)).isEqualTo(1);
                    assertThat(manual.requests).containsExactly(4L);
                    assertThat(feed.receive()).isEqualTo(2);
                    assertThat(manual.requests).containsExactly(4L, 2L);
                    return "";
                });
    }

    @Test
    void subscribesWhenItIsAsked() {
        run(
                () -> {
                    Feed<Integer> feed = Feed.of(manual);
                    assertThat(manual.subscriber).isNull();
                    feed.close();
                    assertThat(feed.receiveOrNull()).isNull();
                    assertThat(manual.subscriber).isNull();
                    return "";
                });
    }

    @Test
    void theErrorComesAfterTheLastItem() {
        Exception broken = new Exception("broken");
        run(
                () -> {
                    Feed<Integer> feed = Feed.of(manual);
                    Task<Object> reader =
                            Corona.spawn(
                                    () -> {
                                        feed.forEach(log::add);
                                        return "";
                                    });
                    Corona.yieldNow();
                    manual.subscriber.onNext(1);
                    manual.subscriber.onError(broken);
                    manual.subscriber.onNext(2);
                    manual.subscriber.onComplete();
                    assertThatThrownBy(() -> Corona.await(reader))
                            .isInstanceOf(CompletionException.class)
                            .hasCause(broken);
                    return "";
                });
        assertThat(log).containsExactly(1);
    }

    @Test
    void iteratesUntilTheFirstErrorAndOverResults() {
        IllegalStateException broken = new IllegalStateException("broken");
        run(
                () -> {
                    Flow.Publisher<Integer> failing =
                            SourcePublisher.of(
                                    Generator.of(
                                            out -> {
                                                out.yield(1);
                                                throw broken;
                                            }));
                    List<Throwable> errors = new ArrayList<>();
                    for (int each : Feed.of(failing).untilError(errors::add)) log.add(each);
                    assertThat(errors).containsExactly(broken);
                    List<Outcome<Integer>> outcomes = new ArrayList<>();
                    Feed.of(failing).outcomes().forEach(outcomes::add);
                    assertThat(outcomes)
                            .containsExactly(
                                    new Outcome.Success<>(1), new Outcome.Failure<>(broken));
                    assertThatThrownBy(() -> Feed.of(failing).forEach(log::add)).isSameAs(broken);
                    Flow.Publisher<Integer> checked =
                            SourcePublisher.of(
                                    Generator.of(
                                            out -> {
                                                throw new java.io.IOException("disk");
                                            }));
                    assertThatThrownBy(Feed.of(checked)::receive).hasStackTraceContaining("disk");
                    return "";
                });
        assertThat(log).containsExactly(1, 1);
    }

    @Test
    void theFirstItemCostsARequestForOne() {
        run(
                () -> {
                    Task<Integer> first = Corona.spawn(() -> Feed.<Integer>of(manual).first());
                    Corona.yieldNow();
                    manual.subscriber.onNext(7);
                    assertThat(Corona.await(first)).isEqualTo(7);
                    assertThat(manual.cancelled).isTrue();
                    assertThat(manual.requests.getFirst()).isEqualTo(1);
                    return "";
                });
    }

    @Test
    void theOnlyItem() {
        run(
                () -> {
                    assertThat(Feed.of(SourcePublisher.of(List.of(5))).single()).isEqualTo(5);
                    assertThatThrownBy(() -> Feed.of(SourcePublisher.of(List.of(5, 6))).single())
                            .isInstanceOf(ChannelException.MoreThanOne.class);
                    assertThatThrownBy(() -> Feed.of(SourcePublisher.of(List.of())).single())
                            .isInstanceOf(ChannelException.NoElement.class);
                    return "";
                });
    }

    @Test
    void leavingEarlyCancelsTheSubscription() {
        run(
                () -> {
                    Generator<Integer> endless =
                            Generator.of(
                                    out -> {
                                        try {
                                            for (int i = 1; ; i++) {
                                                Corona.yieldNow();
                                                out.yield(i);
                                            }
                                        } finally {
                                            log.add("unwound");
                                        }
                                    });
                    try (Feed<Integer> feed = Feed.of(SourcePublisher.of(endless), 2)) {
                        for (int each : feed) if (each == 3) break;
                    }
                    while (EventLoop.current().taskCount() > 1) Corona.yieldNow();
                    return "";
                });
        assertThat(log).containsExactly("unwound");
    }

    @Test
    void aSecondIterationIsRefused() {
        run(
                () -> {
                    Feed<Integer> feed = Feed.of(SourcePublisher.of(List.of(1)));
                    feed.forEach(log::add);
                    assertThatThrownBy(feed::iterator)
                            .isInstanceOf(ChannelException.IteratedTwice.class)
                            .hasMessageContaining("cannot iterate feed of publisher of [1] again");
                    return "";
                });
    }

    @Test
    void aPublisherThatSendsTooMuchIsCancelled() {
        run(
                () -> {
                    Feed<Integer> feed = Feed.of(manual, 1);
                    Task<Object> reader =
                            Corona.spawn(
                                    () -> {
                                        feed.forEach(log::add);
                                        return "";
                                    });
                    Corona.yieldNow();
                    manual.subscriber.onNext(1);
                    manual.subscriber.onNext(2);
                    assertThatThrownBy(() -> Corona.await(reader))
                            .isInstanceOf(FlowException.TooManyItems.class)
                            .hasMessageContaining("manual sent an item that was not requested");
                    assertThat(manual.cancelled).isTrue();
                    return "";
                });
        assertThat(log).containsExactly(1);
    }

    @Test
    void aPublisherThatNeverSubscribedIsNamed() {
        run(
                () -> {
                    Flow.Publisher<Integer> rude = subscriber -> subscriber.onNext(1);
                    assertThatThrownBy(Feed.of(rude)::receive)
                            .isInstanceOf(FlowException.NotSubscribed.class)
                            .hasMessageContaining("onNext before onSubscribe");
                    Flow.Publisher<Integer> empty = Flow.Subscriber::onComplete;
                    assertThatThrownBy(Feed.of(empty)::receive)
                            .isInstanceOf(FlowException.NotSubscribed.class);
                    return "";
                });
    }

    @Test
    void aCancelledReaderTakesNothing() {
        run(
                () -> {
                    Feed<Integer> feed = Feed.of(manual);
                    Task<Integer> reader = Corona.spawn(feed::receive);
                    Corona.yieldNow();
                    reader.cancel(true);
                    manual.subscriber.onNext(1);
                    assertThatThrownBy(() -> Corona.await(reader))
                            .isInstanceOf(CancellationException.class);
                    assertThat(feed.receive()).isEqualTo(1);
                    feed.close();
                    return "";
                });
    }

    @Test
    void theEndOfTheLoopCancelsWhatWasNotClosed() {
        run(
                () -> {
                    Task<Integer> reader = Corona.spawn(Feed.<Integer>of(manual)::receive);
                    Corona.yieldNow();
                    manual.subscriber.onNext(1);
                    return Corona.await(reader);
                });
        assertThat(manual.cancelled).isTrue();
    }

    @Test
    void aSinkWaitsForDemand() {
        run(
                () -> {
                    Collecting subscriber = new Collecting();
                    SubscriberSink<Integer> sink = SubscriberSink.of(subscriber);
                    Task<Object> sender =
                            Corona.spawn(
                                    () -> {
                                        sink.sendAll(List.of(1, 2, 3));
                                        sink.close();
                                        return "";
                                    });
                    Corona.yieldNow();
                    assertThat(subscriber.seen).isEmpty();
                    subscriber.subscription.request(2);
                    Corona.yieldNow();
                    assertThat(subscriber.seen).containsExactly(1, 2);
                    subscriber.subscription.request(Long.MAX_VALUE);
                    Corona.await(sender);
                    assertThat(subscriber.seen).containsExactly(1, 2, 3, "complete");
                    assertThatThrownBy(() -> sink.send(4))
                            .isInstanceOf(ChannelException.ClosedForSend.class);
                    return "";
                });
    }

    @Test
    void aSinkWhoseSubscriberLeftRefuses() {
        run(
                () -> {
                    Collecting subscriber = new Collecting();
                    SubscriberSink<Integer> sink = SubscriberSink.of(subscriber);
                    Task<Object> sender =
                            Corona.spawn(
                                    () -> {
                                        sink.send(1);
                                        return "";
                                    });
                    Corona.yieldNow();
                    subscriber.subscription.cancel();
                    assertThatThrownBy(() -> Corona.await(sender))
                            .isInstanceOf(FlowException.Cancelled.class)
                            .hasMessageContaining("Collecting");
                    sink.close(new Exception());
                    assertThat(sink.isCancelled()).isTrue();
                    assertThat(subscriber.seen).isEmpty();
                    return "";
                });
    }

    @Test
    void aRequestOfNothingEndsTheSubscription() {
        run(
                () -> {
                    Collecting subscriber = new Collecting();
                    SubscriberSink.of(subscriber);
                    subscriber.subscription.request(-3);
                    Corona.yieldNow();
                    assertThat(subscriber.seen)
                            .singleElement()
                            .isInstanceOf(IllegalArgumentException.class)
                            .asString()
                            .contains("requested -3 items", "rule 3.9");
                    return "";
                });
    }

    @Test
    void anErrorGoesToTheSubscriber() {
        Exception cause = new Exception("cause");
        run(
                () -> {
                    Collecting subscriber = new Collecting();
                    SubscriberSink.of(subscriber).close(cause);
                    assertThat(subscriber.seen).containsExactly(cause);
                    return "";
                });
    }

    @Test
    void subscribersOfAChannelShareItsElements() {
        run(
                () -> {
                    Channel<Integer> channel = Channel.buffered(4);
                    SourcePublisher<Integer> publisher = SourcePublisher.of(channel);
                    Task<List<Integer>> a =
                            Corona.spawn(() -> Feed.of(publisher, 1).stream().toList());
                    Task<List<Integer>> b =
                            Corona.spawn(() -> Feed.of(publisher, 1).stream().toList());
                    for (int i = 0; i < 100; i++) channel.send(i);
                    channel.close();
                    List<Integer> all = new ArrayList<>(Corona.await(a));
                    assertThat(all).isSorted();
                    all.addAll(Corona.await(b));
                    assertThat(all).hasSize(100).doesNotHaveDuplicates();
                    return "";
                });
    }

    @Test
    void aSubscriberThatLeavesTakesNothingFromAChannel() {
        run(
                () -> {
                    Channel<Integer> channel = Channel.unlimited();
                    Collecting subscriber = new Collecting();
                    SourcePublisher.of(channel).subscribe(subscriber);
                    Corona.sleep(Duration.ofMillis(1));
                    subscriber.subscription.request(1);
                    Corona.sleep(Duration.ofMillis(1));
                    assertThat(channel.waitingReceivers()).isEqualTo(1);
                    subscriber.subscription.cancel();
                    channel.send(1);
                    assertThat(channel.receive()).isEqualTo(1);
                    assertThat(channel.isClosed()).isFalse();
                    return "";
                });
    }

    @Test
    void theEndOfTheLoopIsToldToSubscribers() {
        Collecting early = new Collecting();
        List<SourcePublisher<Integer>> publisher = new ArrayList<>();
        IllegalStateException end = new IllegalStateException("the end");
        assertThatThrownBy(
                        () ->
                                run(
                                        () -> {
                                            publisher.add(SourcePublisher.of(List.of(1)));
                                            publisher.getFirst().subscribe(early);
                                            Corona.sleep(Duration.ofMillis(1));
                                            throw end;
                                        }))
                .isSameAs(end);
        Collecting late = new Collecting();
        publisher.getFirst().subscribe(late);
        assertThat(early.seen).singleElement().isInstanceOf(LoopException.Ended.class);
        assertThat(late.seen).singleElement().isInstanceOf(LoopException.Ended.class);
    }

    @Test
    void refusesToRequestNothingAhead() {
        assertThatThrownBy(() -> Feed.of(manual, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ahead was 0");
    }

    /** Keeps what it is told; requests nothing by itself. */
    private static final class Collecting implements Flow.Subscriber<Integer> {
        final List<Object> seen = new ArrayList<>();
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
        }

        @Override
        public void onNext(Integer item) {
            seen.add(item);
        }

        @Override
        public void onError(Throwable error) {
            seen.add(error);
        }

        @Override
        public void onComplete() {
            seen.add("complete");
        }
    }

    /** Counts the ends it is told of, and hands its subscription to another thread. */
    private static final class Leaver implements Flow.Subscriber<Integer> {
        final AtomicInteger ends = new AtomicInteger();
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer item) {}

        @Override
        public void onError(Throwable error) {
            ends.incrementAndGet();
        }

        @Override
        public void onComplete() {
            ends.incrementAndGet();
        }
    }

    @Test
    void whoCancelsFromAnotherThreadIsNotToldOfAnEnd() throws InterruptedException {
        Leaver leaver = new Leaver();
        try (LoopThread thread = new LoopThread()) {
            SourcePublisher<Integer> publisher =
                    SourcePublisher.on(thread.loop(), List.of(1, 2, 3));
            for (int i = 0; i < 5000; i++) {
                leaver.subscription = null;
                publisher.subscribe(leaver);
                while (leaver.subscription == null) Thread.onSpinWait();
                for (int delay = i % 64; delay > 0; delay--) Thread.onSpinWait();
                leaver.subscription.cancel();
            }
        }
        assertThat(leaver.ends).hasValue(0);
    }
}
