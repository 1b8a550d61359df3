package dev.corona.lua;

import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Metamethod;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** A Java object as Lua code has it: a userdata whose metatable does what its {@link LuaType} names, and cannot be seen. */
final class ExposedObject extends LuaUserdata {
    private ExposedObject(Object payload, LuaTable metatable) {
        super(payload, metatable);
    }

    /** The object for Lua code; null if the runtime knows no type for it. */
    static @Nullable ExposedObject of(LuaState state, Object object) {
        LuaTable metatable = metatable(state.exposed(), object.getClass());
        return metatable == null ? null : new ExposedObject(object, metatable);
    }

    private static @Nullable LuaTable metatable(Map<Class<?>, LuaTable> known, Class<?> type) {
        if (known.isEmpty()) return null;
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            LuaTable own = known.get(c);
            if (own != null) return own;
        }
        for (Map.Entry<Class<?>, LuaTable> each : known.entrySet()) {
            if (each.getKey().isAssignableFrom(type)) return each.getValue();
        }
        return null;
    }

    static <T> void define(LuaState state, LuaType<T> type) {
        LuaTable methods = new LuaTable(0, type.methods().size());
        type.methods()
                .forEach(
                        (name, call) ->
                                methods.set(
                                        LuaString.of(name),
                                        function(
                                                state,
                                                name,
                                                a -> call.call(self(type, name, a), rest(a)))));
        LuaTable meta = new LuaTable(0, 8);
        meta.set(Metamethod.INDEX.key, function(state, "index", a -> read(type, methods, a)));
        meta.set(Metamethod.NEWINDEX.key, function(state, "newindex", a -> write(type, a)));
        meta.set(
                Metamethod.TOSTRING.key,
                function(state, "tostring", a -> type.textOf(self(type, "tostring", a))));
        meta.set(Metamethod.EQ.key, function(state, "eq", a -> a.get(0) == a.get(1)));
        meta.set(Metamethod.NAME.key, LuaString.of(type.name()));
        meta.set(Metamethod.METATABLE.key, LuaString.of(type.name()));
        state.exposed().put(type.type(), meta);
    }

    private static HostFunction function(LuaState state, String name, JavaFunction body) {
        return new HostFunction(state, name, body);
    }

    private static <T> T self(LuaType<T> type, String method, List<@Nullable Object> arguments) {
        Object self = arguments.isEmpty() ? null : arguments.get(0);
        if (type.type().isInstance(self)) return type.type().cast(self);
        throw new IllegalArgumentException(
                "'%s' is a method of %s; call it with ':' on one".formatted(method, type.name()));
    }

    private static List<@Nullable Object> rest(List<@Nullable Object> arguments) {
        return arguments.subList(1, arguments.size());
    }

    private static <T> @Nullable Object read(
            LuaType<T> type, LuaTable methods, List<@Nullable Object> arguments) {
        if (!(arguments.get(1) instanceof String key)) return null;
        LuaType.Property<T> property = type.properties().get(key);
        if (property == null) return methods.get(LuaString.of(key));
        return property.getter().apply(self(type, key, arguments));
    }

    private static <T> Object write(LuaType<T> type, List<@Nullable Object> arguments) {
        Object key = arguments.get(1);
        LuaType.Property<T> property = key instanceof String s ? type.properties().get(s) : null;
        if (property == null || property.setter() == null) {
            String problem =
                    property == null ? "has no property '%s'" : "'s property '%s' is read-only";
            throw new IllegalArgumentException(
                    type.name() + (property == null ? " " : "") + problem.formatted(key));
        }
        property.setter().accept(self(type, String.valueOf(key), arguments), arguments.get(2));
        return LuaValues.several();
    }
}
