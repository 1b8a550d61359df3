package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** A value of the host that Lua code can hold, with the metatable that says what Lua code can do with it. For one thread at a time. */
public class LuaUserdata extends LuaObject {
    private final @Nullable Object payload;
    private @Nullable LuaTable metatable;
    private final @Nullable Object[] userValues;

    public LuaUserdata(@Nullable Object payload, @Nullable LuaTable metatable) {
        this(payload, metatable, 0);
    }

    public LuaUserdata(@Nullable Object payload, @Nullable LuaTable metatable, int userValues) {
        this.payload = payload;
        this.metatable = metatable;
        this.userValues = new Object[userValues];
    }

    public final @Nullable Object payload() {
        return payload;
    }

    public final @Nullable LuaTable metatable() {
        return metatable;
    }

    public final void setMetatable(@Nullable LuaTable newMetatable) {
        metatable = newMetatable;
    }

    /** The values that {@code debug.getuservalue} reads, from index 0. */
    public final @Nullable Object[] userValues() {
        return userValues;
    }
}
