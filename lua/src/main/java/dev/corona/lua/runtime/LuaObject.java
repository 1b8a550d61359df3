package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** A Lua value with an identity of its own, which weak tables may lose. */
public abstract class LuaObject {
    /** What else hangs on the object: see {@link Extras}; null for most. */
    transient @Nullable Extras extras;

    /** What {@code type} says of it. */
    protected LuaString type() {
        return LuaTypes.USERDATA;
    }

    /** What tables place it by as a key. */
    final int identity() {
        Extras e = extras;
        return e == null || e.hash == 0 ? System.identityHashCode(this) : e.hash;
    }

    /** The extras, made on the first call. */
    final Extras requireExtras() {
        Extras e = extras;
        if (e == null) extras = e = new Extras();
        return e;
    }
}
