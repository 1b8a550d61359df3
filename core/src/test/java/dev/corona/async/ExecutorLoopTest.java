package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import javax.swing.SwingUtilities;

/** Loops on threads that somebody else drives. */
@Timeout(60)
class ExecutorLoopTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    /** An executor that a test steps by hand. */
    private static final class Hand implements Executor {
        final Deque<Runnable> work = new ArrayDeque<>();
        boolean rejects;

        @Override
        public void execute(Runnable given) {
            if (rejects) throw new RejectedExecutionException("no more");
            work.add(given);
        }

        void drain() {
            while (!work.isEmpty()) work.remove().run();
        }

        @Override
        public String toString() {
            return "by hand";
        }
    }

    @Test
    void runsTasksStepByStepOnAnExecutorDrivenByHand() {
        Hand hand = new Hand();
        EventLoop loop = EventLoop.on(hand);
        CompletableFuture<String> future = new CompletableFuture<>();
        Task<String> task = loop.spawn(() -> log.add("started") ? Corona.await(future) : "");
        assertThat(log).isEmpty();
        hand.drain();
        assertThat(log).containsExactly("started");
        future.complete("value");
        assertThat(task.isDone()).isFalse();
        hand.drain();
        assertThat(task.resultNow()).isEqualTo("value");
    }

    @Test
    void runsSleepsAndAwaitsOnASingleThreadExecutor() throws Exception {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            EventLoop loop = EventLoop.on(executor);
            Task<String> task =
                    loop.spawn(
                            () -> {
                                Corona.sleep(Duration.ofMillis(1));
                                return Corona.spawn(() -> "child").join()
                                        + loop.isCurrent()
                                        + (EventLoop.current() == loop);
                            });
            assertThat(task.get()).isEqualTo("childtruetrue");
            loop.shutDown().get();
            assertThatThrownBy(() -> loop.spawn(() -> "")).isInstanceOf(LoopException.Ended.class);
        }
    }

    @Test
    void runsOnSwingsEventThread() throws Exception {
        System.setProperty("java.awt.headless", "true");
        EventLoop loop =
                EventLoop.on(SwingUtilities::invokeLater, SwingUtilities::isEventDispatchThread);
        Task<Boolean> task =
                loop.spawn(
                        () -> {
                            Corona.sleep(Duration.ofMillis(1));
                            return loop.isCurrent();
                        });
        assertThat(task.get()).isTrue();
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        SwingUtilities.invokeLater(
                () -> {
                    Task<String> later = loop.spawn(() -> "later");
                    refusal.complete(Virtual.thrownBy(later::join));
                });
        assertThat(refusal.get())
                .isInstanceOf(LoopException.NestedLoop.class)
                .hasMessageContaining("block until");
        loop.shutDown().get();
    }

    @Test
    void tasksOfTwoLoopsAwaitEachOther() throws Exception {
        try (ExecutorService one = Executors.newSingleThreadExecutor();
                ExecutorService two = Executors.newSingleThreadExecutor()) {
            EventLoop first = EventLoop.on(one);
            EventLoop second = EventLoop.on(two);
            Task<String> task =
                    first.spawn(
                            () -> {
                                Task<String> there =
                                        second.spawn(
                                                () -> {
                                                    Task<String> back = first.spawn(() -> "ping");
                                                    return Corona.await(back) + " pong";
                                                });
                                return Corona.await(there) + " " + first.isCurrent();
                            });
            assertThat(task.get()).isEqualTo("ping pong true");
            first.shutDown().get();
            second.shutDown().get();
        }
    }

    @Test
    void namesAnExecutorThatRunsWorkInsideOfExecute() {
        EventLoop loop = EventLoop.on(Runnable::run);
        assertThatThrownBy(() -> loop.spawn(() -> log.add("ran")))
                .isInstanceOf(LoopException.BadExecutor.class)
                .hasMessageContaining("inside of execute");
        assertThatThrownBy(() -> loop.spawn(() -> log.add("ran")))
                .isInstanceOf(LoopException.BadExecutor.class);
        assertThat(log).isEmpty();
    }

    @Test
    void namesAnExecutorWithSeveralThreads() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        Executor alternating =
                work -> {
                    Thread thread = new Thread(() -> runAndCount(work, first));
                    thread.start();
                };
        EventLoop loop = EventLoop.on(alternating);
        loop.spawn(() -> log.add("first"));
        first.await();
        Throwable failure = null;
        while (failure == null) failure = Virtual.thrownBy(() -> loop.spawn(() -> ""));
        assertThat(failure)
                .isInstanceOf(LoopException.BadExecutor.class)
                .hasMessageContaining("several threads");
    }

    private void runAndCount(Runnable work, CountDownLatch ran) {
        try {
            work.run();
        } catch (LoopException.BadExecutor refused) {
            log.add("refused");
        } finally {
            ran.countDown();
        }
    }

    @Test
    void namesAnExecutorThatDropsWork() {
        Hand hand = new Hand();
        EventLoop loop = EventLoop.on(hand);
        loop.execute(() -> log.add("dropped"));
        hand.work.clear();
        loop.execute(() -> log.add("second"));
        assertThatThrownBy(hand::drain)
                .isInstanceOf(LoopException.BadExecutor.class)
                .hasMessageContaining("by hand dropped work")
                .hasMessageContaining("number 1 came when 0 was due");
        assertThat(log).isEmpty();
    }

    @Test
    void anExecutorThatRejectsWorkRefusesSpawns() {
        Hand hand = new Hand();
        EventLoop loop = EventLoop.on(hand);
        Task<Object> waiting = loop.spawn(Virtual.callable(() -> Virtual.sleepSeconds(60)));
        hand.drain();
        hand.rejects = true;
        assertThatThrownBy(() -> loop.spawn(() -> "")).isInstanceOf(LoopException.class);
        assertThat(waiting.isDone()).isFalse();
        hand.rejects = false;
        loop.shutDown();
        hand.drain();
        assertThat(Virtual.thrownBy(waiting::join)).isInstanceOf(CancellationException.class);
    }

    @Test
    void refusesALoopInsideOfATurn() {
        Hand hand = new Hand();
        EventLoop loop = EventLoop.on(hand);
        loop.execute(
                () -> log.add(Virtual.thrownBy(() -> Corona.run(() -> "")).getClass().getName()));
        hand.drain();
        assertThat(log).containsExactly(LoopException.NestedLoop.class.getName());
    }

    @Test
    void refusesALoopInsideOfACoroutine() {
        dev.corona.Generator<Object> generator =
                dev.corona.Generator.of(out -> out.yield(Corona.run(() -> "nested")));
        assertThatThrownBy(generator::next).isInstanceOf(LoopException.NestedLoop.class);
    }
}
