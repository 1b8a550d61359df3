package dev.corona.lua;

import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Conversion of values between Java and Lua. */
public final class LuaValues {
    /** More than one result of a {@link JavaFunction}. */
    private record Several(List<@Nullable Object> values) {}

    private LuaValues() {}

    /** What a {@link JavaFunction} returns to return several values, or none. */
    public static Object several(@Nullable Object... values) {
        return new Several(unmodifiable(values));
    }

    private static List<@Nullable Object> unmodifiable(@Nullable Object[] values) {
        List<@Nullable Object> list = new ArrayList<>();
        Collections.addAll(list, values);
        return Collections.unmodifiableList(list);
    }

    /**
     * A Java value as Lua has it: whole numbers are integers, other numbers floats, characters and strings become strings
     * (UTF-8), lists and maps tables, records tables of their components, a {@link JavaFunction} a function. Lua values are
     * themselves.
     *
     * @throws IllegalArgumentException for an object of any other class, unless a {@link LuaType} was defined for it
     */
    public static @Nullable Object toLua(LuaState state, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean v -> v;
            case Long v -> v;
            case Double v -> v;
            case LuaString v -> v;
            case LuaTable v -> v;
            case LuaFunction v -> v;
            case LuaThread v -> v;
            case LuaUserdata v -> v;
            case Integer v -> v.longValue();
            case Short v -> v.longValue();
            case Byte v -> v.longValue();
            case Float v -> v.doubleValue();
            case CharSequence v -> LuaString.of(v.toString());
            case Character v -> LuaString.of(v.toString());
            case byte[] v -> LuaString.wrap(v.clone());
            case JavaFunction v -> new HostFunction(state, "?", v);
            case Object v when ExposedObject.of(state, v) instanceof ExposedObject exposed ->
                    exposed;
            case List<?> v -> list(state, v);
            case Map<?, ?> v -> map(state, v);
            case Record v -> record(state, v);
            default ->
                    throw new IllegalArgumentException(
                            "Lua has no value for an object of %s; define a LuaType for it, or make it a LuaUserdata"
                                    .formatted(value.getClass()));
        };
    }

    static @Nullable Object[] toLua(LuaState state, @Nullable Object[] values) {
        @Nullable Object[] all = new Object[values.length];
        for (int i = 0; i < all.length; i++) all[i] = toLua(state, values[i]);
        return all;
    }

    private static LuaTable list(LuaState state, List<?> list) {
        LuaTable table = new LuaTable(list.size(), 0);
        long index = 1;
        for (Object element : list) table.set(index++, toLua(state, element));
        return table;
    }

    private static LuaTable map(LuaState state, Map<?, ?> map) {
        LuaTable table = new LuaTable(0, map.size());
        map.forEach((key, value) -> table.set(toLua(state, key), toLua(state, value)));
        return table;
    }

    private static LuaTable record(LuaState state, Record value) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        LuaTable table = new LuaTable(0, components.length);
        for (RecordComponent c : components) {
            table.set(LuaString.of(c.getName()), toLua(state, component(c, value)));
        }
        return table;
    }

    private static @Nullable Object component(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "component %s of %s cannot be read; make its class accessible to dev.corona.lua"
                            .formatted(component.getName(), value.getClass()),
                    e);
        }
    }

    /** What a call of the host's function returns to Lua code. */
    static @Nullable Object result(LuaState state, @Nullable Object result) {
        if (result instanceof Several s) return Values.of(toLua(state, s.values.toArray()));
        return toLua(state, result);
    }

    /**
     * A Lua value as Java has it: strings become Java strings (UTF-8), exposed objects are the objects of the host again, all else
     * is itself.
     */
    public static @Nullable Object toJava(@Nullable Object value) {
        if (value instanceof ExposedObject o) return o.payload();
        return value instanceof LuaString s ? s.toString() : value;
    }

    static List<@Nullable Object> toJava(@Nullable Object[] values) {
        @Nullable Object[] all = new Object[values.length];
        for (int i = 0; i < all.length; i++) all[i] = toJava(values[i]);
        return unmodifiable(all);
    }
}
