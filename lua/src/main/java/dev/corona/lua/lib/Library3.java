package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.CallError;

import org.jspecify.annotations.Nullable;

/** A function of the library that takes up to three arguments, of which only {@link #run} is to be written. */
@Resumable
abstract class Library3 extends LibraryFunction {
    Library3(String name) {
        super(name);
    }

    abstract @Nullable Object run(@Nullable Object a, @Nullable Object b, @Nullable Object c);

    @Override
    public final @Nullable Object call() {
        try {
            return run(null, null, null);
        } catch (CallError e) {
            throw e.in(this, 0);
        }
    }

    @Override
    public final @Nullable Object call(@Nullable Object a) {
        try {
            return run(a, null, null);
        } catch (CallError e) {
            throw e.in(this, 1);
        }
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        try {
            return run(a, b, null);
        } catch (CallError e) {
            throw e.in(this, 2);
        }
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        try {
            return run(a, b, c);
        } catch (CallError e) {
            throw e.in(this, 3);
        }
    }

    @Override
    public final @Nullable Object call(@Nullable Object[] arguments) {
        int n = arguments.length;
        try {
            return run(
                    n > 0 ? arguments[0] : null,
                    n > 1 ? arguments[1] : null,
                    n > 2 ? arguments[2] : null);
        } catch (CallError e) {
            throw e.in(this, n);
        }
    }
}
