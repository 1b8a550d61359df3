package dev.corona.lua.runtime;

import dev.corona.kernel.Continuation;

import org.jspecify.annotations.Nullable;

/**
 * The limit on what a runtime's programs keep alive. Nobody is charged for an allocation, which the JVM may undo anyway. In place of that, a
 * program that has allocated a part of its limit is suspended for a moment, and what it still reaches is {@linkplain Census counted}.
 *
 * <p>One that has too much gets an error, "not enough memory", which it may catch to let go of something. If it has not by the next
 * count, it is ended by {@link LimitExceeded}. So it never has more than {@code 1 + 2 / PARTS} times its limit, and what the JVM has
 * not collected yet. For the runtime's thread.
 */
public final class MemoryWatch {
    /** How often a program is counted while it allocates as much as its limit. */
    private static final int PARTS = 4;

    /** What a tick allocates at most, as a rule; where the JVM does not count. */
    private static final long BYTES_OF_TICK = 64;

    private enum Standing {
        WITHIN,
        BEYOND,
        /** Was told that it is beyond. */
        TOLD
    }

    private final LuaState state;
    private final long limit;
    private Standing standing = Standing.WITHIN;

    /** What was alive at the last count. */
    private long live;

    /** What was allocated since; and the thread's counter when it was asked last. */
    private long allocated;

    private long counter;
    private @Nullable Thread counted;

    MemoryWatch(LuaState state, long limit) {
        this.state = state;
        this.limit = limit;
    }

    /** In bytes. */
    public long limit() {
        return limit;
    }

    /** What was alive at the last count, in bytes; 0 before it. */
    public long live() {
        return live;
    }

    /** Notes what was allocated since the last look. */
    public void look() {
        long now = Allocation.ofThisThread();
        boolean comparable = now >= 0 && counted == Thread.currentThread();
        allocated += comparable ? now - counter : LuaState.QUANTUM * BYTES_OF_TICK;
        counter = now;
        counted = Thread.currentThread();
    }

    /** The host's own allocations between two portions are not the program's. */
    public void begin() {
        counter = Allocation.ofThisThread();
        counted = Thread.currentThread();
    }

    boolean isDue() {
        return allocated >= limit / PARTS;
    }

    /** Counts what the runtime and a suspended program of it reach. */
    void count(Continuation suspended) {
        allocated = 0;
        Census census = new Census(2 * limit);
        census.add(state);
        census.add(suspended);
        live = census.run();
        if (live <= limit) standing = Standing.WITHIN;
        else if (standing == Standing.WITHIN) standing = Standing.BEYOND;
        else throw new LimitExceeded(tooMuch());
        begin();
    }

    private String tooMuch() {
        return "the program keeps about %d bytes, but may keep %d".formatted(live, limit);
    }

    /** Called by the program when it goes on. */
    void requireAllowed() {
        if (standing != Standing.BEYOND) return;
        standing = Standing.TOLD;
        throw new LuaError(LuaString.of(LuaState.NO_MEMORY));
    }
}
