package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/** A function of no arguments, of which only that form of the call is to be written. Further arguments are dropped. */
@Resumable
public abstract class Function0 extends LuaFunction {
    private final String name;

    protected Function0(String name) {
        this.name = name;
    }

    @Override
    public final @Nullable Object call(@Nullable Object a) {
        return call();
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return call();
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return call();
    }

    @Override
    public final @Nullable Object call(@Nullable Object[] arguments) {

        return call();
    }

    @Override
    public String name() {
        return name;
    }
}
