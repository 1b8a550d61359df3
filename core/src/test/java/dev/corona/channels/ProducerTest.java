package dev.corona.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Task;
import dev.corona.async.Virtual;
import dev.corona.errors.ChannelException;
import dev.corona.errors.CoroutineStateException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Bodies that fill a source or empty a sink, and generators that wait. */
class ProducerTest {
    private final List<Object> log = new ArrayList<>();

    private Producer<Integer> slowNumbers(int count) {
        return Producer.of(
                "numbers",
                0,
                out -> {
                    try {
                        for (int i = 1; i <= count; i++) {
                            Virtual.sleepSeconds(1);
                            out.send(i);
                        }
                    } finally {
                        Virtual.sleepSeconds(1);
                        log.add("cleaned up");
                    }
                });
    }

    @Test
    void isPulledByALoop() {
        Duration elapsed = Virtual.run(() -> slowNumbers(3).forEach(log::add));
        assertThat(log).containsExactly(1, 2, 3, "cleaned up");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void isPushedIntoASink() {
        Virtual.run(
                () -> {
                    Consumer<Integer, Integer> sum =
                            Consumer.of(in -> in.stream().mapToInt(n -> n).sum());
                    slowNumbers(4).sendTo(sum);
                    assertThat(sum.result()).isEqualTo(10);
                });
    }

    @Test
    void worksWhileItsConsumerDoes() {
        Duration elapsed =
                Virtual.run(
                        () -> {
                            for (int each : slowNumbers(3)) {
                                Virtual.sleepSeconds(1);
                                log.add(each);
                            }
                        });
        assertThat(elapsed).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void runsAheadAsFarAsItMay() {
        Virtual.run(
                () -> {
                    Producer<Integer> numbers =
                            Producer.of(
                                    "n",
                                    2,
                                    out -> {
                                        for (int i = 1; ; i++) {
                                            out.send(i);
                                            log.add(i);
                                        }
                                    });
                    assertThat(numbers.receive()).isEqualTo(1);
                    Virtual.sleepSeconds(1);
                    assertThat(log).containsExactly(1, 2, 3);
                    numbers.close();
                });
    }

    @Test
    void closingEarlyUnwindsTheBodyAndWaitsForIt() {
        Virtual.run(
                () -> {
                    try (Producer<Integer> numbers = slowNumbers(100)) {
                        for (int each : numbers) {
                            log.add(each);
                            if (each == 2) break;
                        }
                    }
                    assertThat(log).containsExactly(1, 2, "cleaned up");
                    assertThat(EventLoop.current().taskCount()).isEqualTo(1);
                });
    }

    @Test
    void whatNobodyAsksForNeverRuns() {
        Virtual.run(
                () -> {
                    Producer<Integer> numbers = slowNumbers(1);
                    numbers.close();
                    assertThat(numbers.receiveOrNull()).isNull();
                    assertThatThrownBy(numbers::receive)
                            .isInstanceOf(ChannelException.ClosedForReceive.class)
                            .hasMessageContaining("producer numbers");
                });
        assertThat(log).isEmpty();
    }

    @Test
    void closingBeforeTheBodyHasRunCancelsIt() {
        Virtual.run(
                () -> {
                    Producer<Integer> numbers = slowNumbers(1);
                    Task<Integer> receiver = Corona.spawn(numbers::receiveOrNull);
                    Task<Object> closer = Virtual.spawn("closer", numbers::close);
                    assertThat(Corona.await(receiver)).isNull();
                    Corona.await(closer);
                });
        assertThat(log).isEmpty();
    }

    @Test
    void anErrorOfTheBodyComesAfterItsElements() {
        Exception broken = new Exception("broken");
        Virtual.run(
                () -> {
                    Producer<Integer> numbers =
                            Producer.of(
                                    out -> {
                                        out.send(1);
                                        throw broken;
                                    });
                    assertThatThrownBy(() -> numbers.forEach(log::add))
                            .isInstanceOf(CompletionException.class)
                            .hasCause(broken);
                    Producer<Integer> unchecked =
                            Producer.of(
                                    out -> {
                                        throw new IllegalStateException("as it is");
                                    });
                    assertThatThrownBy(unchecked::receive)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("as it is");
                });
        assertThat(log).containsExactly(1);
    }

    @Test
    void anErrorInTheCleanupComesOutOfClosing() {
        Virtual.run(
                () -> {
                    Producer<Integer> numbers =
                            Producer.of(
                                    out -> {
                                        try {
                                            while (true) out.send(1);
                                        } catch (CancellationException e) {
                                            throw new IllegalStateException("cleanup");
                                        }
                                    });
                    numbers.receive();
                    numbers.receive();
                    Corona.yieldNow();
                    assertThatThrownBy(numbers::close).hasMessageContaining("cleanup");
                });
    }

    @Test
    void aBodyThatIsAboutToSendIsCancelledOnceToo() {
        Virtual.run(
                () -> {
                    Producer<Integer> numbers =
                            Producer.of(
                                    out -> {
                                        try {
                                            while (true) out.send(1);
                                        } finally {
                                            Virtual.sleepSeconds(1);
                                            log.add("cleaned up");
                                        }
                                    });
                    numbers.receive();
                    numbers.receive();
                    numbers.close();
                });
        assertThat(log).containsExactly("cleaned up");
    }

    @Test
    void mayBeClosedByItsOwnBody() {
        Virtual.run(
                () -> {
                    List<Producer<Integer>> self = new ArrayList<>();
                    self.add(
                            Producer.of(
                                    out -> {
                                        self.getFirst().close();
                                        out.send(1);
                                    }));
                    assertThat(self.getFirst().receiveOrNull()).isNull();
                });
    }

    @Test
    void aConsumerTakesWhatIsSentAndHasAResult() {
        Virtual.run(
                () -> {
                    Consumer<String, String> joined =
                            Consumer.of("join", 1, in -> String.join("", in));
                    try (joined) {
                        joined.sendAll(List.of("a", "b", "c"));
                    }
                    assertThat(joined.result()).isEqualTo("abc");
                    Consumer<String, String> empty = Consumer.of(in -> String.join("", in));
                    empty.close();
                    assertThat(empty.result()).isEmpty();
                });
    }

    @Test
    void aConsumerThatEndsRefusesMore() {
        Virtual.run(
                () -> {
                    Consumer<Integer, Integer> one = Consumer.of(Source::receive);
                    one.send(1);
                    assertThat(one.result()).isEqualTo(1);
                    assertThatThrownBy(() -> one.send(2))
                            .isInstanceOf(ChannelException.ClosedForSend.class);
                });
    }

    @Test
    void theErrorOfAConsumerReachesSendersAndTheEnd() {
        IllegalStateException broken = new IllegalStateException("broken");
        Virtual.run(
                () -> {
                    Consumer<Integer, Object> failing =
                            Consumer.of(
                                    in -> {
                                        in.receive();
                                        throw broken;
                                    });
                    failing.send(1);
                    assertThatThrownBy(() -> failing.send(2))
                            .isInstanceOf(ChannelException.ClosedForSend.class)
                            .hasCause(broken);
                    assertThatThrownBy(failing::close).isSameAs(broken);
                });
    }

    @Test
    void aConsumerSeesTheErrorOfItsSenders() {
        IllegalStateException broken = new IllegalStateException("broken");
        Virtual.run(
                () -> {
                    Consumer<Integer, String> consumer =
                            Consumer.of(
                                    in -> {
                                        try {
                                            in.receive();
                                            return "";
                                        } catch (IllegalStateException e) {
                                            return e.getMessage();
                                        }
                                    });
                    consumer.close(broken);
                    assertThat(consumer.result()).isEqualTo("broken");
                });
    }

    @Test
    void aGeneratorThatWaitsIsUnwoundWithWaitsInItsCleanup() {
        Generator<Integer> numbers =
                Generator.of(
                        out -> {
                            try {
                                for (int i = 1; ; i++) {
                                    Virtual.sleepSeconds(1);
                                    out.yield(i);
                                }
                            } finally {
                                Virtual.sleepSeconds(1);
                                log.add("cleaned up");
                            }
                        });
        Duration elapsed =
                Virtual.run(
                        () -> {
                            try (Generator<Integer> run = numbers.iterator()) {
                                log.add(run.next());
                                log.add(run.next());
                            }
                            log.add("closed");
                        });
        assertThat(log).containsExactly(1, 2, "cleaned up", "closed");
        assertThat(elapsed).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aGeneratorMayReceiveAndYield() {
        Virtual.run(
                () -> {
                    Producer<Integer> source = slowNumbers(3);
                    Generator<Integer> squares =
                            Generator.of(
                                    out -> {
                                        for (int each : source) out.yield(each * each);
                                    });
                    List<Integer> seen = new ArrayList<>();
                    for (int each : squares) seen.add(each);
                    assertThat(seen).containsExactly(1, 4, 9);
                });
    }

    @Test
    void yieldingFromTheWrongGeneratorIsRefused() {
        Virtual.run(
                () -> {
                    List<Generator.Yielder<Integer>> outs = new ArrayList<>();
                    Generator<Integer> other =
                            Generator.of(
                                    out -> {
                                        outs.add(out);
                                        out.yield(1);
                                    });
                    other.next();
                    Generator<Integer> wrong = Generator.of(out -> outs.getFirst().yield(2));
                    assertThatThrownBy(wrong::next)
                            .isInstanceOf(CoroutineStateException.Outside.class)
                            .hasMessageContaining("yield only from the coroutine's own body");
                    Task<Object> elsewhere =
                            Virtual.spawn("elsewhere", () -> outs.getFirst().yield(3));
                    assertThatThrownBy(() -> Corona.await(elsewhere))
                            .isInstanceOf(CoroutineStateException.Outside.class);
                    assertThat(other.hasNext()).isFalse();
                });
    }

    @Test
    void refusesANegativeNumberAhead() {
        assertThatThrownBy(() -> Producer.of("p", -1, out -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> Consumer.of("c", -1, in -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
