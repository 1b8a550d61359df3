package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.CallError;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** A function of the library that takes any number of arguments, of which only {@link #run} is to be written. */
@Resumable
abstract class LibraryN extends LibraryFunction {
    LibraryN(String name) {
        super(name);
    }

    abstract @Nullable Object run(@Nullable Object[] arguments);

    @Override
    public final @Nullable Object call() {
        return call(Values.NO_VALUES);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a) {
        return call(new @Nullable Object[] {a});
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return call(new @Nullable Object[] {a, b});
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return call(new @Nullable Object[] {a, b, c});
    }

    @Override
    public final @Nullable Object call(@Nullable Object[] arguments) {
        try {
            return run(arguments);
        } catch (CallError e) {
            throw e.in(this, arguments.length);
        }
    }
}
