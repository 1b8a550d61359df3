package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Unwinds Lua code that is ended from outside: its to-be-closed variables are closed without an error, and neither Lua code nor a
 * host function that catches exceptions stops it.
 */
abstract sealed class Ending extends Error permits Killed, Exiting {
    private @Nullable LuaError replaced;

    Ending() {
        super(null, null, false, false);
    }

    /** The error of a to-be-closed variable that was closed meanwhile; null if there was none. */
    final @Nullable LuaError replaced() {
        return replaced;
    }

    final void replace(LuaError error) {
        replaced = error;
    }
}
