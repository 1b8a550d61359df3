package dev.corona.lua;

import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lua values as values of a Java type that is wanted. */
final class Conversion {
    private Conversion() {}

    /**
     * An argument for a parameter.
     *
     * @param value as {@link LuaValues#toJava} gives it
     * @param n its number from 1, for the error
     * @throws dev.corona.lua.runtime.LuaError if it is none of that type
     */
    static @Nullable Object argument(@Nullable Object value, Class<?> wanted, int n) {
        try {
            return to(value, wanted);
        } catch (IllegalArgumentException e) {
            throw LuaErrors.argument(n, String.valueOf(e.getMessage()));
        }
    }

    /**
     * @throws IllegalArgumentException if the value is none of the type; the message says which it is
     */
    static @Nullable Object to(@Nullable Object value, Class<?> wanted) {
        if (value == null) {
            if (wanted.isPrimitive() && wanted != void.class) throw mismatch(null, wanted);
            return null;
        }
        if (wanted == boolean.class && value instanceof Boolean) return value;
        if (wanted == double.class || wanted == Double.class) return number(value, wanted);
        if (wanted == float.class || wanted == Float.class) return (float) number(value, wanted);
        if (isWhole(wanted)) return whole(value, wanted);
        if (value instanceof LuaTable t && wanted == List.class) return list(t);
        if (value instanceof LuaTable t && wanted == Map.class) return map(t);
        if (wanted == byte[].class && value instanceof LuaString s) return s.toByteArray();
        if (wanted == LuaString.class && value instanceof String s) return LuaString.of(s);
        if (wanted.isInstance(value)) return value;
        throw mismatch(value, wanted);
    }

    private static IllegalArgumentException mismatch(@Nullable Object value, Class<?> wanted) {
        String found = value == null ? "nil" : value.getClass().getSimpleName();
        return new IllegalArgumentException(
                "%s expected, got %s".formatted(wanted.getSimpleName(), found));
    }

    private static double number(Object value, Class<?> wanted) {
        if (value instanceof Number n) return n.doubleValue();
        throw mismatch(value, wanted);
    }

    private static boolean isWhole(Class<?> type) {
        return type == long.class
                || type == Long.class
                || type == int.class
                || type == Integer.class
                || type == short.class
                || type == Short.class
                || type == byte.class
                || type == Byte.class;
    }

    private static Object whole(Object value, Class<?> wanted) {
        Long number = value instanceof Number n ? LuaNumbers.toInteger(n) : null;
        if (number == null) throw mismatch(value, wanted);
        long l = number;
        if (wanted == long.class || wanted == Long.class) return l;
        if (wanted == int.class || wanted == Integer.class) return (int) within(l, (int) l, wanted);
        if (wanted == short.class || wanted == Short.class)
            return (short) within(l, (short) l, wanted);
        return (byte) within(l, (byte) l, wanted);
    }

    private static long within(long value, long narrowed, Class<?> wanted) {
        if (value == narrowed) return value;
        throw new IllegalArgumentException(
                "%d does not fit into %s".formatted(value, wanted.getSimpleName()));
    }

    private static List<@Nullable Object> list(LuaTable table) {
        List<@Nullable Object> list = new ArrayList<>();
        for (long i = 1; i <= table.length(); i++) list.add(LuaValues.toJava(table.get(i)));
        return Collections.unmodifiableList(list);
    }

    private static Map<@Nullable Object, @Nullable Object> map(LuaTable table) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int p = table.nextPlace(0); p >= 0; p = table.nextPlace(p + 1)) {
            map.put(LuaValues.toJava(table.keyAt(p)), LuaValues.toJava(table.valueAt(p)));
        }
        return Collections.unmodifiableMap(map);
    }
}
