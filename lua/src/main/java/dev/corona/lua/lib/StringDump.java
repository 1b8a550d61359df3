package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaErrors;

import org.jspecify.annotations.Nullable;

/** {@code string.dump}: functions of the library have no code that could be dumped. */
final class StringDump extends Library2 {
    StringDump() {
        super("string.dump");
    }

    @Override
    Object run(@Nullable Object f, @Nullable Object strip) {
        Args.function(1, f);
        throw LuaErrors.located("unable to dump given function");
    }
}
