package dev.corona.lua;

import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTypes;

import org.jspecify.annotations.Nullable;

/** A Lua error that no Lua code caught, as the host sees it. Its message is Lua's; {@link #traceback()} is the Lua stack. */
public sealed class LuaException extends RuntimeException permits LuaLimitException {
    private final transient @Nullable Object value;
    private final String traceback;

    LuaException(
            String message, @Nullable Object value, String traceback, @Nullable Throwable cause) {
        super(message, cause);
        this.value = value;
        this.traceback = traceback;
    }

    LuaException(@Nullable Object value, String traceback, @Nullable Throwable cause) {
        this(shown(value), value, traceback, cause);
    }

    private static String shown(@Nullable Object value) {
        LuaString text = Conversions.text(value);
        if (text != null) return text.toString();
        return "(error object is a " + LuaTypes.of(value) + " value)";
    }

    /** The Lua value that was thrown; null for nil. */
    public @Nullable Object value() {
        return value;
    }

    /**
     * The functions that were active where it was thrown, as {@code lua5.4} prints them: "stack traceback:" and a line for each,
     * the innermost first. Empty if it is not known, as that of a syntax error is not.
     */
    public String traceback() {
        return traceback;
    }
}
