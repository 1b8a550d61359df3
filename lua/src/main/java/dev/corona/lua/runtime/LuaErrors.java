package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Makes the errors that functions of the library raise. */
public final class LuaErrors {
    private LuaErrors() {}

    /** An error whose message gets the place of the call in front of it, as soon as a Lua function is passed on its way. */
    public static CallError located(String latin1) {
        return new CallError(0, latin1);
    }

    /** "bad argument #n to 'f' (problem)". */
    public static CallError argument(int n, String problem) {
        return new CallError(n, problem);
    }

    /** "bad argument #n to 'f' (expected expected, got type)". */
    public static CallError type(int n, String expected, @Nullable Object value) {
        return CallError.ofType(n, expected, value);
    }
}
