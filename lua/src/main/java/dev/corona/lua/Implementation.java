package dev.corona.lua;

import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;

/** An interface as a Lua function, or a table of functions that get the table first, implements it. */
final class Implementation implements InvocationHandler {
    private final LuaRuntime lua;
    private final Class<?> type;
    private final Object value;

    Implementation(LuaRuntime lua, Class<?> type, Object value) {
        this.lua = lua;
        this.type = type;
        this.value = value;
    }

    @Override
    public @Nullable Object invoke(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass() == Object.class) return ofObject(proxy, method, given);
        Object member = member(method);
        if (member == null && method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, given);
        }
        if (!(member instanceof LuaFunction f)) {
            throw new UnsupportedOperationException(
                    "the Lua value that implements %s has no function '%s'"
                            .formatted(type.getName(), method.getName()));
        }
        return result(
                method, lua.call(f, value instanceof LuaTable ? behind(value, given) : given));
    }

    private @Nullable Object member(Method method) {
        if (value instanceof LuaTable t) return t.get(LuaString.of(method.getName()));
        return method.isDefault() ? null : value;
    }

    private static @Nullable Object[] behind(Object self, @Nullable Object[] given) {
        @Nullable Object[] all = new Object[given.length + 1];
        all[0] = self;
        System.arraycopy(given, 0, all, 1, given.length);
        return all;
    }

    private static @Nullable Object result(Method method, List<@Nullable Object> results) {
        Class<?> wanted = method.getReturnType();
        if (wanted == void.class) return null;
        try {
            return Conversion.to(results.isEmpty() ? null : results.get(0), wanted);
        } catch (IllegalArgumentException e) {
            throw new ClassCastException(
                    "the result of the Lua function '%s': %s"
                            .formatted(method.getName(), e.getMessage()));
        }
    }

    private Object ofObject(Object proxy, Method method, @Nullable Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName() + " implemented by " + value;
        };
    }
}
