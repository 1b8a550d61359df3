package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Conversions between strings and numbers that operations make by themselves. */
public final class Conversions {
    private Conversions() {}

    /** The string that a value is or that a number is written as; null if it is neither. */
    public static @Nullable LuaString text(@Nullable Object value) {
        if (value instanceof LuaString s) return s;
        if (value instanceof Long l) return LuaNumbers.toLuaString(l.longValue());
        return value instanceof Double d ? LuaNumbers.toLuaString(d.doubleValue()) : null;
    }
}
