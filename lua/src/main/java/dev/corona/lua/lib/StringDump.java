package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Tables;

import org.jspecify.annotations.Nullable;

/** {@code string.dump}: functions of the library have no code that could be dumped. */
final class StringDump extends Library2 {
    StringDump() {
        super("string.dump");
    }

    @Override
    Object run(@Nullable Object f, @Nullable Object strip) {
        if (Args.function(1, f) instanceof LuaClosure closure) {
            return LuaString.wrap(closure.dump(Tables.truth(strip)));
        }
        throw LuaErrors.located("unable to dump given function");
    }
}
