package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Operations;

import org.jspecify.annotations.Nullable;

/** Fields as Lua code reads them. */
@Resumable
final class Access {
    private Access() {}

    /** {@code object[key]}; the whole operation is asked for only where a metamethod may be meant. */
    static @Nullable Object get(LuaState state, @Nullable Object object, Object key) {
        if (object instanceof LuaTable t) {
            Object value = t.get(key);
            if (value != null || t.metatable() == null) return value;
        }
        return Operations.index(state, object, key, null);
    }
}
