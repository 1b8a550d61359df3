package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** A Lua value with an identity of its own, which weak tables may lose. */
public abstract class LuaObject {
    /** What else hangs on the object: see {@link Extras}; null for most. */
    @Nullable Extras extras;

    /** What {@code type} says of it. */
    protected LuaString type() {
        return LuaTypes.USERDATA;
    }

    /** The extras, made on the first call. */
    final Extras requireExtras() {
        Extras e = extras;
        if (e == null) extras = e = new Extras();
        return e;
    }
}
