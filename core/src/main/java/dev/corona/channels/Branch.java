package dev.corona.channels;

import dev.corona.async.EventLoop;
import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

/** One thing that a select may wait for. It keeps what it was given until its function is called. */
interface Branch<R extends @Nullable Object> {
    /** Takes effect if it can at once; says whether it has. */
    boolean poll();

    /** Waits until it can take effect, which it may only if it completes {@code waiter} with itself. */
    void enroll(Waiter<Branch<R>> waiter);

    /** Waits no more; nothing happens if it does not. */
    void withdraw();

    /** Whether something outside of {@code loop} is needed for it. */
    boolean isExternal(EventLoop loop);

    /** Answers, when it has taken effect. */
    R run();
}
