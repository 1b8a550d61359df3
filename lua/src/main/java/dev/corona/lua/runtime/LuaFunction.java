package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/**
 * A Lua function. A call returns one plain value, or a {@link Values} for none or for two and more; missing arguments are
 * nil, which is null here. A function that takes a fixed number of arguments extends {@link Function0} to {@link Function3}, any
 * other {@link FunctionN}.
 *
 * <p>Each form of a call is resumable: when it runs in a coroutine, what it calls may yield. Functions belong to
 * the runtime that made them and are called on its thread only.
 */
@Resumable(direct = false)
public abstract class LuaFunction extends LuaObject {
    protected LuaFunction() {}

    @Override
    protected LuaString type() {
        return LuaTypes.FUNCTION;
    }

    public abstract @Nullable Object call();

    public abstract @Nullable Object call(@Nullable Object a);

    public abstract @Nullable Object call(@Nullable Object a, @Nullable Object b);

    public abstract @Nullable Object call(
            @Nullable Object a, @Nullable Object b, @Nullable Object c);

    /** The call with any number of arguments; the array is the callee's to keep. */
    public abstract @Nullable Object call(@Nullable Object[] arguments);

    /**
     * The call in tail position: its result may also be a {@link TailCall} that is still to be made.
     *
     * @param arguments as those of {@link #call(Object[])}
     */
    public @Nullable Object tail(@Nullable Object[] arguments) {
        return call(arguments);
    }

    public @Nullable Object tail() {
        return call();
    }

    public @Nullable Object tail(@Nullable Object a) {
        return call(a);
    }

    public @Nullable Object tail(@Nullable Object a, @Nullable Object b) {
        return call(a, b);
    }

    public @Nullable Object tail(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return call(a, b, c);
    }

    /** What errors and tracebacks call it when the caller has no name for it. */
    public String name() {
        return "?";
    }
}
