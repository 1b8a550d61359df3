package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.CoroutineStateException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.swing.SwingUtilities;

/** Loops on threads that somebody else drives. */
@Timeout(60)
class ExecutorLoopTest {
    private final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
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
        // what the first step hands in may be noticed before the spawn returns
        Throwable failure = Virtual.thrownBy(() -> loop.spawn(() -> log.add("first")));
        first.await();
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

    /** Waits for {@code future}, and says when it is left. */
    private Task<Object> waitingFor(EventLoop loop, CompletableFuture<?> future) {
        loop.onUncaught((task, error) -> uncaught.add(error));
        return loop.spawn(
                "waiting",
                SpawnSite.here(),
                () -> {
                    try {
                        return Corona.await(future);
                    } finally {
                        log.add("cleaned up");
                    }
                });
    }

    private static void assertCancelledBy(Class<?> cause, Task<?> task) {
        assertThat(task.isDone()).isTrue();
        Throwable thrown = Virtual.thrownBy(task::join);
        assertThat(thrown).isInstanceOf(CancellationException.class);
        assertThat(thrown).hasStackTraceContaining(cause.getName());
    }

    @Test
    void anExecutorThatRejectsWorkEndsTheLoopAndUnwindsItsTasks() {
        Hand hand = new Hand();
        EventLoop loop = EventLoop.on(hand);
        CompletableFuture<String> future = new CompletableFuture<>();
        Task<Object> waiting = waitingFor(loop, future);
        hand.drain();
        hand.rejects = true;
        future.complete("lost");
        assertThat(log).containsExactly("cleaned up");
        assertCancelledBy(LoopException.BadExecutor.class, waiting);
        assertThat(uncaught).hasSize(1);
        assertThat(uncaught.getFirst())
                .isInstanceOf(LoopException.BadExecutor.class)
                .hasMessageContaining("by hand rejected work")
                .hasNoSuppressedExceptions();
        assertThatThrownBy(() -> loop.spawn(() -> "")).isSameAs(uncaught.getFirst());
        hand.rejects = false;
        assertThat(loop.shutDown()).isCompleted();
    }

    @Test
    void tasksOfAnExecutorThatIsShutDownByOneOfThemAreUnwoundOnItsThread() throws Exception {
        CompletableFuture<Thread> cleanedUp = new CompletableFuture<>();
        int moreThanATurn = 1000;
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop loop = EventLoop.on(executor);
        Task<Object> waiting = waitingFor(loop, new CompletableFuture<>());
        CountDownLatch spawned = new CountDownLatch(1);
        Task<String> closing =
                loop.spawn(
                        () -> {
                            // a spawn on a loop that is broken meanwhile throws
                            spawned.await();
                            executor.shutdown();
                            for (int i = 0; i < moreThanATurn; i++) Corona.spawn(() -> "");
                            try {
                                return Corona.await(new CompletableFuture<String>());
                            } finally {
                                cleanedUp.complete(loop.isCurrent() ? loop.thread() : null);
                            }
                        });
        spawned.countDown();
        assertThatThrownBy(closing::get).isInstanceOf(CancellationException.class);
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(cleanedUp).isCompletedWithValue(loop.thread());
        assertCancelledBy(LoopException.BadExecutor.class, waiting);
        assertThat(log).containsExactly("cleaned up");
    }

    @Test
    void tasksOfAnExecutorThatIsGoneAreUnwoundOrNamed() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop loop = EventLoop.on(executor);
        CompletableFuture<String> future = new CompletableFuture<>();
        CountDownLatch waits = new CountDownLatch(1);
        Task<Object> waiting = waitingFor(loop, future);
        loop.execute(waits::countDown);
        waits.await();
        executor.shutdown();
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        future.complete("lost");
        assertUnwoundOrNamed(waiting);
    }

    private void assertUnwoundOrNamed(Task<?> waiting) {
        assertCancelledBy(LoopException.BadExecutor.class, waiting);
        Throwable error = uncaught.getFirst();
        assertThat(error).isInstanceOf(LoopException.BadExecutor.class);
        if (waiting.isMovable()) {
            assertThat(log).contains("cleaned up");
            assertThat(error).hasNoSuppressedExceptions();
        } else {
            assertThat(log).doesNotContain("cleaned up");
            assertThat(error.getSuppressed())
                    .singleElement()
                    .isInstanceOf(CoroutineStateException.ForeignThread.class)
                    .asString()
                    .contains("waiting");
        }
    }

    @Test
    void tasksOfAnExecutorWithSeveralThreadsAreUnwoundOrNamed() throws Exception {
        CompletableFuture<Thread> second = new CompletableFuture<>();
        CountDownLatch waits = new CountDownLatch(1);
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            AtomicReference<Executor> current = new AtomicReference<>(one);
            EventLoop loop = EventLoop.on(work -> current.get().execute(work));
            Task<Object> waiting = waitingFor(loop, new CompletableFuture<>());
            loop.execute(waits::countDown);
            waits.await();
            one.submit(() -> {}).get();
            current.set(work -> second.complete(Thread.startVirtualThread(() -> runAndLog(work))));
            loop.execute(() -> log.add("ran on a second thread"));
            second.get().join();
            assertThat(log).contains("refused").doesNotContain("ran on a second thread");
            assertUnwoundOrNamed(waiting);
        }
    }

    private void runAndLog(Runnable work) {
        try {
            work.run();
        } catch (LoopException.BadExecutor refused) {
            log.add("refused");
        }
    }

    @Test
    void aTaskWhoseStartWasDroppedIsCancelled() {
        Hand hand = new Hand();
        EventLoop loop = EventLoop.on(hand);
        Task<Object> dropped = waitingFor(loop, new CompletableFuture<>());
        hand.work.clear();
        loop.execute(() -> log.add("second"));
        assertThatThrownBy(hand::drain).isInstanceOf(LoopException.BadExecutor.class);
        assertCancelledBy(LoopException.BadExecutor.class, dropped);
        assertThat(log).isEmpty();
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
