package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Continuation;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
public final class Task<T> extends TaskWaits<T> {
    /** The starter of a task that starts when somebody asks for its result. */
    private static final Object LAZY = new Object();

    private final SpawnSite site;

    /** Null once it runs. */
    private @Nullable Callable<? extends T> body;

    /** Null once it has ended, so that a chain of tasks that spawn each other does not keep the first. */
    private @Nullable Task<?> spawner;

    /** What runs the body, which with some engines is not the loop's thread; for the watchdog. */
    private volatile @Nullable Thread thread;

    /** Whether somebody has asked for the result. Any thread. */
    private volatile boolean taken;

    /** What starts it: null once it is on its way, a {@link Timer}, or {@link #LAZY}. */
    private volatile @Nullable Object starter;

    /** Where it goes when it has left its stack; null if it stays. Loop's thread only, as are the fields below. */
    @Nullable EventLoop destination;

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
            TaskContext context,
            Callable<? extends T> body) {
        super(loop, name, context, body);
        this.site = site;
        this.spawner = spawner;
        this.body = body;
        if (TaskEvents.ON) TaskEvents.spawned(this);
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

    /** Its name for reports, which other tasks may have too. */
    public String name() {
        return name;
    }

    /** The loop that it runs on; another one after {@link Corona#moveTo}. */
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
        Waiter<?> current = waiter();
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

    /** Notes that its error is somebody's, and does not start it. */
    void expect() {
        taken = true;
    }

    /** Makes it start when somebody asks for its result; before it is known to its loop. */
    void makeLazy() {
        starter = LAZY;
    }

    boolean isLazy() {
        return starter == LAZY;
    }

    /** Makes it start when {@code timer} fires. */
    void startBy(Timer timer) {
        starter = timer;
    }

    /** Makes it ready to run; any thread. */
    void wake() {
        loop.makeReady(this);
    }

    /**
     * Runs it until it waits or ends; the loop calls this with nothing else on its stack. Nothing happens if it still waits: it
     * may have been woken for a wait that is over.
     *
     * @param own the caller's strand
     */
    void step(Strand own) {
        Waiter<?> request = waiter();
        if (continuation.isFinished() || request != null && !request.isDone()) return;
        if (request != null && request.isTraced())
            AwaitTrace.add(request.failure(), this, continuation.stack());
        if (starter != null) starter = null; // a volatile write is dear
        try {
            continuation.resumeOn(own);
        } catch (Throwable thrown) {
            failedByFrames(thrown);
        }
        if (destination != null) Moves.leave(this, destination);
    }

    /** A woven body that was left by frames ends by an error outside of {@link #runBody(Strand)}. */
    private void failedByFrames(Throwable thrown) {
        if (!continuation.isFinished() || isDone()) throw Failures.sneak(thrown);
        bodyEnded(null, thrown);
    }

    void runBody() {
        T result = null;
        Throwable error = null;
        thread = Thread.currentThread();
        try {
            result = takeBody().call();
        } catch (Throwable thrown) {
            error = thrown;
        }
        bodyEnded(result, error);
    }

    void runBody(Strand strand) {
        T result = null;
        Throwable error = null;
        try {
            result = WovenCalls.call(takeBody(), strand);
        } catch (Throwable thrown) {
            strand.settle();
            error = thrown;
        }
        if (!strand.pausing) bodyEnded(result, error);
    }

    @SuppressWarnings("NullAway") // null is a result like any other
    void bodyEnded(@Nullable T result, @Nullable Throwable thrown) {
        thread = null;
        loop.ended(this);
        leaveScopes();
        Throwable error = unwinding && thrown instanceof Unwinding ? unwound(false) : thrown;
        if (TaskEvents.ON) TaskEvents.ended(this, error);
        tellScope(error);
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
        finish(result);
        forgetSpawner();
    }

    private void fail(Throwable error) {
        if (getNumberOfDependents() > 0) take();
        finishExceptionally(error);
        if (error instanceof CancellationException) forgetSpawner();
        else loop.failed(this, error);
    }

    /** Ends it from outside of its body, which does not run any more. */
    private void abandon(CancellationException reason) {
        body = null;
        if (starter instanceof Timer timer) timer.cancel();
        starter = null;
        loop.ended(this);
        if (TaskEvents.ON) TaskEvents.ended(this, reason);
        tellScope(reason);
        fail(reason);
    }

    /** Leaves it suspended for good, when its loop ends. */
    void leak() {
        unwinding = true;
        abandon(
                new CancellationException(
                        name + " was left where it waits: its event loop has ended"));
    }

    private CancellationException unwound(boolean left) {
        CancellationException error =
                new CancellationException(
                        name
                                + (left ? " was left where it waits" : " was unwound")
                                + ": its event loop has ended");
        Throwable broken = loop.brokenBy;
        if (broken != null) error.initCause(broken);
        return error;
    }

    /** Whether it is being unwound because its loop ends. */
    boolean isUnwinding() {
        return unwinding;
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
        if (starter == LAZY) startNow();
    }

    /** Starts a lazy task, once, whoever asks first. Any thread. */
    private void startNow() {
        synchronized (site) {
            if (starter != LAZY) return;
            starter = null;
        }
        loop.adoptFromAnywhere(this);
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
        cancelOnLoop();
        return true;
    }

    /** Does nothing while an earlier one of its kind has not been delivered. */
    private void cancelOnLoop() {
        EventLoop here = loop;
        if (!here.isCurrent()) {
            here.post(this::cancelOnLoop);
            return;
        }
        if (isDone() || isBeingCancelled()) return;
        Cancelled error = new Cancelled(this, name + " was cancelled", null, 0);
        if (continuation.state() == Continuation.State.NEW) {
            continuation.close();
            abandon(error);
        } else {
            request(error);
        }
    }

    /** Whether its engine lets it change threads. */
    boolean isMovable() {
        return continuation.engine().traits().movable();
    }

    /** The name of the engine that runs it. */
    String engine() {
        return continuation.engine().name();
    }

    /** Ends it at once by unwinding; for the end of the loop. */
    void unwind() {
        unwinding = true;
        leaveWaitOfFrames();
        try {
            continuation.close();
        } catch (Throwable thrown) {
            failedByFrames(thrown);
        } finally {
            if (!isDone()) abandon(unwound(!continuation.isFinished()));
        }
    }

    @Override
    public T join() {
        Waiter<?> end = Joins.begin(this, -1);
        if (end != null) requireCurrent(this).suspend(end);
        return super.join();
    }

    /** The resumable form of {@link #join()}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public T join(Strand strand) {
        Waiter<?> end = Joins.begin(this, -1);
        if (end != null) requireCurrent(this).suspend(end, strand);
        if (!strand.pausing) return super.join();
        strand.push(new JoinFrame(this, JoinFrame.JOIN, task -> task.joinEnded()));
        return null;
    }

    private T joinEnded() {
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        Waiter<?> end = Joins.begin(this, -1);
        if (end != null) requireCurrent(this).suspend(end);
        return super.get();
    }

    /** The resumable form of {@link #get()}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public T get(Strand strand) throws InterruptedException, ExecutionException {
        Waiter<?> end = Joins.begin(this, -1);
        if (end != null) requireCurrent(this).suspend(end, strand);
        if (!strand.pausing) return super.get();
        strand.push(new JoinFrame(this, JoinFrame.GET, task -> task.getEnded()));
        return null;
    }

    private T getEnded() throws InterruptedException, ExecutionException {
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (currentOrNull() == null) {
            take();
            loop.refuseBlocking(this);
            return super.get(timeout, unit);
        }
        Waiter<?> end = timeout > 0 ? Joins.begin(this, unit.toNanos(timeout)) : null;
        if (end != null) requireCurrent(this).suspend(end);
        return getWithin(timeout, unit);
    }

    /** The resumable form of {@link #get(long, TimeUnit)}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public T get(long timeout, TimeUnit unit, Strand strand)
            throws InterruptedException, ExecutionException, TimeoutException {
        Waiter<?> end = timeout > 0 ? Joins.begin(this, unit.toNanos(timeout)) : null;
        if (end != null) requireCurrent(this).suspend(end, strand);
        if (!strand.pausing) return getWithin(timeout, unit);
        strand.push(new JoinFrame(this, JoinFrame.GET, task -> task.getWithin(timeout, unit)));
        return null;
    }

    private T getWithin(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        take();
        if (!isDone())
            throw new TimeoutException(name + " has not ended within " + timeout + " " + unit);
        return super.get();
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

    /** Called for each stage that is made of this one, which asks for the result. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        take();
        return new CompletableFuture<>();
    }

    @Override
    public String toString() {
        return name;
    }
}
