package dev.corona.js.host;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Timer;
import dev.corona.async.Waiter;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.HostAccess;

/** A place where coroutines wait until one of them is told to go on: what a JavaScript future waits in. */
public final class Room {
    private final EventLoop loop;
    private final Guest guest;
    private final List<Waiter<Boolean>> waiters = new ArrayList<>(1);

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
        waiters.add(waiter);
        if (limitMillis < 0) {
            waiter.onCancel(() -> waiters.remove(waiter));
            return;
        }
        Timer timer =
                loop.schedule(
                        (long) (limitMillis * 1e6),
                        () -> {
                            if (waiter.complete(false)) waiters.remove(waiter);
                        });
        waiter.onCancel(
                () -> {
                    timer.cancel();
                    waiters.remove(waiter);
                });
    }

    /** Lets everybody in here go on. */
    @HostAccess.Export
    public void wakeAll() {
        for (Waiter<Boolean> waiter : waiters) waiter.complete(true);
        waiters.clear();
    }
}
