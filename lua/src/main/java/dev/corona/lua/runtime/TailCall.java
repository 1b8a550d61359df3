package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A call in tail position that its caller is to make. Only the {@code tail} forms of {@link LuaFunction} return one.
 */
public record TailCall(LuaFunction function, @Nullable Object[] arguments) {
    /**
     * Makes the call, and those that it leads to, if {@code result} is one.
     *
     * @param called the function that was called; frames that wait for its end keep it, for tracebacks
     */
    @SuppressWarnings("unused")
    static @Nullable Object finish(@Nullable Object result, LuaFunction called) {
        @Nullable Object r = result;
        while (r instanceof TailCall t) r = t.function.tail(t.arguments);
        return r;
    }
}
