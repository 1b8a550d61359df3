package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Body;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.IdentityHashMap;
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
public final class Task<T> extends OwnFuture<T> {
    /** The starter of a task that starts when somebody asks for its result. */
    private static final Object LAZY = new Object();

    /** Changes when it moves to another loop; written by the loop's thread that it leaves. */
    volatile EventLoop loop;

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

    /** The cancellations that have not been delivered; null before the first. */
    private Cancelled.@Nullable Pending pending;

    /** What it inherits from its spawner, and what is bound in its own body now. */
    private TaskContext context;

    /** What is bound inside of the generators and coexpressions that it runs; null if nothing ever was. */
    private @Nullable IdentityHashMap<Continuation, TaskContext> innerContexts;

    /** The scope that it is a child of, and the newest one that it has open; null if none. */
    private @Nullable Scope scope;

    private @Nullable Scope openScopes;

    /** What starts it: null once it is on its way, a {@link Timer}, or {@link #LAZY}. */
    private volatile @Nullable Object starter;

    /** Where it goes when it has left its stack; null if it stays. */
    private @Nullable EventLoop destination;

    private short atomicDepth;
    private short shields;
    private boolean unwinding;

    /** Whether it waits with its stack in frames, so that {@link #resumed()} ends the wait. */
    private boolean leftByFrames;

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
        this.loop = loop;
        this.context = context;
        this.name = name;
        this.site = site;
        this.spawner = spawner;
        this.body = body;
        Body work = new TaskWork<>(this, body);
        this.continuation = Engines.forBody(work).create(name, work);
        continuation.attach(this);
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

    /** What it is doing; for the loop's thread. */
    TaskDump.State activity() {
        Waiter<?> current = waiter;
        return switch (continuation.state()) {
            case NEW -> TaskDump.State.NEW;
            case RUNNING, FINISHED -> TaskDump.State.RUNNING;
            case SUSPENDED ->
                    current == null || current.isDone()
                            ? TaskDump.State.READY
                            : TaskDump.State.WAITING;
        };
    }

    /** How long it has waited; for the loop's thread, while it does. */
    long waitingNanos() {
        Waiter<?> current = waiter;
        return current == null ? 0 : loop.nanoTime() - current.sinceNanos;
    }

    /** The task whose end it waits for; null if it waits for something else. */
    @Nullable Task<?> awaits() {
        Waiter<?> current = waiter;
        return current != null && current.what instanceof Task<?> awaited ? awaited : null;
    }

    /** The thread that runs its body; null while it has none. */
    @Nullable Thread thread() {
        return thread;
    }

    /** Waits without blocking the loop until {@code request} is decided; the general form of every wait. */
    <R extends @Nullable Object> R suspend(Waiter<R> request) {
        beginWait(request);
        try {
            while (!request.isDone()) continuation.suspend();
        } finally {
            endWait(request);
        }
        return request.take();
    }

    /** {@link #suspend(Waiter)} as woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    <R extends @Nullable Object> R suspend(Waiter<R> request, Strand strand) {
        beginWait(request);
        try {
            if (!request.isDone()) continuation.suspendForResult(strand);
            while (!strand.pausing && !request.isDone()) continuation.suspend();
        } finally {
            if (strand.pausing) leftByFrames = true;
            else endWait(request);
        }
        return strand.pausing ? null : request.take();
    }

    /** The other half of {@link #suspend(Waiter, Strand)}. */
    @Nullable Object resumed() {
        Waiter<?> request = waiter;
        if (request == null) throw new AssertionError(name + " is resumed from no wait");
        leftByFrames = false;
        endWait(request);
        return request.take();
    }

    private void beginWait(Waiter<?> request) {
        waiter = request;
        request.sinceNanos = loop.turnNanos();
        if (TaskEvents.ON) TaskEvents.suspends(this, request.what);
        if (pending != null) {
            Cancelled first = pending.take(shields);
            if (first != null && !request.cancel(first)) pending.add(first);
        }
        if (request.external) loop.countExternalWait(1);
    }

    private void endWait(Waiter<?> request) {
        waiter = null;
        if (request.external) loop.countExternalWait(-1);
        request.leave(this);
        if (TaskEvents.ON) TaskEvents.resumed(this);
    }

