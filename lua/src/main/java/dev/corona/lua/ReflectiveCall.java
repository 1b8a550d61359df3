package dev.corona.lua;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/** A public method that is marked as exposed; its last parameter, if it is a variable one, takes what is left. */
final class ReflectiveCall<T> implements LuaType.Call<T> {
    private final Method method;
    private final Class<?>[] parameters;

    ReflectiveCall(Method method) {
        this.method = method;
        parameters = method.getParameterTypes();
        if (!method.trySetAccessible()) {
            throw new IllegalArgumentException(
                    "%s cannot be called; make its class public and open its package to dev.corona.lua"
                            .formatted(method));
        }
    }

    @Override
    public @Nullable Object call(T self, List<@Nullable Object> arguments) throws Exception {
        @Nullable Object[] values = new Object[parameters.length];
        int fixed = method.isVarArgs() ? parameters.length - 1 : parameters.length;
        for (int i = 0; i < fixed; i++) {
            Object given = i < arguments.size() ? arguments.get(i) : null;
            values[i] = Conversion.argument(given, parameters[i], i + 1);
        }
        if (method.isVarArgs()) values[fixed] = rest(arguments, fixed);
        try {
            Object result = method.invoke(self, values);
            return method.getReturnType() == void.class ? LuaValues.several() : result;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw e;
        }
    }

    private Object rest(List<@Nullable Object> arguments, int from) {
        Class<?> element = parameters[from].getComponentType();
        int count = Math.max(0, arguments.size() - from);
        Object array = java.lang.reflect.Array.newInstance(element, count);
        for (int i = 0; i < count; i++) {
            Object value = Conversion.argument(arguments.get(from + i), element, from + i + 1);
            java.lang.reflect.Array.set(array, i, value);
        }
        return array;
    }
}
