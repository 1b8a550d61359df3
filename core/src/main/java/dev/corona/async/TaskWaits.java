package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.kernel.Body;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;

/**
 * A task's waits: how it leaves its loop's stack and comes back, in plain and in woven form; what ends a wait from outside, and what
 * holds that off or forbids to wait at all. For the loop's thread, but for {@link #request}.
 *
 * @param <T> the task's result
 */
abstract sealed class TaskWaits<T> extends TaskBindings<T> permits Task {
    /** Changes when it moves to another loop; written by the loop's thread that it leaves. */
    volatile EventLoop loop;

    final String name;
    final Continuation continuation;

    /** The wait that is going on; null while it runs or is ready. */
    private @Nullable Waiter<?> waiter;

    /** The cancellations that have not been delivered; null before the first. */
    private Cancelled.@Nullable Pending pending;

    private short atomicDepth;
    private short shields;

    /** Whether it waits with its stack in frames, so that {@link #resumed()} ends the wait. */
    private boolean leftByFrames;

    TaskWaits(EventLoop loop, String name, TaskContext context, Callable<? extends T> body) {
        super(context);
        this.loop = loop;
        this.name = name;
        Body work = new TaskWork<>(self(), body);
        this.continuation = Engines.forBody(work).create(name, work);
        continuation.attach(this);
    }

    @Override
    final Task<T> self() {
        return (Task<T>) this;
    }

    @Nullable Waiter<?> waiter() {
        return waiter;
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
        request.sinceNanos = loop.turnNanos;
        if (TaskEvents.ON) TaskEvents.suspends(self(), request.what);
        if (pending != null) {
            Cancelled first = pending.take(shields);
            if (first != null && !request.cancel(first)) pending.add(first);
        }
        if (request.external) loop.countExternalWait(1);
    }

    private void endWait(Waiter<?> request) {
        waiter = null;
        if (request.external) loop.countExternalWait(-1);
        request.leave(self());
        if (TaskEvents.ON) TaskEvents.resumed(self());
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
        return new Cancelled(self(), name + " was cancelled: " + message, source, shields);
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

    /** Whether {@link Task#cancel} was called and what it asked for has not been delivered. */
    boolean isBeingCancelled() {
        if (pending != null && pending.hasOfTask()) return true;
        Waiter<?> waiting = waiter;
        return waiting != null && waiting.isCancelledByTask();
    }

    /** Ends a wait that no frame will end any more, because they are about to be unwound or could not be made. */
    void leaveWaitOfFrames() {
        Waiter<?> left = waiter;
        if (leftByFrames && left != null) endWait(left);
        leftByFrames = false;
    }

    void enterAtomic() {
        atomicDepth++;
    }

    void leaveAtomic() {
        atomicDepth--;
    }
}
