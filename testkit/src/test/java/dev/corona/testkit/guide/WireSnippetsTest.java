package dev.corona.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.async.Awaited;
import dev.corona.async.Cleanup;
import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.LoopClock;
import dev.corona.async.LoopDump;
import dev.corona.async.LoopOptions;
import dev.corona.async.Task;
import dev.corona.async.Watchdog;
import dev.corona.blocking.Blocking;
import dev.corona.blocking.ByteSource;
import dev.corona.blocking.Offload;
import dev.corona.channels.Channel;
import dev.corona.channels.Producer;
import dev.corona.channels.Select;
import dev.corona.flow.Feed;
import dev.corona.flow.SourcePublisher;
import dev.corona.testkit.LoopTest;
import dev.corona.testkit.SteppedLoop;
import dev.corona.testkit.Steps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;

/** The code of docs/coroutines-in-java.md about channels and what is around a loop; {@link GuideTest} compares the two. */
@Timeout(120)
class WireSnippetsTest {
    private final List<Object> log = new ArrayList<>();

    @LoopTest
    void channelsCarry() {
        // region channel
        Channel<String> lines = Channel.buffered(16);
        Task<Integer> reader =
                Corona.spawn(
                        () -> {
                            int count = 0;
                            for (String line : lines) count += line.length();
                            return count; // the channel is closed, and empty
                        });
        lines.send("hello");
        lines.send("world");
        lines.close();
        int characters = Corona.await(reader);
        // end
        assertThat(characters).isEqualTo(10);
    }

    @LoopTest
    void otherThreadsSend() throws Exception {
        // region outside
        Channel<String> orders = Channel.rendezvous();
        var outside = orders.outside();
        CompletableFuture<Void> thread =
                CompletableFuture.runAsync(
                        () -> {
                            outside.send("tea").join();
                            outside.close();
                        });
        for (String order : orders) log.add(order);
        // end
        Corona.await(thread);
        assertThat(log).containsExactly("tea");
    }

    @LoopTest
    void theFirstOfSome() {
        Channel<String> lines = Channel.rendezvous();
        Task<String> task = Corona.spawn(() -> "ended");
        // region select
        String what =
                Select.<String>fair()
                        .onReceive(lines, line -> "line " + line)
                        .onDone(task, result -> "the task has " + result)
                        .onTimeout(Duration.ofSeconds(5), () -> "nothing for 5 s")
                        .await();
        // end
        assertThat(what).isEqualTo("the task has ended");
    }

    @LoopTest
    void aGeneratorMayWait() {
        // region waiting-generator
        Generator<String> pages =
                Generator.of(
                        out -> {
                            for (int page = 1; page <= 3; page++) {
                                Corona.sleep(Duration.ofMillis(100)); // or await a request
                                out.yield("page " + page);
                            }
                        });
        for (String page : pages) log.add(page);
        // end
        assertThat(log).containsExactly("page 1", "page 2", "page 3");
    }

    @LoopTest
    void aProducerWorksAhead() {
        // region producer
        try (Producer<Integer> squares =
                Producer.of(
                        "squares",
                        4,
                        out -> {
                            for (int i = 1; i <= 5; i++) out.send(i * i);
                        })) {
            for (int square : squares) log.add(square);
        }
        // end
        assertThat(log).containsExactly(1, 4, 9, 16, 25);
    }

    @LoopTest
    void publishersAreLoops() {
        // region flow
        Flow.Publisher<Integer> numbers = SourcePublisher.of(List.of(1, 2, 3));
        try (Feed<Integer> feed = Feed.of(numbers)) {
            for (int number : feed) log.add(number);
        }
        // end
        assertThat(log).containsExactly(1, 2, 3);
    }

    @LoopTest
    void blockingCodeReads() throws Exception {
        // region stream
        Channel<byte[]> arriving = Channel.rendezvous();
        Corona.spawn(
                () -> {
                    for (String piece : List.of("first\nsec", "ond\n")) {
                        Corona.sleep(Duration.ofSeconds(1));
                        arriving.send(piece.getBytes(StandardCharsets.UTF_8));
                    }
                    arriving.close();
                    return "sent";
                });
        BufferedReader reader = ByteSource.of(arriving).asReader(StandardCharsets.UTF_8);
        List<String> read = reader.lines().toList(); // waits; the other task runs
        // end
        assertThat(read).containsExactly("first", "second");
    }

