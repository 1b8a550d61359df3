package dev.corona.js.host;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Timer;
import dev.corona.async.Waiter;

import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A place where coroutines wait until one of them is told to go on: what a JavaScript future waits in. */
public final class Room {
    private final EventLoop loop;
    private final Guest guest;
    private final List<Wait> waiting = new ArrayList<>(1);

    Room(EventLoop loop, Guest guest) {
        this.loop = loop;
        this.guest = guest;
    }

    /**
     * Suspends the coroutine until {@link #wakeAll}; answers false if {@code limitMillis} was over first.
     *
     * @param limitMillis negative for no limit
     */
    @HostAccess.Export
    public boolean park(String what, double limitMillis) {
        return guest.await(
                () -> Corona.<Boolean>suspend(what, false, waiter -> enter(waiter, limitMillis)));
    }

    private void enter(Waiter<Boolean> waiter, double limitMillis) {
        Timer timer =
                limitMillis < 0
                        ? null
                        : loop.schedule((long) (limitMillis * 1e6), () -> expire(waiter));
        Wait wait = new Wait(waiter, timer);
        waiting.add(wait);
        waiter.onCancel(
                () -> {
                    waiting.remove(wait);
                    if (timer != null) timer.cancel();
                });
    }

    private void expire(Waiter<Boolean> waiter) {
        if (waiter.complete(false)) waiting.removeIf(wait -> wait.waiter == waiter);
    }

    /** Lets everybody in here go on. */
    @HostAccess.Export
    public void wakeAll() {
        for (Wait wait : waiting) {
            if (wait.timer != null) wait.timer.cancel();
            wait.waiter.complete(true);
        }
        waiting.clear();
    }

    private record Wait(Waiter<Boolean> waiter, @Nullable Timer timer) {}
}
