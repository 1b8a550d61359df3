package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/** A function of one argument, of which only that form of the call is to be written. Further arguments are dropped. */
@Resumable
public abstract class Function1 extends LuaFunction {
    private final String name;

    protected Function1(String name) {
        this.name = name;
    }

    @Override
    public final @Nullable Object call() {
        return call((@Nullable Object) null);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return call(a);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return call(a);
    }

    @Override
    public final @Nullable Object call(@Nullable Object[] arguments) {
        int n = arguments.length;
        return call(n > 0 ? arguments[0] : null);
    }

    @Override
    public String name() {
        return name;
    }
}
