package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTypes;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.Operations;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** What {@code tostring} makes of values. */
@Resumable
final class Text {
    private static final LuaString NIL = LuaString.of("nil");
    private static final LuaString TRUE = LuaString.of("true");
    private static final LuaString FALSE = LuaString.of("false");

    private Text() {}

    static LuaString of(LuaState state, @Nullable Object value) {
        if (value instanceof LuaString s && state.metamethod(s, Metamethod.TOSTRING) == null)
            return s;
        Object handler = state.metamethod(value, Metamethod.TOSTRING);
        if (handler == null) return plain(state, value);
        LuaFunction f = Operations.callable(state, handler, null);
        Object result = Values.first(f.call(value));
        if (result instanceof LuaString s) return s;
        if (result instanceof Number n) return LuaNumbers.format(n);
        throw LuaErrors.located("'__tostring' must return a string");
    }

    private static LuaString plain(LuaState state, @Nullable Object value) {
        if (value instanceof LuaString s) return s;
        if (value instanceof Number n) return LuaNumbers.format(n);
        if (value == null) return NIL;
        if (value instanceof Boolean b) return b ? TRUE : FALSE;
        Object name = state.metamethod(value, Metamethod.NAME);
        String type = name instanceof LuaString s ? s.toLatin1() : LuaTypes.of(value).toString();
        return LuaString.ofLatin1(type + ": " + address(value));
    }

    /** Stands for the address that the reference shows. */
    static String address(Object value) {
        return String.format("0x%012x", 0x550000000000L + 16L * System.identityHashCode(value));
    }
}
