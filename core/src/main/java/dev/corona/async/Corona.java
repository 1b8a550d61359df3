package dev.corona.async;

import dev.corona.errors.DeadlineException;
import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;
import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Straight-line asynchronous code for Java: {@link #run} a loop, {@link #spawn} tasks on it, {@link #await} what takes time.
 * A call that waits suspends the calling task only; the thread runs the others meanwhile.
 *
 * <p><b>Threads.</b> {@code run} is called by plain code; everything else by a task, on its loop's thread.
 *
 * <p><b>Cancellation.</b> Every call that waits may throw {@link CancellationException}; see {@link Task}.
 */
public final class Corona {
    private Corona() {}

    /**
     * The caller's loop as it is now: the tree of its tasks, what each waits for and since when, stacks, and tasks that wait for
     * each other. As text it is {@code toString()}, as JSON {@link LoopDump#toJson()}.
     *
     * @throws LoopException.NotInTask outside of a task; {@link #dumpAll} is for other threads
     */
    public static LoopDump dump() {
        return Dumps.of(EventLoop.current());
    }

    /**
     * Dumps of all loops of the process, in no order. Any thread. A loop that does not answer within half a second is busy or blocked: its
     * dump has the stack of the thread that holds it up.
     */
    public static List<LoopDump> dumpAll() {
        return Dumps.ofAll();
    }

    /** Runs {@code body} on the machine's clock; see {@link #run(LoopOptions, Callable)}. */
    public static <T extends @Nullable Object> T run(Callable<? extends T> body) {
        return run(LoopOptions.defaults(), body);
    }

    /** Runs {@code body} on that clock; see {@link #run(LoopOptions, Callable)}. */
    public static <T extends @Nullable Object> T run(LoopClock clock, Callable<? extends T> body) {
        return run(LoopOptions.defaults().withClock(clock), body);
    }

    /**
     * Runs {@code body} as the first task of a new event loop, and returns its result when it and all other tasks of the loop
     * have ended and no {@link EventLoop#hold} is left. Tasks that can never end because they wait for each other are
     * unwound when the body has ended. If the body fails, the other tasks are unwound and the error is thrown: as it is if
     * it is unchecked, else in a {@link CompletionException}. {@link LoopOptions#withCleanup} may say otherwise of the unwinding;
     * what goes wrong in it is suppressed in an error of the body, and uncaught if there is none.
     *
     * <p>The loop runs on this thread. With an engine whose continuations change threads it runs on a virtual one of its own,
     * where they change much faster, and this thread waits for that. An interrupt is kept for later.
     *
     * @throws LoopException.Deadlock if the body can never end
     * @throws LoopException.NestedLoop if this thread already runs a loop, or the caller is in a coroutine
     */
    public static <T extends @Nullable Object> T run(
            LoopOptions options, Callable<? extends T> body) {
        return Awaits.resultOf(LoopRun.of(options, SpawnSite.here(), body));
    }

    /**
     * A new task on the caller's loop; it starts in the loop's next turn. {@link Spawner} has more to choose from.
     *
     * @throws LoopException.NotInTask outside of a task; use {@link EventLoop#spawn} there
     */
    public static <T extends @Nullable Object> Task<T> spawn(Callable<? extends T> body) {
        return Task.requireCurrent("a spawned task").loop.spawn(body);
    }

    /** A new task with a name for reports; see {@link #spawn(Callable)}. */
    public static <T extends @Nullable Object> Task<T> spawn(
            String name, Callable<? extends T> body) {
        Task<?> task = Task.requireCurrent(name);
        return task.loop.spawn(name, task.context().sites().of(body), body);
    }

    /**
     * The result of {@code stage}; suspends the calling task until it is complete, and not at all if it is already. Its
     * error is thrown as it is if it is unchecked, else in a {@link CompletionException}; an {@link AwaitTrace}, suppressed in it,
     * says where it was awaited. Tasks that wait for one stage go on in no order that is promised; a channel serves them in order.
     *
     * @throws LoopException.NotInTask outside of a task
     * @throws LoopException.WouldBlock inside {@link #atomic}, if the stage is not complete
     * @throws LoopException.SelfAwait if the stage is the calling task
     */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return Awaits.resultOf(future, task);
        return task.suspend(Awaits.waiterOf(task, stage, future));
    }

    /** The resumable form of {@link #await(CompletionStage)}; for woven code. */
    public static <T extends @Nullable Object> T await(
            CompletionStage<T> stage, Strand strand, @Nullable Frame frame) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return Awaits.resultOf(future, task);
        return task.suspend(Awaits.waiterOf(task, stage, future), strand);
    }

    /**
     * As {@link #await(CompletionStage)}, but for {@code limit} at most; a limit of zero and less is over at once.
     *
     * @throws DeadlineException.Expired if the stage is not complete by then; it goes on
     */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage, Duration limit) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return Awaits.resultOf(future, task);
        return task.suspend(Awaits.limited(Awaits.waiterOf(task, stage, future), task, limit));
    }

    /** The resumable form of {@link #await(CompletionStage, Duration)}; for woven code. */
    public static <T extends @Nullable Object> T await(
            CompletionStage<T> stage, Duration limit, Strand strand, @Nullable Frame frame) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return Awaits.resultOf(future, task);
        return task.suspend(
                Awaits.limited(Awaits.waiterOf(task, stage, future), task, limit), strand);
    }

    /**
     * As {@link #await(CompletionStage)}, for a value that somebody must take care of, such as a connection: if the wait ends
     * without it (by a cancellation, or because the loop ends), {@code ifDropped} is given the value when it arrives after all, on the
     * thread that brings it.
     */
    public static <T extends @Nullable Object> T await(
            CompletionStage<T> stage, Consumer<? super T> ifDropped) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return Awaits.resultOf(future, task);
        return task.suspend(
                Awaits.guarded(Awaits.waiterOf(task, stage, future), future, ifDropped));
    }

    /** The resumable form of {@link #await(CompletionStage, Consumer)}; for woven code. */
    public static <T extends @Nullable Object> T await(
            CompletionStage<T> stage,
            Consumer<? super T> ifDropped,
            Strand strand,
            @Nullable Frame frame) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return Awaits.resultOf(future, task);
        return task.suspend(
                Awaits.guarded(Awaits.waiterOf(task, stage, future), future, ifDropped), strand);
    }

    /**
     * As {@link #await(CompletionStage)}, but the end of the loop gives {@link Awaited.Dropped} in place of an unwinding error, so
     * that code which must not be left by an exception can clean up in straight lines. The task must end then: its next call
     * that waits is unwound.
     */
    public static <T extends @Nullable Object> Awaited<T> awaitOrDropped(CompletionStage<T> stage) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return new Awaited.Value<>(Awaits.resultOf(future, task));
        try {
            return new Awaited.Value<>(task.suspend(Awaits.waiterOf(task, stage, future)));
        } catch (Unwinding unwinding) {
            return Awaits.droppedBy(unwinding, task);
        }
    }

    /** The resumable form of {@link #awaitOrDropped(CompletionStage)}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public static <T extends @Nullable Object> Awaited<T> awaitOrDropped(
            CompletionStage<T> stage, Strand strand, @Nullable Frame frame) {
        Task<?> task = Task.requireCurrent(stage);
        CompletableFuture<T> future = Awaits.asked(stage, task);
        if (future.isDone()) return new Awaited.Value<>(Awaits.resultOf(future, task));
        try {
            T value = task.suspend(Awaits.waiterOf(task, stage, future), strand);
            if (!strand.pausing) return new Awaited.Value<>(value);
        } catch (Unwinding unwinding) {
            return Awaits.droppedBy(unwinding, task);
        }
        strand.push(new Awaits.AwaitedFrame(task));
        return null;
    }

    /**
     * Suspends the calling task for {@code time}; zero and less let the others that are ready run once.
     *
     * @throws LoopException.NotInTask outside of a task
     * @throws LoopException.WouldBlock inside {@link #atomic}
     */
    public static void sleep(Duration time) {
        Sleep what = new Sleep(time);
        Task<?> task = Task.requireCurrent(what);
        task.suspend(what.of(task));
    }

    /** The resumable form of {@link #sleep(Duration)}; for woven code. */
    public static void sleep(Duration time, Strand strand, @Nullable Frame frame) {
        Sleep what = new Sleep(time);
        Task<?> task = Task.requireCurrent(what);
        task.suspend(what.of(task), strand);
    }

    /**
     * What {@code body} returns, if it ends within {@code limit}; see {@link Deadline#call}.
     *
     * @throws DeadlineException.Expired if it does not
     */
    public static <T extends @Nullable Object, X extends Exception> T timeout(
            Duration limit, Body<? extends T, X> body) throws X {
        return Deadline.after(limit).call(body);
    }

    /** The resumable form of {@link #timeout(Duration, Body)}; for woven code. */
    public static <T extends @Nullable Object, X extends Exception> T timeout(
            Duration limit, Body<? extends T, X> body, Strand strand, @Nullable Frame frame)
            throws X {
        return Deadline.after(limit).call(body, strand);
    }

    /**
     * Runs {@code body} so that no cancellation from outside of it reaches its waits: neither that of the task, nor of a deadline or
     * a scope around it. It arrives at the first wait after the body. The end of the loop is no cancellation, and unwinds.
     */
    public static <T extends @Nullable Object, X extends Exception> T shielded(
            Body<? extends T, X> body) throws X {
        return new Shield(Task.requireCurrent("a shielded section")).run(body);
    }

    /** The resumable form of {@link #shielded(Body)}; for woven code. */
    public static <T extends @Nullable Object, X extends Exception> T shielded(
            Body<? extends T, X> body, Strand strand, @Nullable Frame frame) throws X {
        return new Shield(Task.requireCurrent("a shielded section")).run(body, strand);
    }

    /**
     * Moves the calling task to another loop: what follows runs there, and its spawns and timers are that loop's. Nothing happens if
     * it is there already.
     *
     * @throws LoopException.Immovable if its engine, or that of a generator around the call, binds it to its thread; or if it is
     *     in a scope
     * @throws LoopException.Ended if the other loop has ended
     */
    public static void moveTo(EventLoop loop) {
        Task<?> task = Task.requireCurrent("a move to another event loop");
        Waiter<?> move = Moves.begin(task, loop);
        if (move != null) task.suspend(move);
    }

    /** The resumable form of {@link #moveTo(EventLoop)}; for woven code. */
    public static void moveTo(EventLoop loop, Strand strand, @Nullable Frame frame) {
        Task<?> task = Task.requireCurrent("a move to another event loop");
        Waiter<?> move = Moves.begin(task, loop);
        if (move != null) task.suspend(move, strand);
    }

    /** Lets every other task that is ready run, and the loop look after its input, before the caller goes on. */
    public static void yieldNow() {
        Task<?> task = Task.requireCurrent(GiveWay.WHAT);
        task.suspend(GiveWay.of(task));
    }

    /** The resumable form of {@link #yieldNow()}; for woven code. */
    public static void yieldNow(Strand strand, @Nullable Frame frame) {
        Task<?> task = Task.requireCurrent(GiveWay.WHAT);
        task.suspend(GiveWay.of(task), strand);
    }

    /**
     * Suspends the calling task until the waiter that {@code start} is given has been completed: the bridge from callbacks.
     * The wait counts as one for something outside of the loop.
     *
     * @param what what is waited for, for reports; its {@code toString} is called when one is made
     * @param start begins the operation; may complete the waiter at once
     */
    public static <T extends @Nullable Object> T suspend(Object what, Consumer<Waiter<T>> start) {
        return suspend(what, true, start);
    }

    /** The resumable form of {@link #suspend(Object, Consumer)}; for woven code. */
    public static <T extends @Nullable Object> T suspend(
            Object what, Consumer<Waiter<T>> start, Strand strand, @Nullable Frame frame) {
        return suspend(what, true, start, strand, frame);
    }

    /**
     * As {@link #suspend(Object, Consumer)}.
     *
     * @param external whether something outside of the loop completes the waiter, so that a loop with nothing else to do
     *     waits for it; if not, a wait that nobody can end counts as a deadlock
     */
    public static <T extends @Nullable Object> T suspend(
            Object what, boolean external, Consumer<Waiter<T>> start) {
        Task<?> task = Task.requireCurrent(what);
        task.requireMayWait(what);
        Waiter<T> waiter = new Waiter<>(task, what, external);
        start.accept(waiter);
        return task.suspend(waiter);
    }

    /** The resumable form of {@link #suspend(Object, boolean, Consumer)}; for woven code. */
    public static <T extends @Nullable Object> T suspend(
            Object what,
            boolean external,
            Consumer<Waiter<T>> start,
            Strand strand,
            @Nullable Frame frame) {
        Task<?> task = Task.requireCurrent(what);
        task.requireMayWait(what);
        Waiter<T> waiter = new Waiter<>(task, what, external);
        start.accept(waiter);
        return task.suspend(waiter, strand);
    }

    /**
     * Throws if a call that is about to have effects and then to wait must not wait: inside {@link #atomic}, outside of a
     * task, or in a task that was cancelled.
     */
    public static void requireMayWait(Object what) {
        Task.requireCurrent(what).requireMayWait(what);
    }

    /**
     * Throws the cancellation of the calling task if one waits to be delivered; for code that runs long without a wait. Nothing
     * happens outside of a task.
     */
    public static void throwIfCancelled() {
        Task<?> task = Task.currentOrNull();
        if (task != null) task.throwIfCancelled();
    }

    /**
     * Suspends the calling task for good, also inside {@link #atomic} and when it is cancelled: it goes on only to be unwound
     * when its loop ends. For runtimes that end a program from inside of it.
     */
    public static void parkForever(Object what) {
        Parking.park(Task.requireCurrent(what), what);
    }

    /** The resumable form of {@link #parkForever(Object)}; for woven code. */
    public static void parkForever(Object what, Strand strand, @Nullable Frame frame) {
        Parking.park(Task.requireCurrent(what), what, strand);
    }

    /**
     * Runs {@code section} in non-blocking mode: a call in it that would suspend the task throws
     * {@link LoopException.WouldBlock} before it does anything, so that no other task can run in between.
     */
    public static <T extends @Nullable Object> T atomic(Callable<? extends T> section)
            throws Exception {
        Task<?> task = Task.requireCurrent("an atomic section");
        task.enterAtomic();
        try {
            return section.call();
        } finally {
            task.leaveAtomic();
        }
    }

    /** The resumable form of {@link #atomic(Callable)}; for woven code. */
    public static <T extends @Nullable Object> T atomic(
            Callable<? extends T> section, Strand strand, @Nullable Frame frame) throws Exception {
        return new Atomic(Task.requireCurrent("an atomic section")).call(section, strand);
    }

    /** As {@link #atomic(Callable)}, for a section without a result. */
    public static void atomic(Runnable section) {
        Task<?> task = Task.requireCurrent("an atomic section");
        task.enterAtomic();
        try {
            section.run();
        } finally {
            task.leaveAtomic();
        }
    }

    /** The resumable form of {@link #atomic(Runnable)}; for woven code. */
    public static void atomic(Runnable section, Strand strand, @Nullable Frame frame) {
        new Atomic(Task.requireCurrent("an atomic section")).run(section, strand);
    }
}
