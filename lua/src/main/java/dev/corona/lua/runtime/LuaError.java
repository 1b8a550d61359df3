package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A Lua error on its way: any Lua value. Thrown by operations and by {@code error}, caught by {@code pcall}.
 *
 * <p>Its Java stack trace is empty unless the host asks for it; {@link #traceback()} is the Lua one, if a handler made it.
 */
public class LuaError extends RuntimeException {
    private final transient @Nullable Object value;
    private @Nullable String traceback;

    public LuaError(@Nullable Object value) {
        super(null, null, false, false);
        this.value = value;
    }

    public LuaError(@Nullable Object value, @Nullable Throwable cause) {
        super(null, cause, false, false);
        this.value = value;
    }

    /** What Lua code sees. */
    public @Nullable Object value() {
        return value;
    }

    /** The Lua stack at the point of the error; null if nobody asked for it. */
    public final @Nullable String traceback() {
        return traceback;
    }

    public final void traceback(String text) {
        traceback = text;
    }

    @Override
    public String getMessage() {
        return String.valueOf(value());
    }
}
