package dev.corona.lua;

/**
 * The host's limit ended a program. The runtime can run the next one. What the program left open (to-be-closed variables, coroutines) is
 * not closed.
 */
public final class LuaLimitException extends LuaException {
    /** What there was too much of. */
    public enum Limit {
        /** {@link LuaOptions#maxMemoryBytes}. */
        MEMORY,
        /** {@link LuaOptions#wallTime}, or the patience of who called {@link LuaRuntime#requestPause}. */
        TIME
    }

    private final Limit limit;

    LuaLimitException(Limit limit, String message, Throwable cause) {
        super(message, null, "", cause);
        this.limit = limit;
    }

    LuaLimitException(Limit limit, String message) {
        super(message, null, "", null);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
