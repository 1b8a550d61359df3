package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corona.Generator;
import dev.corona.Resumable;
import dev.corona.blocking.Blocking;
import dev.corona.blocking.ByteSource;
import dev.corona.channels.Channel;
import dev.corona.channels.Producer;
import dev.corona.channels.Select;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a woven task does by frames; run by {@code WovenEngineTest}, which weaves it first. */
class WovenTaskContract {
    private final List<String> log = new ArrayList<>();

    @Test
    void runsOnTheWovenEngine() {
        Virtual.run(
                () -> {
                    log.add(Task.currentOrNull().engine());
                    Virtual.sleepSeconds(1);
                    log.add(Task.currentOrNull().engine());
                });
        assertThat(log).containsExactly("woven", "woven");
    }

    @Test
    void waitsInEveryWay() throws Exception {
        Virtual.run(
                () -> {
                    Task<String> slow = Corona.spawn(() -> slow("value"));
                    log.add(Corona.await(slow));
                    log.add(Corona.spawn(() -> slow("joined")).join());
                    log.add(Corona.spawn(() -> slow("got")).get());
                    log.add(Corona.spawn(() -> slow("in time")).get(1, TimeUnit.DAYS));
                    Task<String> late = Corona.spawn(() -> slow("late"));
                    log.add(timeoutOf(late));
                    Corona.yieldNow();
                    log.add(Corona.suspend("x", waiter -> waiter.complete("at once")));
                    log.add(
                            Corona.suspend(
                                    "x",
                                    false,
                                    waiter ->
                                            EventLoop.current()
                                                    .schedule(
                                                            Duration.ofSeconds(1),
                                                            () -> waiter.complete("later"))));
                });
        assertThat(log)
                .containsExactly(
                        "value",
                        "joined",
                        "got",
                        "in time",
                        "TimeoutException",
                        "at once",
                        "later");
    }

