package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.jspecify.annotations.Nullable;

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
 * {@link #join()} suspend the caller when it is a task, and block its thread when it is not; the loop's own thread outside of
 * a task is refused. Callbacks of the result run where the task ends, on the loop's thread, and must not wait. A stage that
 * {@code thenApply} and its like make is an ordinary future, which a task awaits and does not join.
 *
 * <p><b>Cancellation</b> is cooperative: {@link #cancel} makes the call in which the task waits, or the next one that would
 * wait, throw a {@link CancellationException}. It is delivered once; a {@code finally} block may wait again. The task ends
 * as cancelled if that exception leaves its body, and as usual if the body catches it and returns. A task that has not
 * started never does.
 *
 * <p><b>Errors.</b> What the body throws completes the future. If nobody has asked for the result by the end of the turn, the
 * loop's handler of uncaught errors is told, once; to ask is to await, get or join it, or to make a stage of it. Only the
 * body completes a task: {@code complete} and its like throw {@link UnsupportedOperationException}.
 *
 * @param <T> the result; null is a value like any other
 */
public final class Task<T> extends CompletableFuture<T> {
    final EventLoop loop;
    private final SpawnSite site;
    private final String name;
    private final Continuation continuation;

    /** Null once it runs. */
    private @Nullable Callable<? extends T> body;

    /** Null once it has ended, so that a chain of tasks that spawn each other does not keep the first. */
    private @Nullable Task<?> spawner;

    /** What runs the body, which with some engines is not the loop's thread; for the watchdog. */
    private volatile @Nullable Thread thread;

    /** Whether somebody has asked for the result. Any thread. */
    private volatile boolean taken;

    /** The wait that is going on; null while it runs or is ready. Loop's thread only, as are the fields below. */
    private @Nullable Waiter<?> waiter;

    /** A cancellation that has not been delivered; null if there is none. */
    private @Nullable CancellationException cancellation;

    private int atomicDepth;
    private boolean unwinding;

    /** The loop's list of its live tasks, and whether this one is in it. */
    boolean linked;

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

    /** The task that spawned it; null if that was other code, and once this one has ended and been reported. */
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

    /** The thread that runs its body; null while it has none. */
    @Nullable Thread thread() {
        return thread;
    }

    /** Waits without blocking the loop until {@code request} is decided; the general form of every wait. */
    <R extends @Nullable Object> R suspend(Waiter<R> request) {
        waiter = request;
        CancellationException pending = cancellation;
        if (pending != null && request.cancel(pending)) cancellation = null;
        if (request.external) loop.countExternalWait(1);
        try {
            while (!request.isDone()) continuation.suspend();
        } finally {
            waiter = null;
            if (request.external) loop.countExternalWait(-1);
            request.leave(this);
        }
        return request.take();
    }

    /** Throws if this task must not wait now: inside {@code atomic}, after its end, or because it was cancelled. */
    void requireMayWait(Object what) {
        if (atomicDepth > 0) throw new LoopException.WouldBlock(what.toString());
        if (isDone()) throw new LoopException.NotInTask(what.toString());
        throwIfCancelled();
    }

    void throwIfCancelled() {
        CancellationException pending = cancellation;
        if (pending != null) {
            cancellation = null;
            throw pending;
        }
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

    @SuppressWarnings("NullAway") // null is a result like any other
    private void runBody() {
        T result = null;
        Throwable error = null;
        thread = Thread.currentThread();
        try {
            result = takeBody().call();
        } catch (Throwable thrown) {
            error = unwinding && thrown instanceof Unwinding ? unwound() : thrown;
        }
        thread = null;
        loop.ended(this);
        if (error == null) succeed(result);
        else fail(error);
    }

    private Callable<? extends T> takeBody() {
        Callable<? extends T> toRun = body;
        if (toRun == null) throw new AssertionError(name + " runs twice");
        body = null;
        return toRun;
    }

    private void succeed(T result) {
        super.complete(result);
        forgetSpawner();
    }

    private void fail(Throwable error) {
        if (getNumberOfDependents() > 0) take();
        super.completeExceptionally(error);
        if (error instanceof CancellationException) forgetSpawner();
        else loop.failed(this, error);
    }

    /** Ends it from outside of its body, which does not run any more. */
    private void abandon(CancellationException reason) {
        body = null;
        loop.ended(this);
        fail(reason);
    }

    private CancellationException unwound() {
        return new CancellationException(name + " was unwound: its event loop has ended");
    }

    void forgetSpawner() {
        spawner = null;
    }

    /** Whether somebody has asked for the result, so that an error is theirs. */
    boolean isTaken() {
        return taken;
    }

    /** Notes that somebody will ask for the result, so that an error is not reported as uncaught. Any thread. */
    public void take() {
        if (!taken) taken = true;
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
        if (loop.isCurrent()) cancelOnLoop();
        else loop.post(this::cancelOnLoop);
        return true;
    }

    /** Does nothing while an earlier cancellation has not been delivered. */
    private void cancelOnLoop() {
        Waiter<?> waiting = waiter;
        if (isDone() || cancellation != null || waiting != null && waiting.isCancelled()) return;
        CancellationException error = new CancellationException(name + " was cancelled");
        if (continuation.state() == Continuation.State.NEW) {
            continuation.close();
            abandon(error);
        } else if (waiting == null || !waiting.cancel(error)) {
            cancellation = error;
        }
    }

    /** Ends it at once by unwinding; for the end of the loop. */
    void unwind() {
        unwinding = true;
        try {
            continuation.close();
        } finally {
            if (!isDone()) abandon(unwound());
        }
    }

    @Override
    public T join() {
        take();
        awaitEnd(-1);
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        take();
        awaitEnd(-1);
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
        if (timeout > 0) awaitEnd(unit.toNanos(timeout));
        if (!isDone())
            throw new TimeoutException(name + " has not ended within " + timeout + " " + unit);
        return super.get();
    }

    /**
     * Suspends the calling task, if the caller is one, until this one has ended or the time is over. Whatever ends the wait,
     * nothing of it stays with this task.
     *
     * @param limitNanos negative for none
     */
    private void awaitEnd(long limitNanos) {
        if (isDone()) return;
        Task<?> caller = currentOrNull();
        if (caller == null) {
            loop.refuseBlocking(this);
            return;
        }
        if (caller == this) throw new LoopException.SelfAwait(name);
        caller.requireMayWait(this);
        Waiter<@Nullable Object> end = new Waiter<>(caller, this, caller.loop != loop);
        CompletableFuture<@Nullable Object> over = new CompletableFuture<>();
        anyOf(this, over).whenComplete((value, error) -> end.complete());
        if (limitNanos >= 0) end.completeAfter(caller.loop, limitNanos);
        try {
            caller.suspend(end);
        } finally {
            over.complete(null);
        }
    }

    @Override
    public T getNow(T valueIfAbsent) {
        take();
        return super.getNow(valueIfAbsent);
    }

    @Override
    public T resultNow() {
        take();
        return super.resultNow();
    }

    @Override
    public Throwable exceptionNow() {
        take();
        return super.exceptionNow();
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

    /** Called for each stage that is made of this one, which asks for the result. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        take();
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
