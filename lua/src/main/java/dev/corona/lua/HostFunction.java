package dev.corona.lua;

import dev.corona.Resumable;
import dev.corona.lua.runtime.FunctionN;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletionStage;

/** A {@link JavaFunction} as Lua code has it. */
@Resumable
final class HostFunction extends FunctionN {
    private final LuaState state;
    private final JavaFunction function;

    HostFunction(LuaState state, String name, JavaFunction function) {
        super(name);
        this.state = state;
        this.function = function;
    }

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) {
        Object result = invoke(arguments);
        if (result instanceof CompletionStage<?> stage) result = state.await(stage);
        return converted(result);
    }

    private @Nullable Object converted(@Nullable Object result) {
        try {
            return LuaValues.result(state, result);
        } catch (IllegalArgumentException e) {
            throw new LuaError(LuaString.of(String.valueOf(e.getMessage())), e);
        }
    }

    private @Nullable Object invoke(@Nullable Object[] arguments) {
        try {
            return function.call(LuaValues.toJava(arguments));
        } catch (LuaError e) {
            throw e;
        } catch (LuaLimitException e) {
            throw new LuaError(LuaString.of(String.valueOf(e.getMessage())), e);
        } catch (LuaException e) {
            throw new LuaError(e.value(), e);
        } catch (Exception e) {
            throw new LuaError(LuaString.of(String.valueOf(e)), e);
        }
    }
}
