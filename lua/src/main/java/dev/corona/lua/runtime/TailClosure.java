package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/** A compiled function that makes calls in tail position, which its callers finish. */
@Resumable
public abstract class TailClosure extends LuaClosure {
    protected TailClosure(LuaState state) {
        super(state);
    }

    @Override
    public final @Nullable Object call() {
        return TailCall.finish(tail(), this);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a) {
        return TailCall.finish(tail(a), this);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return TailCall.finish(tail(a, b), this);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return TailCall.finish(tail(a, b, c), this);
    }

    @Override
    public final @Nullable Object call(@Nullable Object[] arguments) {
        return TailCall.finish(tail(arguments), this);
    }

    @Override
    public @Nullable Object tail() {
        return state.callFromHost(this, Values.NO_VALUES);
    }

    @Override
    public @Nullable Object tail(@Nullable Object a) {
        return state.callFromHost(this, new @Nullable Object[] {a});
    }

    @Override
    public @Nullable Object tail(@Nullable Object a, @Nullable Object b) {
        return state.callFromHost(this, new @Nullable Object[] {a, b});
    }

    @Override
    public @Nullable Object tail(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return state.callFromHost(this, new @Nullable Object[] {a, b, c});
    }

    @Override
    public @Nullable Object tail(@Nullable Object[] arguments) {
        return state.callFromHost(this, arguments);
    }
}
