package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.Values;
import dev.corona.woven.Code;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/**
 * {@code coroutine.yield}. Its resumable forms are written by hand, so that a suspended coroutine has one frame for it in place of one for
 * each method below it. The plain ones are called by code that cannot suspend.
 */
final class YieldFunction extends LibraryFunction {
    private static final Code CODE =
            Code.of(
                    YieldFunction.class,
                    "call",
                    "([Ljava/lang/Object;)Ljava/lang/Object;",
                    LuaThread::afterYield);

    private final LuaState state;

    YieldFunction(LuaState state) {
        super("coroutine.yield");
        this.state = state;
    }

    @Override
    public @Nullable Object call() {
        throw LuaThread.cannotYield(state);
    }

    @Override
    public @Nullable Object call(@Nullable Object a) {
        throw LuaThread.cannotYield(state);
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        throw LuaThread.cannotYield(state);
    }

    @Override
    public @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        throw LuaThread.cannotYield(state);
    }

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) {
        throw LuaThread.cannotYield(state);
    }

    // ---- the resumable forms

    public @Nullable Object call(Strand strand) {
        return LuaThread.yield(state, Values.NONE, CODE, strand);
    }

    public @Nullable Object call(@Nullable Object a, Strand strand) {
        return LuaThread.yield(state, a, CODE, strand);
    }

    public @Nullable Object call(@Nullable Object a, @Nullable Object b, Strand strand) {
        return LuaThread.yield(state, Values.of(a, b), CODE, strand);
    }

    public @Nullable Object call(
            @Nullable Object a, @Nullable Object b, @Nullable Object c, Strand strand) {
        return LuaThread.yield(state, Values.of(a, b, c), CODE, strand);
    }

    public @Nullable Object call(@Nullable Object[] arguments, Strand strand) {
        return LuaThread.yield(state, Values.of(arguments), CODE, strand);
    }
}
