package dev.corona.lua;

import org.jspecify.annotations.Nullable;

/** A Lua error that no Lua code caught, as the host sees it; the Lua stack is part of its message. */
public sealed class LuaException extends RuntimeException permits LuaLimitException {
    private final transient @Nullable Object value;
    private final @Nullable String traceback;

    LuaException(
            String message,
            @Nullable Object value,
            @Nullable String traceback,
            @Nullable Throwable cause) {
        super(message, cause);
        this.value = value;
        this.traceback = traceback;
    }

    /** The Lua value that was thrown; null for nil. */
    public @Nullable Object value() {
        return value;
    }

    /** The Lua stack where it was thrown; null if that is unknown. */
    public @Nullable String traceback() {
        return traceback;
    }
}
