package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A function that a thread calls when something happens.
 *
 * @param count after how many instructions; 0 for never
 */
public record Hook(
        LuaFunction function, boolean onCall, boolean onReturn, boolean onLine, int count) {
    /**
     * A hook by the letters of a mask: c, r, l.
     *
     * @return null if nothing calls it
     */
    public static @Nullable Hook of(LuaFunction function, String mask, int count) {
        boolean calls = mask.indexOf('c') >= 0;
        boolean returns = mask.indexOf('r') >= 0;
        boolean lines = mask.indexOf('l') >= 0;
        boolean any = calls || returns || lines || count > 0;
        return any ? new Hook(function, calls, returns, lines, count) : null;
    }

    /** The letters of its mask. */
    public String mask() {
        return (onCall ? "c" : "") + (onReturn ? "r" : "") + (onLine ? "l" : "");
    }
}
