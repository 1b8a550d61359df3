package dev.corona.lua.runtime;

import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;

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

    void write(SnapshotWriter out) {
        out.writeReference("the error", replaced);
    }

    void read(SnapshotReader in) {
        replaced = (LuaError) in.readReference();
    }
}
