package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** The names of types. */
public final class LuaTypes {
    public static final LuaString NIL = LuaString.of("nil");
    public static final LuaString BOOLEAN = LuaString.of("boolean");
    public static final LuaString NUMBER = LuaString.of("number");
    public static final LuaString STRING = LuaString.of("string");
    public static final LuaString TABLE = LuaString.of("table");
    public static final LuaString FUNCTION = LuaString.of("function");
    public static final LuaString THREAD = LuaString.of("thread");
    public static final LuaString USERDATA = LuaString.of("userdata");

    private LuaTypes() {}

    /** What {@code type} returns. Any object that is no Lua value is userdata. */
    public static LuaString of(@Nullable Object value) {
        if (value == null) return NIL;
        if (value instanceof LuaString) return STRING;
        if (value instanceof Long || value instanceof Double) return NUMBER;
        if (value instanceof LuaTable) return TABLE;
        if (value instanceof LuaFunction) return FUNCTION;
        if (value instanceof Boolean) return BOOLEAN;
        return value instanceof LuaObject o ? o.type() : USERDATA;
    }

    /** The type for error messages: {@code __name} of the metatable if that is a string. */
    public static String nameOf(@Nullable Object value) {
        LuaTable meta = null;
        if (value instanceof LuaTable t) meta = t.metatable();
        else if (value instanceof LuaUserdata u) meta = u.metatable();
        if (meta != null && meta.get(Metamethod.NAME.key) instanceof LuaString s) {
            return s.toLatin1();
        }
        return of(value).toString();
    }
}