    /** Throws if this task must not wait now: inside {@code atomic}, after its end, or because it was cancelled. */
    void requireMayWait(Object what) {
        requireMayBlock(what);
        throwIfCancelled();
    }

    /** Delivers a cancellation, if one is pending that gets through the shields of now. */
    void throwIfCancelled() {
        Cancelled first = pending == null ? null : pending.take(shields);
        if (first != null) throw first;
    }

    /** Throws if a call that would suspend this task is forbidden now; a cancellation does not count. */
    void requireMayBlock(Object what) {
        if (atomicDepth > 0) throw new LoopException.WouldBlock(what.toString());
        if (isDone()) throw new LoopException.NotInTask(what.toString());
    }

    void enterShield() {
        shields++;
    }

    void leaveShield() {
        shields--;
    }

    /** A request that {@link #request} makes and {@link #withdraw} takes back; it gets through the shields of now. */
    Cancelled newCancellation(String message, Object source) {
        return new Cancelled(this, name + " was cancelled: " + message, source, shields);
    }

    /** Ends the wait of now, or the next one that the request gets through to. Any thread. */
    void request(Cancelled cancellation) {
        EventLoop here = loop;
        if (!here.isCurrent()) {
            here.post(() -> request(cancellation));
            return;
        }
        if (isDone()) return;
        Waiter<?> waiting = waiter;
        boolean told =
                waiting != null && cancellation.passes(shields) && waiting.cancel(cancellation);
        if (told) return;
        if (pending == null) pending = new Cancelled.Pending();
        pending.add(cancellation);
    }

    /** Takes a request back that has not been delivered; for the task itself. */
    void withdraw(Cancelled cancellation) {
        if (pending != null) pending.remove(cancellation);
    }

    /** What is bound where the caller runs, which is inside this task. */
    TaskContext context() {
        if (innerContexts != null) {
            Continuation c = Continuation.current();
            for (; c != null && c != continuation; c = c.parent()) {
                TaskContext inner = innerContexts.get(c);
                if (inner != null) return inner;
            }
        }
        return context;
    }

    /** What it was given, as seen from outside. */
    TaskContext ownContext() {
        return context;
    }

    /**
     * Binds in the coroutine that the caller runs in, so that a generator which yields takes its bindings with it.
     *
     * @param bound null to bind nothing there
     * @return what was bound there before; null if nothing was
     */
    @Nullable TaskContext bind(@Nullable TaskContext bound) {
        Continuation here = Continuation.current();
        if (here == null || here == continuation) {
            TaskContext before = context;
            if (bound != null) context = bound;
            return before;
        }
        if (innerContexts == null) innerContexts = new IdentityHashMap<>();
        return bound == null ? innerContexts.remove(here) : innerContexts.put(here, bound);
    }

    /** Makes it a child of {@code parent}, which is told of its end; before it is started. */
    void belongTo(Scope parent) {
        scope = parent;
    }

    /** Notes a scope that this task has opened; answers the one that was the newest. */
    @Nullable Scope openedScope(Scope opened) {
        Scope before = openScopes;
        openScopes = opened;
        return before;
    }

    /** Forgets a scope that is being closed; nothing happens if it is forgotten already. */
    void forgetScope(Scope closed) {
        Scope inner = null;
        for (Scope open = openScopes; open != null; open = open.outer) {
            if (open == closed) {
                if (inner == null) openScopes = open.outer;
                else inner.outer = open.outer;
                return;
            }
            inner = open;
        }
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

    /**
     * Runs it until it waits or ends; the loop calls this with nothing else on its stack. Nothing happens if it still waits: it
     * may have been woken for a wait that is over.
     */
    void step() {
        Waiter<?> request = waiter;
        if (continuation.isFinished() || request != null && !request.isDone()) return;
        if (request != null && request.isTraced())
            AwaitTrace.add(request.failure(), this, continuation.stack());
        starter = null;
        try {
            continuation.resume();
        } catch (Throwable thrown) {
            failedByFrames(thrown);
        }
        if (destination != null) leaveFor(destination);
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
            error = thrown;
        }
        if (!strand.pausing) bodyEnded(result, error);
    }

