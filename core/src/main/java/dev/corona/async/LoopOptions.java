package dev.corona.async;

/** How {@link Corona#run(LoopOptions, java.util.concurrent.Callable)} sets its loop up. Immutable. */
public final class LoopOptions {
    private static final LoopOptions DEFAULTS =
            new LoopOptions(
                    LoopClock.system(), Cleanup.unwind(), SpawnSites.STACK, Reports::printUncaught);

    private final LoopClock clock;
    private final Cleanup cleanup;
    private final SpawnSites sites;
    private final UncaughtHandler uncaught;

    private LoopOptions(
            LoopClock clock, Cleanup cleanup, SpawnSites sites, UncaughtHandler uncaught) {
        this.clock = clock;
        this.cleanup = cleanup;
        this.sites = sites;
        this.uncaught = uncaught;
    }

    /** The machine's clock; unwinds what is left; keeps whole spawn stacks; prints errors that nobody asks for. */
    public static LoopOptions defaults() {
        return DEFAULTS;
    }

    /** By what clock its tasks sleep and its timers fire. */
    public LoopOptions withClock(LoopClock newClock) {
        return new LoopOptions(newClock, cleanup, sites, uncaught);
    }

    /** What becomes of tasks that are suspended at the end. */
    public LoopOptions withCleanup(Cleanup newCleanup) {
        return new LoopOptions(clock, newCleanup, sites, uncaught);
    }

    /** How much is kept of the places of spawns. */
    public LoopOptions withSites(SpawnSites newSites) {
        return new LoopOptions(clock, cleanup, newSites, uncaught);
    }

    /** Who is told of errors that nobody asks for. */
    public LoopOptions withUncaught(UncaughtHandler handler) {
        return new LoopOptions(clock, cleanup, sites, handler);
    }

    LoopClock clock() {
        return clock;
    }

    void applyTo(EventLoop loop) {
        loop.onEnd(cleanup);
        loop.keepSites(sites);
        loop.onUncaught(uncaught);
    }
}
