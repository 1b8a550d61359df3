package dev.corona.async;

import dev.corona.kernel.Continuation;

import org.jspecify.annotations.Nullable;

import java.util.IdentityHashMap;

/**
 * What holds around the code of a task: the values that are bound there, and the scopes that it is in. For the loop's thread.
 *
 * @param <T> the task's result
 */
abstract sealed class TaskBindings<T> extends OwnFuture<T> permits TaskWaits {
    /** What it inherits from its spawner, and what is bound in its own body now. */
    private TaskContext context;

    /** What is bound inside of the generators and coexpressions that it runs; null if nothing ever was. */
    private @Nullable IdentityHashMap<Continuation, TaskContext> innerContexts;

    /** The scope that it is a child of, and the newest one that it has open; null if none. */
    private @Nullable Scope scope;

    private @Nullable Scope openScopes;

    TaskBindings(TaskContext context) {
        this.context = context;
    }

    /** The task that this is the part of. */
    abstract Task<T> self();

    /** What is bound where the caller runs, which is inside this task. */
    TaskContext context() {
        if (innerContexts != null) {
            Continuation c = Continuation.current();
            for (; c != null && c.attachment() != this; c = c.parent()) {
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
        if (here == null || here.attachment() == this) {
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

    boolean isInScope() {
        return scope != null || openScopes != null;
    }

    /** Ends the scopes that its body has left open. */
    void leaveScopes() {
        while (openScopes != null) openScopes.leftOpen();
    }

    /** Tells the scope that it is a child of how it has ended. */
    void tellScope(@Nullable Throwable error) {
        if (scope != null) scope.childEnded(self(), error);
    }
}
