package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Short cuts of compiled code: what needs no metamethod. Reads give null, and writes false, where the whole operation of
 * {@link Operations} has to decide.
 */
public final class Tables {
    private Tables() {}

    public static boolean truth(@Nullable Object value) {
        return value != null && value != Boolean.FALSE;
    }

    public static @Nullable Object element(@Nullable Object object, long key) {
        return object instanceof LuaTable t ? t.get(key) : null;
    }

    public static @Nullable Object get(@Nullable Object object, @Nullable Object key) {
        if (!(object instanceof LuaTable t)) return null;
        return key instanceof Long l ? t.get(l.longValue()) : t.get(key);
    }

    public static boolean setField(@Nullable Object object, LuaString key, @Nullable Object value) {
        if (!(object instanceof LuaTable t)) return false;
        return t.replace(key, value) || setNewField(t, key, value);
    }

    private static boolean setNewField(LuaTable t, LuaString key, @Nullable Object value) {
        if (t.metatable() != null && t.get(key) == null) return false;
        t.set(key, value);
        return true;
    }

    public static boolean setElement(@Nullable Object object, long key, @Nullable Object value) {
        if (!(object instanceof LuaTable t)) return false;
        if (t.metatable() != null && t.get(key) == null) return false;
        t.set(key, value);
        return true;
    }

    public static boolean set(
            @Nullable Object object, @Nullable Object key, @Nullable Object value) {
        if (key instanceof Long l) return setElement(object, l, value);
        if (key instanceof LuaString s) return setField(object, s, value);
        boolean special = key == null || (key instanceof Double d && d.isNaN());
        if (special || !(object instanceof LuaTable t)) return false;
        if (t.metatable() != null && t.get(key) == null) return false;
        t.set(key, value);
        return true;
    }

    /** Appends the elements of a table constructor, from index {@code first} on. */
    public static void append(Object table, long first, @Nullable Object[] values) {
        LuaTable t = (LuaTable) table;
        for (int i = 0; i < values.length; i++) t.set(first + i, values[i]);
    }

    /** Forgets what a frame holds from an index on. */
    public static void clear(@Nullable Object[] references, int from) {
        java.util.Arrays.fill(references, from, references.length, null);
    }

    /** The argument at an index from 0; nil if there is none. */
    public static @Nullable Object argument(@Nullable Object[] arguments, int index) {
        return index < arguments.length ? arguments[index] : null;
    }

    /** The arguments from an index on. */
    public static @Nullable Object[] rest(@Nullable Object[] arguments, int from) {
        if (from == 0) return arguments;
        if (from >= arguments.length) return Values.NO_VALUES;
        return java.util.Arrays.copyOfRange(arguments, from, arguments.length);
    }

    public static boolean isInteger(@Nullable Object value, long wanted) {
        if (value instanceof Long l) return l == wanted;
        if (!(value instanceof Double d)) return false;
        double number = d;
        return number < 0x1p63 && (long) number == wanted && number == (double) wanted;
    }

    /** Equality without metamethods. */
    public static boolean rawEqual(@Nullable Object a, @Nullable Object b) {
        if (a == b) return !(a instanceof Double d) || !d.isNaN();
        if (a instanceof Long x) {
            if (b instanceof Long y) return x.longValue() == y.longValue();
            return b instanceof Double y && isInteger(y, x);
        }
        if (a instanceof Double x) {
            if (b instanceof Double y) return x.doubleValue() == y.doubleValue();
            return b instanceof Long y && isInteger(x, y);
        }
        return a instanceof LuaString x && x.equals(b);
    }

    /** Whether two values that are not equal may be so by a metamethod. */
    public static boolean mayBeMadeEqual(@Nullable Object a, @Nullable Object b) {
        if (a instanceof LuaTable x && b instanceof LuaTable y)
            return x.metatable() != null || y.metatable() != null;
        return a instanceof LuaUserdata && b instanceof LuaUserdata;
    }
}
