package dev.corona.lua;

import dev.corona.lua.runtime.LuaState;

import java.time.Duration;

/**
 * How a {@link LuaRuntime} is set up. Immutable.
 *
 * <p><b>Limits</b> are off unless they are set. {@link #maxStringBytes}, {@link #maxDepth} and, at first, {@link #maxMemoryBytes} are errors
 * to the program, which it may catch: "not enough memory", "stack overflow". One that goes on beyond its memory is ended by a
 * {@link LuaLimitException}. {@link #wallTime} pauses a {@link LuaRun}, and ends a {@link LuaRuntime#call}.
 *
 * @param profile what of the standard library its programs find
 * @param accounted whether its programs count ticks, so that budgets can be set
 * @param maxStringBytes the longest string that programs may make
 * @param maxMemoryBytes about how much programs may keep alive, without what belongs to the host; {@link #NO_LIMIT} for no
 *     limit. Needs {@code accounted}
 * @param maxDepth how many calls a coroutine may have active
 * @param wallTime how long one call of the host may run before it is paused; zero for no limit
 */
public record LuaOptions(
        Profile profile,
        boolean accounted,
        long maxStringBytes,
        long maxMemoryBytes,
        int maxDepth,
        Duration wallTime) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** The least that {@link #maxMemoryBytes} may be: the library itself takes some of it. */
    public static final long LEAST_MEMORY_BYTES = 1 << 20;

    /** The least that {@link #maxDepth} may be. */
    public static final int LEAST_DEPTH = 200;

    /** What of the standard library there is. */
    public enum Profile {
        /** No globals at all. */
        NONE,
        /** What computes: nothing that reaches the host, tells the time or loads code. */
        PURE,
        /** {@link #PURE}, and {@code load}, coroutines, {@code print}, {@code os.time} and the like; no files, no processes. */
        STANDARD,
        /** All of it, files and processes included. */
        FULL
    }

    public LuaOptions {
        requireAtLeast("maxStringBytes", maxStringBytes, 1);
        requireAtLeast("maxMemoryBytes", maxMemoryBytes, LEAST_MEMORY_BYTES);
        requireAtLeast("maxDepth", maxDepth, LEAST_DEPTH);
        if (maxMemoryBytes != NO_LIMIT && !accounted) {
            throw new IllegalArgumentException(
                    "maxMemoryBytes is %d, but memory is looked at while ticks are counted; make it accounted"
                            .formatted(maxMemoryBytes));
        }
        if (wallTime.isNegative()) {
            throw new IllegalArgumentException(
                    "wallTime must not be negative, but was %s; zero is no limit"
                            .formatted(wallTime));
        }
    }

    private static void requireAtLeast(String what, long value, long least) {
        if (value >= least) return;
        throw new IllegalArgumentException(
                "%s must be at least %d, but was %d".formatted(what, least, value));
    }

    /** {@link Profile#STANDARD}, without limits. */
    public static LuaOptions standard() {
        return new LuaOptions(
                Profile.STANDARD, false, NO_LIMIT, NO_LIMIT, LuaState.MAX_DEPTH, Duration.ZERO);
    }

    public LuaOptions withProfile(Profile newProfile) {
        return new LuaOptions(
                newProfile, accounted, maxStringBytes, maxMemoryBytes, maxDepth, wallTime);
    }

    /** With code that counts ticks. */
    public LuaOptions withAccounting() {
        return new LuaOptions(profile, true, maxStringBytes, maxMemoryBytes, maxDepth, wallTime);
    }

    public LuaOptions withMaxStringBytes(long bytes) {
        return new LuaOptions(profile, accounted, bytes, maxMemoryBytes, maxDepth, wallTime);
    }

    /** With code that counts ticks, too; a string may not be longer than all there is. */
    public LuaOptions withMaxMemoryBytes(long bytes) {
        return new LuaOptions(profile, true, maxStringBytes, bytes, maxDepth, wallTime);
    }

    public LuaOptions withMaxDepth(int calls) {
        return new LuaOptions(profile, accounted, maxStringBytes, maxMemoryBytes, calls, wallTime);
    }

    public LuaOptions withWallTime(Duration limit) {
        return new LuaOptions(profile, accounted, maxStringBytes, maxMemoryBytes, maxDepth, limit);
    }
}
