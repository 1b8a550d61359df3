package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** A call of a function that is interpreted. Those of a coroutine know each other, since the thread's stack does not show whose they are. */
public abstract class Activation {
    private @Nullable Activation outer;

    protected Activation() {}

    public abstract LuaFunction function();

    /** What runs it. */
    public abstract InterpretedClosure.Interpreter interpreter();

    /** The line that it is at. */
    public abstract int line();

    /** The index of the instruction that it is at. */
    public abstract int instruction();

    /** What is in a register. */
    public abstract @Nullable Object register(int number);

    public abstract void register(int number, @Nullable Object value);

    /** The arguments that it was called with. */
    public abstract @Nullable Object[] arguments();

    final @Nullable Activation outer() {
        return outer;
    }

    /** Makes it the innermost of the running coroutine. */
    protected final void begin(LuaState state) {
        outer = state.currentThread().activation();
        state.currentThread().activation(this);
    }

    /** Makes the one around it the innermost again. */
    protected final void end(LuaState state) {
        state.currentThread().activation(outer);
    }
}