    private static String timeoutOf(Task<String> late) throws Exception {
        try {
            return late.get(1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException expected) {
            return "TimeoutException";
        }
    }

    private static String slow(String value) {
        Virtual.sleepSeconds(1);
        return value;
    }

    @Test
    void errorsArriveInTheFramesThatWait() {
        Virtual.run(
                () -> {
                    Task<Object> failing = Virtual.spawn("failing", () -> fail());
                    try {
                        Corona.await(failing);
                    } catch (IllegalStateException e) {
                        log.add(e.getMessage());
                    }
                    Task<Object> again = Virtual.spawn("again", () -> fail());
                    try {
                        again.get();
                    } catch (ExecutionException e) {
                        log.add(e.getCause().getMessage());
                    }
                });
        assertThat(log).containsExactly("failed", "failed");
    }

    private static void fail() {
        Virtual.sleepSeconds(1);
        throw new IllegalStateException("failed");
    }

    @Test
    void isCancelledInTheFrameThatWaits() {
        CompletableFuture<Object> never = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> task =
                            Virtual.spawn(
                                    "task",
                                    () -> {
                                        try {
                                            Corona.await(never);
                                        } catch (CancellationException e) {
                                            Virtual.sleepSeconds(1);
                                            log.add("cleaned up");
                                        }
                                    });
                    Corona.yieldNow();
                    task.cancel(false);
                    Corona.await(task);
                });
        assertThat(log).containsExactly("cleaned up");
        assertThat(never.getNumberOfDependents()).isZero();
    }

    @Test
    void awaitsInsideOfAGenerator() {
        Virtual.run(
                () -> {
                    Generator<String> generator =
                            Generator.of(
                                    out -> {
                                        for (int i = 0; i < 3; i++) {
                                            Virtual.sleepSeconds(1);
                                            out.yield("v" + i);
                                        }
                                    });
                    while (generator.hasNext()) log.add(generator.next());
                });
        assertThat(log).containsExactly("v0", "v1", "v2");
    }

    @Test
    void showsItsStackWhileItWaits() {
        Virtual.run(
                () -> {
                    Task<String> task = Corona.spawn(() -> slow("x"));
                    Corona.yieldNow();
                    log.add(task.stack().toString());
                    log.add(task.waitsFor());
                });
        assertThat(log.getFirst()).contains("slow");
        assertThat(log.getLast()).isEqualTo("sleep 1000 ms");
    }

    @Test
    void countsWhatItWaitsForOutside() {
        CompletableFuture<Object> outside = new CompletableFuture<>();
        Virtual.run(
                () -> {
                    Task<Object> task = Corona.spawn(() -> Corona.await(outside));
                    Corona.yieldNow();
                    log.add("" + EventLoop.current().isSomethingPending());
                    outside.complete("");
                    Corona.await(task);
                    log.add("" + EventLoop.current().isSomethingPending());
                });
        assertThat(log).containsExactly("true", "false");
    }

    @Test
    void waitsInChannelsByFrames() {
        Virtual.run(
                () -> {
                    Channel<String> channel = Channel.rendezvous();
                    Virtual.spawn("sender", () -> sendSlowly(channel));
                    for (String each : channel) log.add(each + " " + Task.currentOrNull().engine());
                    log.add("end");
                });
        assertThat(log).containsExactly("a woven", "b woven", "end");
    }

    private static void sendSlowly(Channel<String> channel) {
        Virtual.sleepSeconds(1);
        channel.send("a");
        Virtual.sleepSeconds(1);
        channel.send("b");
        channel.close();
    }

    @Test
    void waitsForTheFirstOfManyAndInItsBranch() {
        Virtual.run(
                () -> {
                    Channel<String> channel = Channel.rendezvous();
                    Virtual.spawn("sender", () -> sendSlowly(channel));
                    Select<String> select =
                            Select.<String>biased()
                                    .onReceive(channel, text -> slow(text + "!"))
                                    .onTimeout(Duration.ofMinutes(1), () -> "late");
                    log.add(select.await());
                    log.add(select.await() + Task.currentOrNull().engine());
                    List<Task<String>> tasks = List.of(Corona.spawn(() -> slow("x")));
                    log.add(Stages.all(tasks) + Task.currentOrNull().engine());
                });
        assertThat(log).containsExactly("a!", "b!woven", "[x]woven");
    }

    @Test
    void walksATickerInALoop() {
        Virtual.run(
                () -> {
                    Ticker ticker = Ticker.everyRate(Duration.ofSeconds(2));
                    for (long beat : ticker) {
                        log.add(beat + " " + Task.currentOrNull().engine());
                        if (beat == 2) ticker.stop();
                    }
                });
        assertThat(log).containsExactly("0 woven", "1 woven", "2 woven");
    }

    @Test
    void walksWhatItWasGivenIfItIsMarked() {
        Virtual.run(
                () -> {
                    Channel<String> channel = Channel.rendezvous();
                    Virtual.spawn("sender", () -> sendSlowly(channel));
                    walk(channel);
                });
        assertThat(log).containsExactly("a woven", "b woven");
    }

    @Resumable
    private void walk(Iterable<String> values) {
        for (String each : values) log.add(each + " " + Task.currentOrNull().engine());
    }

    @Test
    void aProducerIsAsWovenAsItsBody() {
        Virtual.run(
                () -> {
                    Producer<String> woven = Producer.of(out -> out.send(engineAfterAWait()));
                    Producer<String> plain = Producer.of(Unmarked.sending());
                    for (String each : woven) log.add(each);
                    for (String each : plain) log.add(each);
                    log.add(Task.currentOrNull().engine());
                });
        assertThat(log).containsExactly("woven", Engines.fallback().name(), "woven");
    }

    private static String engineAfterAWait() {
        Virtual.sleepSeconds(1);
        return Task.currentOrNull().engine();
    }

    @Test
    void readsAViewOfASource() throws Exception {
        Virtual.run(
                () -> {
                    Channel<byte[]> bytes = Channel.rendezvous();
                    Virtual.spawn("sender", () -> sendBytes(bytes));
                    try (BufferedReader reader = ByteSource.of(bytes).asReader(UTF_8)) {
                        for (String line = reader.readLine();
                                line != null;
                                line = reader.readLine())
                            log.add(line + " " + Task.currentOrNull().engine());
                    }
                });
        assertThat(log).containsExactly("one woven", "two woven");
    }

    private static void sendBytes(Channel<byte[]> bytes) {
        for (String each : List.of("on", "e\nt", "wo")) {
            Virtual.sleepSeconds(1);
            bytes.send(each.getBytes(UTF_8));
        }
        bytes.close();
    }

    @Test
    void waitsForOffloadedCode() {
        Corona.run(
                () -> {
                    log.add(Blocking.offload(() -> "result") + Task.currentOrNull().engine());
                    return "";
                });
        assertThat(log).containsExactly("resultwoven");
    }
}