    @SuppressWarnings("NullAway") // null is a result like any other
    void bodyEnded(@Nullable T result, @Nullable Throwable thrown) {
        thread = null;
        loop.ended(this);
        while (openScopes != null) openScopes.leftOpen();
        Throwable error = unwinding && thrown instanceof Unwinding ? unwound(false) : thrown;
        if (TaskEvents.ON) TaskEvents.ended(this, error);
        if (scope != null) scope.childEnded(this, error);
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
        if (scope != null) scope.childEnded(this, reason);
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
        if (loop.brokenBy() != null) error.initCause(loop.brokenBy());
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
        if (isDone() || pending != null && pending.hasOfTask()) return;
        Waiter<?> waiting = waiter;
        if (waiting != null && waiting.isCancelledByTask()) return;
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

    /** What it waits for while it moves; null if it is there already. */
    @Nullable Waiter<?> beginMove(EventLoop target) {
        if (target == loop) return null;
        requireMayWait("a move to another event loop");
        if (scope != null || openScopes != null) throw new LoopException.Immovable(name);
        Continuation c = Continuation.current();
        for (; c != null; c = c == continuation ? null : c.parent()) {
            if (!c.engine().traits().movable())
                throw new LoopException.Immovable(name, c.toString(), c.engine().name());
        }
        if (target.hasEnded()) throw new LoopException.Ended("move " + name);
        destination = target;
        return new Waiter<@Nullable Object>(this, "a move to another event loop", false);
    }

    /** Hands it over, with nothing of it on this thread's stack any more. */
    private void leaveFor(EventLoop target) {
        destination = null;
        EventLoop origin = loop;
        Waiter<?> move = waiter;
        if (move == null || move.isDone()) return;
        origin.ended(this);
        loop = target;
        if (target.post(() -> target.arrived(this, move))) return;
        loop = origin;
        origin.link(this);
        move.fail(new LoopException.Ended("move " + name));
    }

    /** Ends it at once by unwinding; for the end of the loop. */
    void unwind() {
        unwinding = true;
        Waiter<?> left = waiter;
        if (leftByFrames && left != null) endWait(left);
        leftByFrames = false;
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
        Waiter<?> end = beginJoin(-1);
        if (end != null) requireCurrent(this).suspend(end);
        return super.join();
    }

    /** The resumable form of {@link #join()}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public T join(Strand strand) {
        Waiter<?> end = beginJoin(-1);
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
        Waiter<?> end = beginJoin(-1);
        if (end != null) requireCurrent(this).suspend(end);
        return super.get();
    }

    /** The resumable form of {@link #get()}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public T get(Strand strand) throws InterruptedException, ExecutionException {
        Waiter<?> end = beginJoin(-1);
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
        Waiter<?> end = timeout > 0 ? beginJoin(unit.toNanos(timeout)) : null;
        if (end != null) requireCurrent(this).suspend(end);
        return getWithin(timeout, unit);
    }

    /** The resumable form of {@link #get(long, TimeUnit)}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public T get(long timeout, TimeUnit unit, Strand strand)
            throws InterruptedException, ExecutionException, TimeoutException {
        Waiter<?> end = timeout > 0 ? beginJoin(unit.toNanos(timeout)) : null;
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

    /**
     * What the calling task has to wait for until this one has ended or the time is over; null if for nothing, or if the caller
     * is no task. Whatever ends the wait, nothing of it stays with this task.
     *
     * @param limitNanos negative for none
     */
    private @Nullable Waiter<?> beginJoin(long limitNanos) {
        take();
        if (isDone()) return null;
        Task<?> caller = currentOrNull();
        if (caller == null) {
            loop.refuseBlocking(this);
            return null;
        }
        if (caller == this) throw new LoopException.SelfAwait(name);
        caller.requireMayWait(this);
        Waiter<@Nullable Object> end = new Waiter<>(caller, this, caller.loop != loop);
        StageWatch watch = new StageWatch(this, end::complete);
        end.onCancel(watch::stop);
        if (limitNanos >= 0) {
            end.completeAfter(caller.loop, limitNanos);
            end.onLeave(watch::stop);
        }
        return end;
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
