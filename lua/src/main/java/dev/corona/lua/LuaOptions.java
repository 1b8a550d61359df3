package dev.corona.lua;

import java.time.Duration;

/**
 * How a {@link LuaRuntime} is set up. Immutable.
 *
 * @param profile what of the standard library its programs find
 * @param accounted whether its programs count ticks, so that budgets can be set
 * @param maxStringBytes the longest string that programs may make
 * @param wallTime how long one call of the host may run before it is paused; zero for no limit
 */
public record LuaOptions(
        Profile profile, boolean accounted, long maxStringBytes, Duration wallTime) {
    /** What of the standard library there is. */
    public enum Profile {
        /** No globals at all. */
        NONE,
        /** What computes: nothing that reaches the host, tells the time or loads code. */
        PURE,
        /** {@link #PURE}, and {@code load}, coroutines, {@code os.time} and the like; no files, no processes. */
        STANDARD,
        /** All of it, files and processes included. */
        FULL
    }

    public LuaOptions {
        if (maxStringBytes < 1) {
            throw new IllegalArgumentException(
                    "maxStringBytes must be positive, but was " + maxStringBytes);
        }
        if (wallTime.isNegative()) {
            throw new IllegalArgumentException(
                    "wallTime must not be negative, but was %s; zero is no limit"
                            .formatted(wallTime));
        }
    }

    /** {@link Profile#STANDARD}, without limits. */
    public static LuaOptions standard() {
        return new LuaOptions(Profile.STANDARD, false, Long.MAX_VALUE, Duration.ZERO);
    }

    public LuaOptions withProfile(Profile newProfile) {
        return new LuaOptions(newProfile, accounted, maxStringBytes, wallTime);
    }

    /** With code that counts ticks. */
    public LuaOptions withAccounting() {
        return new LuaOptions(profile, true, maxStringBytes, wallTime);
    }

    public LuaOptions withMaxStringBytes(long bytes) {
        return new LuaOptions(profile, accounted, bytes, wallTime);
    }

    public LuaOptions withWallTime(Duration limit) {
        return new LuaOptions(profile, accounted, maxStringBytes, limit);
    }
}
