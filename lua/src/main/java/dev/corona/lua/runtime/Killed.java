package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Unwinds a coroutine that {@code coroutine.close} ends; no Lua code catches it. */
final class Killed extends RuntimeException {
    private @Nullable LuaError replaced;

    Killed() {
        super(null, null, false, false);
    }

    /** The error of a to-be-closed variable that was closed meanwhile; null if there was none. */
    @Nullable LuaError replaced() {
        return replaced;
    }

    void replace(LuaError error) {
        replaced = error;
    }
}
