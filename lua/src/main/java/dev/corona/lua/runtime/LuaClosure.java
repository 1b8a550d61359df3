package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/** A function that was compiled from Lua; each has a class of its own, with a field for each upvalue. */
@Resumable(direct = false)
public abstract class LuaClosure extends LuaFunction {
    public final LuaState state;

    protected LuaClosure(LuaState state) {
        this.state = state;
    }

    public abstract Prototype prototype();

    @Override
    public @Nullable Object call() {
        return state.callFromHost(this, Values.NO_VALUES);
    }

    @Override
    public @Nullable Object call(@Nullable Object a) {
        return state.callFromHost(this, new @Nullable Object[] {a});
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return state.callFromHost(this, new @Nullable Object[] {a, b});
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return state.callFromHost(this, new @Nullable Object[] {a, b, c});
    }

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) {
        return state.callFromHost(this, arguments);
    }

    /** The value or the {@link Cell} of an upvalue, by its index from 0. */
    public @Nullable Object upvalue(int index) {
        try {
            return getClass().getField("u" + index).get(this);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Replaces the value or {@link Cell} of an upvalue. */
    public void upvalue(int index, @Nullable Object value) {
        try {
            getClass().getField("u" + index).set(this, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Its code as bytes that can be loaded again; without the names of chunk and lines if it is stripped. */
    public byte[] dump(boolean strip) {
        LuaCode code = LuaCode.of(getClass());
        if (code == null) throw new AssertionError("no code of " + getClass());
        return code.info().dump(getClass().getName(), strip);
    }

    @Override
    public String name() {
        return prototype().name();
    }
}
