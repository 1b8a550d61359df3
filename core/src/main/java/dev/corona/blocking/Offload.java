package dev.corona.blocking;

import dev.corona.async.Corona;
import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place for code that really blocks a thread, or computes for long, with a limit to how many such calls run at a time. Those above
 * the limit wait in the order in which they came.
 *
 * <p><b>Threads.</b> Any thread may {@link #submit}; {@link #call} is for tasks. The code runs on threads of the executor.
 *
 * <p><b>Cancellation.</b> A call whose task or future is cancelled never starts, or its thread is interrupted; the task goes on at
 * once, and the call counts against the limit until it has really ended.
 *
 * <p><b>Errors</b> of the code come out of the call, or fail the future.
 */
public final class Offload {
    private static final int COMMON_LIMIT = 256;
    private static final int IDLE_SECONDS = 30;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Executor executor;
    private final int limit;
    private final Queue<Job<?>> waiting = new ConcurrentLinkedQueue<>();

    /** How many jobs the executor has; at most {@link #limit}. */
    private final AtomicInteger running = new AtomicInteger();

    private Offload(Executor executor, int limit) {
        if (limit < 1)
            throw new IllegalArgumentException(
                    "an offload must run at least 1 call at a time, but limit was " + limit);
        this.executor = executor;
        this.limit = limit;
    }

    /** The one of the process: virtual threads, 256 calls at a time. */
    public static Offload common() {
        return Common.INSTANCE;
    }

    /** Calls on virtual threads: for code that waits in the JDK, such as files, JDBC drivers, locks. */
    public static Offload virtual(int limit) {
        return new Offload(
                work ->
                        Thread.ofVirtual()
                                .name("corona-offload-" + NAMES.incrementAndGet())
                                .start(work),
                limit);
    }

    /** Calls on daemon threads of the platform, as many as the limit: for native code, and for code that computes. */
    public static Offload platform(int limit) {
        return new Offload(newPool(limit), limit);
    }

    private static Executor newPool(int limit) {
        int threads = Math.max(1, limit);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("corona-offload-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Calls on an executor of the caller's, which may have more threads than the limit. */
    public static Offload on(Executor executor, int limit) {
        return new Offload(executor, limit);
    }

    /** The common one is made when somebody asks for it. */
    private static final class Common {
        static final Offload INSTANCE = virtual(COMMON_LIMIT);
    }

    /**
     * Runs {@code body} elsewhere; suspends the calling task until it has ended.
     *
     * @throws LoopException.NotInTask outside of a task; nothing has run then
     * @throws LoopException.WouldBlock inside {@code atomic}; nothing has run then
     */
    public <T extends @Nullable Object> T call(Callable<? extends T> body) {
        Corona.requireMayWait("offloaded code");
        CompletableFuture<T> job = submit(body);
        try {
            return Corona.await(job);
        } finally {
            job.cancel(true);
        }
    }

    /** Runs {@code body} elsewhere. Cancelling the future interrupts it. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Callable<? extends T> body) {
        Job<T> job = new Job<>(this, body);
        waiting.add(job);
        startSome();
        return job;
    }

    /** How many calls run now; those that were cancelled and have not ended count. */
    public int running() {
        return running.get();
    }

    /** How many calls wait for their turn. */
    public int waiting() {
        return waiting.size();
    }

    private void startSome() {
        while (!waiting.isEmpty() && enter()) {
            Job<?> next = waiting.poll();
            if (next == null) running.decrementAndGet();
            else start(next);
        }
    }

    private boolean enter() {
        int now = running.get();
        while (now < limit) {
            if (running.compareAndSet(now, now + 1)) return true;
            now = running.get();
        }
        return false;
    }

    private void start(Job<?> job) {
        try {
            executor.execute(job);
        } catch (RejectedExecutionException refused) {
            running.decrementAndGet();
            job.completeExceptionally(refused);
        }
    }

    void ended() {
        running.decrementAndGet();
        startSome();
    }

    void withdraw(Job<?> job) {
        waiting.remove(job);
    }
}
