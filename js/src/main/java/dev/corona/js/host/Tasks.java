package dev.corona.js.host;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;
import dev.corona.async.Timer;
import dev.corona.io.IoLoop;
import dev.corona.js.graal.AsyncContexts;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** Coroutines and timers for {@code globals.js}. For the loop's thread. */
public final class Tasks {
    private final EventLoop loop;
    private final Guest guest;
    private final Uncaught uncaught;
    private final Owned owned = new Owned();
    private int weakTimers;

    public Tasks(EventLoop loop, Guest guest, Uncaught uncaught) {
        this.loop = loop;
        this.guest = guest;
        this.uncaught = uncaught;
    }

    /** Timers that do not keep the program alive. */
    public int weakTimers() {
        return weakTimers;
    }

    /** TCP whose connections are closed when the coroutine that uses them fails. */
    public NetHost net(IoLoop io) {
        return new NetHost(io, guest, owned);
    }

    /** A place where coroutines wait until something happens. */
    @HostAccess.Export
    public Room room() {
        return new Room(loop, guest);
    }

    /** Runs {@code body} in a new coroutine, in the next turn. It answers whether it went well, and does not throw. */
    @HostAccess.Export
    public void spawn(String name, Value site, Value body) {
        Object context = AsyncContexts.current();
        loop.spawn(
                name,
                JsSite.of(site),
                () -> {
                    AsyncContexts.enter(context);
                    boolean wentWell = body.execute().asBoolean();
                    owned.ended(!wentWell);
                    return wentWell;
                });
    }

    /** Runs {@code work}, which must not block, after what is ready now. */
    @HostAccess.Export
    public void afterTurn(Value work) {
        loop.execute(work::executeVoid);
    }

    /** Reports an error that nobody asked for. */
    @HostAccess.Export
    public void uncaught(Value error, @Nullable JsSite owner) {
        uncaught.report(error, owner == null ? List.of() : owner.chain());
    }

    /** Where the running coroutine was spawned; null if no script did. */
    @HostAccess.Export
    public @Nullable JsSite site() {
        Task<?> task = Task.currentOrNull();
        return task != null && task.spawnSite() instanceof JsSite site ? site : null;
    }

    /** Suspends the coroutine for {@code millis} milliseconds. */
    @HostAccess.Export
    public void sleep(double millis) {
        guest.await(
                () -> {
                    Corona.sleep(Duration.ofNanos(nanos(millis)));
                    return true;
                });
    }

    /** Runs {@code section} in non-blocking mode. */
    @HostAccess.Export
    public Value atomic(Value section) {
        return guest.call(() -> Corona.atomic(() -> section.execute()));
    }

    /** Runs {@code callback} in a coroutine of its own after {@code millis} milliseconds. */
    @HostAccess.Export
    public Handle timer(double millis, boolean keepAlive, String name, Value site, Value callback) {
        Object context = AsyncContexts.current();
        SpawnSite spawnSite = JsSite.of(site);
        Handle handle = new Handle(keepAlive);
        handle.timer =
                loop.schedule(
                        nanos(millis),
                        () -> {
                            handle.fired();
                            start(name, spawnSite, context, callback);
                        });
        return handle;
    }

    /** Runs {@code callback} in a coroutine of its own in the next turn. */
    @HostAccess.Export
    public void immediate(String name, Value site, Value callback) {
        Object context = AsyncContexts.current();
        SpawnSite spawnSite = JsSite.of(site);
        loop.spawn(
                name,
                spawnSite,
                () -> {
                    AsyncContexts.enter(context);
                    return run(callback);
                });
    }

    private void start(String name, SpawnSite site, Object context, Value callback) {
        loop.start(
                name,
                site,
                () -> {
                    AsyncContexts.enter(context);
                    return run(callback);
                });
    }

    private static boolean run(Value body) {
        body.executeVoid();
        return true;
    }

    private static long nanos(double millis) {
        return (long) (millis * 1e6);
    }

    /** A timer in the hands of JavaScript. */
    public final class Handle {
        private @Nullable Timer timer;
        private boolean keepsAlive = true;

        private Handle(boolean keepsAlive) {
            keepAlive(keepsAlive);
        }

        @HostAccess.Export
        public void cancel() {
            if (timer == null) return;
            timer.cancel();
            fired();
        }

        /** Whether the program stays alive for this timer. */
        @HostAccess.Export
        public void keepAlive(boolean alive) {
            if (alive == keepsAlive) return;
            keepsAlive = alive;
            weakTimers += alive ? -1 : 1;
        }

        private void fired() {
            timer = null;
            keepAlive(true);
        }
    }
}
