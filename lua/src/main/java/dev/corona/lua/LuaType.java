package dev.corona.lua;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What Lua code may do with objects of a Java class: what is named here, and nothing else. There is no way from such an object to its class,
 * to reflection, or to members that are not named. Immutable; {@code withX} methods give changed ones. A runtime learns of it by
 * {@link LuaRuntime#define}.
 *
 * <pre>{@code
 * LuaType<Account> type = LuaType.of("Account", Account.class)
 *         .withProperty("owner", Account::owner)
 *         .withMethod("deposit", (account, args) -> account.deposit((Long) args.get(0)));
 * lua.define(type);
 * lua.set("account", account);
 * lua.run("account:deposit(5) print(account.owner)");
 * }</pre>
 *
 * @param <T> the objects; those of subclasses too, unless there is a type of their own
 */
public final class LuaType<T> {
    /** A method as Lua code calls it. */
    @FunctionalInterface
    public interface Call<T> {
        /**
         * Called on the runtime's thread.
         *
         * @param arguments as those of a {@link JavaFunction}
         * @return as that of a {@link JavaFunction}
         */
        @Nullable Object call(T self, List<@Nullable Object> arguments) throws Exception;
    }

    /** Reads and, if it can be written, writes a property. */
    record Property<T>(
            Function<T, @Nullable Object> getter,
            @Nullable BiConsumer<T, @Nullable Object> setter) {}

    private final String name;
    private final Class<T> type;
    private final Map<String, Property<T>> properties;
    private final Map<String, Call<T>> methods;
    private final Function<T, String> text;

    private LuaType(
            String name,
            Class<T> type,
            Map<String, Property<T>> properties,
            Map<String, Call<T>> methods,
            Function<T, String> text) {
        this.name = name;
        this.type = type;
        this.properties = properties;
        this.methods = methods;
        this.text = text;
    }

    /** A type of which Lua code can do nothing but hold and compare objects. */
    public static <T> LuaType<T> of(String name, Class<T> type) {
        return new LuaType<>(name, type, Map.of(), Map.of(), self -> name);
    }

    /**
     * A type with the methods that are marked by {@link LuaExposed}, in the class and those above it. Their arguments are converted
     * to the types of their parameters.
     *
     * @throws IllegalArgumentException if a marked method is static or not public, or two have the same name
     */
    public static <T> LuaType<T> annotated(String name, Class<T> type) {
        LuaType<T> found = of(name, type);
        for (Method method : type.getMethods()) {
            LuaExposed mark = method.getAnnotation(LuaExposed.class);
            if (mark == null || method.isBridge()) continue;
            if (Modifier.isStatic(method.getModifiers()))
                throw new IllegalArgumentException(
                        method + " is static; make it a global function of the runtime");
            String called = mark.value().isEmpty() ? method.getName() : mark.value();
            found = found.withMethod(called, new ReflectiveCall<>(method));
        }
        return found;
    }

    /** With a property that can be read. */
    public LuaType<T> withProperty(String property, Function<T, @Nullable Object> getter) {
        return withProperty(property, new Property<>(getter, null));
    }

    /** With a property that can be read and written. */
    public LuaType<T> withProperty(
            String property,
            Function<T, @Nullable Object> getter,
            BiConsumer<T, @Nullable Object> setter) {
        return withProperty(property, new Property<>(getter, setter));
    }

    private LuaType<T> withProperty(String property, Property<T> value) {
        requireNew(property);
        return new LuaType<>(name, type, with(properties, property, value), methods, text);
    }

    /** With a method. */
    public LuaType<T> withMethod(String method, Call<T> call) {
        requireNew(method);
        return new LuaType<>(name, type, properties, with(methods, method, call), text);
    }

    /** With what {@code tostring} says; else that is the type's name. */
    public LuaType<T> withText(Function<T, String> newText) {
        return new LuaType<>(name, type, properties, methods, newText);
    }

    private void requireNew(String member) {
        if (!properties.containsKey(member) && !methods.containsKey(member)) return;
        throw new IllegalArgumentException(
                "%s has a member '%s' already; give one of them another name"
                        .formatted(name, member));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }

    /** What Lua code and errors call it. */
    public String name() {
        return name;
    }

    Class<T> type() {
        return type;
    }

    Map<String, Property<T>> properties() {
        return properties;
    }

    Map<String, Call<T>> methods() {
        return methods;
    }

    String textOf(T object) {
        return text.apply(object);
    }
}
