package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/** A function of any number of arguments. */
@Resumable
public abstract class FunctionN extends LuaFunction {
    private final String name;

    protected FunctionN(String name) {
        this.name = name;
    }

    @Override
    public @Nullable Object call() {
        return call(Values.NO_VALUES);
    }

    @Override
    public @Nullable Object call(@Nullable Object a) {
        return call(new @Nullable Object[] {a});
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return call(new @Nullable Object[] {a, b});
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return call(new @Nullable Object[] {a, b, c});
    }

    @Override
    public String name() {
        return name;
    }
}
