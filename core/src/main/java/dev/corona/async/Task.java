package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A coroutine on an event loop, with a result. It starts in the loop's next turn, and is the {@code Future} and the
 * {@code CompletionStage} of what its body returns or throws.
 *
 * <p><b>Threads.</b> The body runs on the loop's thread. Everything else may be called by any thread. {@link #get()} and
 * {@link #join()} suspend the caller when it is a task, and block its thread when it is not.
 *
 * <p><b>Cancellation</b> is cooperative: {@link #cancel} makes the call in which the task waits, or the next one that would
 * wait, throw a {@link CancellationException}. It is delivered once; a {@code finally} block may wait again. The task ends
 * as cancelled if that exception leaves its body, and as usual if the body catches it and returns.
 *
 * <p><b>Errors.</b> What the body throws completes the future. If nobody has asked for the result by the end of the turn,
 * the loop's handler of uncaught errors is told, once. Only the body completes a task: {@code complete} and its like throw
 * {@link UnsupportedOperationException}.
 *
 * @param <T> the result; null is a value like any other
 */
public final class Task<T> extends CompletableFuture<T> {
    final EventLoop loop;
    final SpawnSite site;
    final @Nullable Task<?> spawner;
    private final String name;
    private final Callable<? extends T> body;
    final Continuation continuation;

    /** The wait that is going on; null while it runs or is ready. Loop's thread only, as are the fields below. */
    private @Nullable Waiter<?> waiter;

    private @Nullable CancellationException cancellation;
    private int atomicDepth;
    private boolean taken;

    /** The loop's list of its live tasks. */
    @Nullable Task<?> previous;

    @Nullable Task<?> next;

    Task(
            EventLoop loop,
            String name,
            SpawnSite site,
            @Nullable Task<?> spawner,
            Callable<? extends T> body) {
        this.loop = loop;
        this.name = name;
        this.site = site;
        this.spawner = spawner;
        this.body = body;
        Runnable work = this::runBody;
        this.continuation = Engines.forBody(work).create(name, work);
        continuation.attach(this);
    }

    /** The task that the caller runs in, also from inside a generator or coexpression of it; null outside of any. */
    public static @Nullable Task<?> currentOrNull() {
        for (Continuation c = Continuation.current(); c != null; c = c.parent()) {
            if (c.attachment() instanceof Task<?> task) return task;
        }
        return null;
    }

    /** The task that the caller runs in, which is about to wait for {@code what}. */
    static Task<?> requireCurrent(Object what) {
        Task<?> task = currentOrNull();
        if (task == null) throw new LoopException.NotInTask(what.toString());
        return task;
    }

    public String name() {
        return name;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Where it was spawned. */
    public SpawnSite spawnSite() {
        return site;
    }

    /** The task that spawned it; null if that was other code. */
    public @Nullable Task<?> spawner() {
        return spawner;
    }

    /** What it waits for now, such as {@code sleep 10 ms}; null while it does not wait. */
    public @Nullable String waitsFor() {
        Waiter<?> current = waiter;
        return current == null ? null : current.what.toString();
    }

    /** Its stack, innermost frame first, while it is suspended; empty otherwise. For the loop's thread. */
    public List<StackTraceElement> stack() {
        return continuation.stack();
    }

    /** Waits without blocking the loop until {@code request} is decided; the general form of every wait. */
    <R extends @Nullable Object> R suspend(Waiter<R> request) {
        waiter = request;
        if (request.external) loop.countExternalWait(1);
        try {
            while (!request.isDone()) continuation.suspend();
        } finally {
            waiter = null;
            if (request.external) loop.countExternalWait(-1);
        }
        return request.take();
    }

    /** Throws if this task must not wait now: inside {@code atomic}, or because it was cancelled. */
    void requireMayWait(Object what) {
        if (atomicDepth > 0) throw new LoopException.WouldBlock(what.toString());
        CancellationException pending = cancellation;
        if (pending != null) {
            cancellation = null;
            throw pending;
        }
    }

    boolean isAtomic() {
        return atomicDepth > 0;
    }

    void enterAtomic() {
        atomicDepth++;
    }

    void leaveAtomic() {
        atomicDepth--;
    }

    /** Makes it ready to run; any thread. */
    void wake() {
        loop.makeReady(this);
    }

    /** Runs it until it waits or ends; the loop calls this with nothing else on its stack. */
    void step() {
        if (continuation.isFinished()) return;
        continuation.resume();
    }

    private void runBody() {
        try {
            T result = body.call();
            loop.ended(this);
            super.complete(result);
        } catch (Unwinding unwinding) {
            loop.ended(this);
            super.cancel(false);
            throw unwinding;
        } catch (CancellationException cancelled) {
            loop.ended(this);
            super.completeExceptionally(cancelled);
        } catch (Throwable error) {
            loop.ended(this);
            super.completeExceptionally(error);
            loop.failed(this, error);
        }
    }

    /** Whether somebody has asked for the result, so that an error is theirs. */
    boolean isTaken() {
        return taken || getNumberOfDependents() > 0;
    }

    /** Notes that somebody will ask for the result, so that an error is not reported as uncaught. For the loop's thread. */
    public void take() {
        taken = true;
    }

    /**
     * Asks the task to end; see the class comment.
     *
     * @param mayInterruptIfRunning has no effect
     * @return whether the task had not ended yet
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) return false;
        loop.execute(this::cancelOnLoop);
        return true;
    }

    private void cancelOnLoop() {
        if (isDone()) return;
        CancellationException error = new CancellationException(name + " was cancelled");
        Waiter<?> waiting = waiter;
        if (waiting == null || !waiting.cancel(error)) cancellation = error;
    }

    /** Ends it at once by unwinding; for the end of the loop. */
    void unwind() {
        if (continuation.state() == Continuation.State.NEW) {
            continuation.close();
            loop.ended(this);
            super.cancel(false);
        } else {
            continuation.close();
        }
    }

    @Override
    public T join() {
        take();
        if (isDone() || currentOrNull() == null) {
            loop.refuseBlocking(this);
            return super.join();
        }
        return Corona.await(this);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        take();
        awaitEnd(null);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        take();
        if (currentOrNull() == null) {
            loop.refuseBlocking(this);
            return super.get(timeout, unit);
        }
        awaitEnd(Duration.ofNanos(unit.toNanos(timeout)));
        if (!isDone())
            throw new TimeoutException(name + " has not ended within " + timeout + " " + unit);
        return super.get();
    }

    /** Suspends the calling task, if the caller is one, until this one has ended or the time is over. */
    private void awaitEnd(@Nullable Duration limit) {
        if (isDone()) return;
        if (currentOrNull() == null) {
            loop.refuseBlocking(this);
            return;
        }
        Corona.<@Nullable Object>suspend(
                this,
                waiter -> {
                    whenComplete((value, error) -> waiter.complete());
                    if (limit != null) Corona.expire(waiter, limit);
                });
    }

    @Override
    public boolean complete(T value) {
        throw onlyTheBody();
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        throw onlyTheBody();
    }

    @Override
    public void obtrudeValue(T value) {
        throw onlyTheBody();
    }

    @Override
    public void obtrudeException(Throwable error) {
        throw onlyTheBody();
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        throw onlyTheBody();
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        return copy().orTimeout(timeout, unit);
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        return copy().completeOnTimeout(value, timeout, unit);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    private UnsupportedOperationException onlyTheBody() {
        return new UnsupportedOperationException(
                name
                        + " can only be completed by its body; cancel it, or complete a CompletableFuture instead");
    }

    @Override
    public String toString() {
        return name;
    }
}
