package dev.corona.async;

import dev.corona.errors.ScopeException;
import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * A part of a task that does not end before the tasks which it spawned have: structured concurrency. Two forms:
 *
 * <pre>
 *   int sum = Scope.call(scope -&gt; {                    try (Scope scope = Scope.open()) {
 *       Task&lt;Integer&gt; a = scope.spawn(this::a);            Task&lt;Integer&gt; a = scope.spawn(this::a);
 *       Task&lt;Integer&gt; b = scope.spawn(this::b);            scope.join();
 *       return a.join() + b.join();                         return a.join();
 *   });                                                 }
 * </pre>
 *
 * The first waits for all children when its body returns, and cancels them when it throws. In the second {@link #join} waits for
 * them, and {@link #close} cancels those that are still live: it cannot see whether an exception is on its way. Either way no child
 * is left behind.
 *
 * <p><b>Policies.</b> {@link Policy#FAIL_FAST}: the first child that fails cancels the others and, in the first form, the body;
 * its error is what leaves the scope, with the others' as suppressed ones. {@link Policy#SUPERVISE}: children do not concern each
 * other; an error is for who awaits that child, and is uncaught if nobody does.
 *
 * <p><b>Threads.</b> A scope belongs to the task that made it, which alone joins and closes it; its children may spawn in it
 * too.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits for its children cancels them, waits for their end in spite of
 * that, and then throws the cancellation.
 *
 * <p><b>State.</b> OPEN ──close, or the end of the body──▶ CLOSING (no more spawns) ──last child ended──▶ CLOSED
 */
public final class Scope implements AutoCloseable {
    /** What the failure of a child means for the others. */
    public enum Policy {
        /** It cancels them. */
        FAIL_FAST,
        /** Nothing. */
        SUPERVISE
    }

    /** The body of the first form; it may wait. */
    @FunctionalInterface
    public interface ScopeBody<T extends @Nullable Object, X extends Exception> {
        T call(Scope scope) throws X;

        /** The resumable form of {@link #call(Scope)}; woven bodies have their own. */
        default T call(Scope scope, Strand strand) throws X {
            return call(scope);
        }
    }

    private final Policy policy;
    private final Task<?> owner;

    /** The next of the scopes that the owner has open, of which it knows the newest. */
    @Nullable Scope outer;

    /** What cancels the body when a child fails; null in the second form. */
    private final @Nullable Cancelled cancellation;

    private final List<Task<?>> children = new ArrayList<>();
    private int live;
    private boolean closing;
    private boolean cancelled;
    private @Nullable Throwable failure;
    private boolean failureIsTaken;
    private @Nullable Waiter<@Nullable Object> atEnd;

    private Scope(Policy policy, boolean cancelsBody) {
        this.policy = policy;
        owner = Task.requireCurrent("a scope");
        outer = owner.openedScope(this);
        cancellation =
                cancelsBody ? owner.newCancellation("a child of its scope failed", this) : null;
    }

    /** A fail-fast scope of the calling task, to be closed by it. */
    public static Scope open() {
        return open(Policy.FAIL_FAST);
    }

    /** A scope of the calling task, to be closed by it. */
    public static Scope open(Policy policy) {
        return new Scope(policy, false);
    }

    /** What {@code body} returns, in a fail-fast scope of its own, when its children have ended. */
    public static <T extends @Nullable Object, X extends Exception> T call(
            ScopeBody<? extends T, X> body) throws X {
        return call(Policy.FAIL_FAST, body);
    }

    /** The resumable form of {@link #call(ScopeBody)}; for woven code. */
    public static <T extends @Nullable Object, X extends Exception> T call(
            ScopeBody<? extends T, X> body, Strand strand, @Nullable Frame frame) throws X {
        return call(Policy.FAIL_FAST, body, strand, frame);
    }

    /** What {@code body} returns, in a scope of its own, when its children have ended. */
    public static <T extends @Nullable Object, X extends Exception> T call(
            Policy policy, ScopeBody<? extends T, X> body) throws X {
        Scope scope = new Scope(policy, true);
        ScopeEnding ending = new ScopeEnding(scope);
        try {
            ending.result = body.call(scope);
        } catch (Throwable thrown) {
            ending.thrown = thrown;
        }
        ending.begin();
        ending.waitForChildren();
        return ending.result();
    }

    /** The resumable form of {@link #call(Policy, ScopeBody)}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public static <T extends @Nullable Object, X extends Exception> T call(
            Policy policy, ScopeBody<? extends T, X> body, Strand strand, @Nullable Frame frame)
            throws X {
        Scope scope = new Scope(policy, true);
        ScopeEnding ending = new ScopeEnding(scope);
        try {
            ending.result = body.call(scope, strand);
            if (strand.pausing) {
                strand.push(new ScopeFrames.OfBody(ending));
                return null;
            }
        } catch (Throwable thrown) {
            strand.settle();
            ending.thrown = thrown;
        }
        ending.begin();
        boolean over = ScopeFrames.waitForChildren(ending, strand, ScopeFrames.OfEnd::new);
        return over ? ending.result() : null;
    }

    /** The results of all, in the order of {@code bodies}, each run as a child of one fail-fast scope. */
    public static <T extends @Nullable Object> List<T> all(
            Collection<? extends Callable<? extends T>> bodies) {
        ScopeOfAll<T> tasks = new ScopeOfAll<>(bodies);
        call(Policy.FAIL_FAST, tasks);
        return tasks.results();
    }

    /** The resumable form of {@link #all}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public static <T extends @Nullable Object> List<T> all(
            Collection<? extends Callable<? extends T>> bodies,
            Strand strand,
            @Nullable Frame frame) {
        ScopeOfAll<T> tasks = new ScopeOfAll<>(bodies);
        call(Policy.FAIL_FAST, tasks, strand, frame);
        if (!strand.pausing) return tasks.results();
        strand.push(new ScopeFrames.OfAll(tasks));
        return null;
    }

    /** A new child; see {@link Corona#spawn(Callable)}. */
    public <T extends @Nullable Object> Task<T> spawn(Callable<? extends T> body) {
        return spawn(Spawner.defaults(), body);
    }

    /** A new child with a name for reports. */
    public <T extends @Nullable Object> Task<T> spawn(String name, Callable<? extends T> body) {
        return spawn(Spawner.defaults().withName(name), body);
    }

    /**
     * A new child, spawned as {@code how} says, on the owner's loop. A lazy one that nobody asks is no longer waited for when the
     * scope closes: it is cancelled.
     *
     * @throws ScopeException.Closed if the scope is closing or closed
     */
    public <T extends @Nullable Object> Task<T> spawn(Spawner how, Callable<? extends T> body) {
        if (closing || cancelled) throw new ScopeException.Closed("spawn a child", toString());
        return how.withLoop(owner.loop).spawn(body, this);
    }

    /** Makes {@code task}, which has not started, a child. */
    void adopt(Task<?> task) {
        task.belongTo(this);
        if (policy == Policy.FAIL_FAST) task.expect();
        children.add(task);
        live++;
    }

    /** The children in the order of their spawns. */
    public List<Task<?>> children() {
        return List.copyOf(children);
    }

    /**
     * Waits until every child has ended. For the owner, once or more often; it may spawn again afterwards, unless a child has
     * failed.
     *
     * @throws ScopeException.NotOwner if the caller is another task
     */
    public void join() {
        requireOwner("join");
        startLazyChildren();
        while (live > 0 && failure == null) awaitChildren();
        throwFailure();
    }

    /** The resumable form of {@link #join()}; for woven code. */
    public void join(Strand strand) {
        requireOwner("join");
        startLazyChildren();
        while (live > 0 && failure == null && !strand.pausing) awaitChildren(strand);
        if (strand.pausing) strand.push(new ScopeFrames.OfJoin(this));
        else throwFailure();
    }

    private void startLazyChildren() {
        for (Task<?> child : List.copyOf(children)) if (child.isLazy()) child.take();
    }

    private void throwFailure() {
        Throwable failed = takeFailure();
        if (failed != null) throw Failures.rethrow(failed);
    }

    /** The error of the first child that failed, which is now the caller's; null if there is none. */
    @Nullable Throwable takeFailure() {
        failureIsTaken = true;
        return failure;
    }

    /** As {@link #takeFailure}, but null if it has been taken before. */
    @Nullable Throwable untakenFailure() {
        return failureIsTaken ? null : takeFailure();
    }

    /**
     * Cancels the children that are live; the scope takes no new ones. Any task of the loop. It ends as usual: the first form's
     * body goes on until it asks for a child's result.
     */
    public void cancel() {
        closing = true;
        cancelChildren();
    }

    /** Does nothing the second time, so that what a child does after its cancellation is not cancelled, too. */
    void cancelChildren() {
        if (cancelled) return;
        cancelled = true;
        for (Task<?> child : List.copyOf(children)) if (!child.isDone()) child.cancel(false);
    }

    /**
     * Cancels the children that are live and waits for their end, also if the caller is cancelled meanwhile. Throws the error of
     * a child that failed, unless {@link #join} has. Nothing happens the second time.
     *
     * @throws ScopeException.NotOwner if the caller is another task
     */
    @Override
    public void close() {
        ScopeEnding ending = beginClose();
        ending.waitForChildren();
        ending.rethrow();
    }

    /** The resumable form of {@link #close()}; for woven code. */
    public void close(Strand strand) {
        ScopeEnding ending = beginClose();
        if (ScopeFrames.waitForChildren(ending, strand, ScopeFrames.OfClose::new)) ending.rethrow();
    }

    private ScopeEnding beginClose() {
        requireOwner("close");
        ScopeEnding ending = new ScopeEnding(this);
        ending.begin();
        if (live > 0) cancelChildren();
        return ending;
    }

    private void requireOwner(String operation) {
        Task<?> caller = Task.currentOrNull();
        if (caller != owner)
            throw new ScopeException.NotOwner(
                    operation,
                    toString(),
                    caller == null ? "code outside of any task" : caller.name());
    }

    void awaitChildren() {
        owner.suspend(newWait());
    }

    void awaitChildren(Strand strand) {
        owner.suspend(newWait(), strand);
    }

    boolean hasLiveChildren() {
        return live > 0;
    }

    /** Whether {@code thrown} says that the owner was cancelled, by something other than this scope. */
    boolean isCancellationOfOwner(Throwable thrown) {
        return thrown instanceof Cancelled c && c != cancellation && c.isOf(owner);
    }

    /** The body has ended: no more children, and nothing cancels the body any more. */
    void beginClosing() {
        closing = true;
        owner.forgetScope(this);
        if (cancellation != null) owner.withdraw(cancellation);
        for (Task<?> child : List.copyOf(children)) if (child.isLazy()) child.cancel(false);
    }

    /** Its owner has ended without closing it. */
    void leftOpen() {
        beginClosing();
        cancelChildren();
        owner.loop.report(owner, new ScopeException.LeftOpen(toString()));
    }

    private Waiter<@Nullable Object> newWait() {
        owner.requireMayBlock(this);
        Waiter<@Nullable Object> wait = new Waiter<>(owner, this, false);
        atEnd = wait;
        return wait;
    }

    /** A child has ended; called before its result is there. */
    void childEnded(Task<?> child, @Nullable Throwable error) {
        live--;
        if (error != null
                && !(error instanceof CancellationException)
                && policy == Policy.FAIL_FAST) failed(error);
        Waiter<@Nullable Object> waiting = atEnd;
        if (waiting != null && (live == 0 || failure != null && !closing)) waiting.complete();
    }

    private void failed(Throwable error) {
        if (failure != null) {
            if (failure != error) ScopeEnding.addSuppressed(failure, error);
            return;
        }
        failure = error;
        cancelChildren();
        if (cancellation != null && !closing) owner.request(cancellation);
    }

    @Override
    public String toString() {
        return "the scope of " + owner.name() + " with " + live + " live children";
    }
}
