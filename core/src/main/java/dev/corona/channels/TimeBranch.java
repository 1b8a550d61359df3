package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.EventLoop;
import dev.corona.async.Timer;
import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Supplier;

/** The branch of a select that waits for a time. */
final class TimeBranch<R extends @Nullable Object> implements Branch<R> {
    private final Duration delay;
    private final Supplier<? extends R> then;
    private @Nullable Timer timer;

    TimeBranch(Duration delay, Supplier<? extends R> then) {
        this.delay = delay;
        this.then = then;
    }

    @Override
    public boolean poll() {
        return !delay.isPositive();
    }

    @Override
    public void enroll(Waiter<Branch<R>> waiter) {
        timer = EventLoop.current().schedule(delay, () -> waiter.complete(this));
    }

    @Override
    public void withdraw() {
        Timer running = timer;
        timer = null;
        if (running != null) running.cancel();
    }

    @Override
    public boolean isExternal(EventLoop loop) {
        return false;
    }

    @Override
    @Resumable
    public R run() {
        return then.get();
    }

    @Override
    public String toString() {
        return "timeout " + delay;
    }
}