    @LoopTest(time = LoopTest.Time.SYSTEM)
    void whatBlocksRunsElsewhere() {
        // region offload
        Offload database = Offload.platform(4); // at most four at a time
        String row = database.call(() -> "a row that took its time");
        String other = Blocking.offload(() -> "with the common limit");
        // end
        assertThat(row + other).hasSize(45);
    }

    @Test
    void aLoopOnAnExecutor() throws Exception {
        // region executor
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            EventLoop loop = EventLoop.on(thread);
            Task<String> task = loop.spawn(() -> "on " + loop.isCurrent());
            log.add(task.get()); // a plain thread blocks
            loop.shutDown().get();
        }
        // end
        assertThat(log).containsExactly("on true");
    }

    @Test
    void whatIsLeftWhenSomethingFailsIsLeaked() {
        // region cleanup
        LoopOptions options =
                LoopOptions.defaults()
                        .withCleanup(Cleanup.unwind().whileFailing(Cleanup.Action.LEAK))
                        .withClock(LoopClock.virtual());
        // end
        assertThatThrownBy(() -> Corona.run(options, this::failWhileAnotherWaits))
                .hasMessage("failed");
        assertThat(log).isEmpty();
    }

    @Test
    void theEndOfALoopIsNewsForWhoAsks() {
        assertThatThrownBy(() -> Corona.run(LoopClock.virtual(), this::failWhileAnotherWaits))
                .hasMessage("failed");
        assertThat(log).containsExactly("dropped");
    }

    private String failWhileAnotherWaits() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Corona.spawn(() -> awaitPolitely(never));
        Corona.yieldNow();
        throw new IllegalStateException("failed");
    }

    private String awaitPolitely(CompletableFuture<String> never) {
        // region dropped
        Awaited<String> answer = Corona.awaitOrDropped(never);
        if (answer.isDropped()) log.add("dropped"); // the loop ends: clean up and return
        // end
        return "";
    }

    // region looptest
    @LoopTest
    void retriesAfterAnHour(Steps steps, LoopClock clock) {
        Corona.spawn(
                () -> {
                    steps.reach(2);
                    Corona.sleep(Duration.ofHours(1)); // takes no time
                    steps.reach(3);
                    return "retried";
                });
        steps.reach(1);
        Corona.sleep(Duration.ofHours(2));
        steps.last(4);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(2));
    }

    // end

    @Test
    void stepByStep() {
        // region stepped
        try (SteppedLoop stepped = new SteppedLoop()) {
            stepped.loop()
                    .spawn(
                            () -> {
                                Corona.sleep(Duration.ofSeconds(1));
                                return log.add("woken");
                            });
            stepped.runReady();
            assertThat(log).isEmpty();
            stepped.advance(Duration.ofSeconds(1));
            assertThat(log).containsExactly("woken");
        }
        // end
    }

    @LoopTest
    void aDumpShowsWhoWaits() {
        Channel<String> orders = Channel.<String>rendezvous().named("orders");
        Task<String> waiting = Corona.spawn("waiter", () -> orders.receive());
        Corona.yieldNow();
        // region dump
        LoopDump dump = Corona.dump();
        String text = dump.toString(); // the tree of tasks, with stacks
        String json = dump.toJson();
        // end
        assertThat(text).contains("waiter").contains("receive from channel orders");
        assertThat(json).contains("waiter");
        waiting.cancel(true);
        Corona.yieldNow();
    }

    @Test
    void aWatchdogBarks() {
        // region watchdog
        Corona.run(
                () -> {
                    try (Watchdog dog =
                            Watchdog.watch(EventLoop.current(), Duration.ofMillis(500))) {
                        return "a step that takes longer is reported, with its stack";
                    }
                });
        // end
    }
}
