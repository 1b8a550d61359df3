package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/** A function of two arguments, of which only that form of the call is to be written. Further arguments are dropped. */
@Resumable
public abstract class Function2 extends LuaFunction {
    private final String name;

    protected Function2(String name) {
        this.name = name;
    }

    @Override
    public final @Nullable Object call() {
        return call(null, null);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a) {
        return call(a, null);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return call(a, b);
    }

    @Override
    public final @Nullable Object call(@Nullable Object[] arguments) {
        int n = arguments.length;
        return call(n > 0 ? arguments[0] : null, n > 1 ? arguments[1] : null);
    }

    @Override
    public String name() {
        return name;
    }
}
