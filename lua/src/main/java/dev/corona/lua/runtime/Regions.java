package dev.corona.lua.runtime;

import dev.corona.Resumable;
import dev.corona.errors.Unwinding;

import org.jspecify.annotations.Nullable;

/** To-be-closed variables. */
@Resumable
public final class Regions {
    private Regions() {}

    /** Throws unless the value can be closed: nil and false need not be. */
    public static void check(LuaState state, @Nullable Object value, @Nullable String name) {
        if (!Tables.truth(value) || state.metamethod(value, Metamethod.CLOSE) != null) return;
        String shown = name == null ? "?" : name.substring(name.indexOf('\'')).replace("'", "");
        throw state.error("variable '" + shown + "' got a non-closable value");
    }

    /** Closes a variable at the end of its block. */
    public static @Nullable Object close(LuaState state, @Nullable Object value) {
        if (!Tables.truth(value)) return null;
        handler(state, value).call(value, null);
        return null;
    }

    private static LuaFunction handler(LuaState state, @Nullable Object value) {
        Object handler = state.metamethod(value, Metamethod.CLOSE);
        return Operations.callable(state, handler, "metamethod 'close'");
    }

    /**
     * Closes a variable whose block is left by an error; the error that ends a coroutine leaves it open, until the coroutine is closed.
     *
     * @return what goes on to be thrown: that error, or one of the closing
     */
    public static Object failed(LuaState state, @Nullable Object value, Throwable thrown) {
        boolean ended = thrown instanceof Ending || thrown instanceof Unwinding;
        if (thrown instanceof Exiting && !state.currentThread().isMain()) return thrown;
        if (!ended && state.currentThread().endsByError()) {
            if (Tables.truth(value)) state.currentThread().leaveUnclosed(value);
            return thrown;
        }
        return closeAfter(state, value, thrown);
    }

    /** Closes a variable after an error; gives that error, or one of the closing. */
    static Throwable closeAfter(LuaState state, @Nullable Object value, Throwable thrown) {
        boolean runs = thrown instanceof LuaError || thrown instanceof StackOverflowError;
        boolean ended = thrown instanceof Ending || thrown instanceof Unwinding;
        if ((!runs && !ended) || !Tables.truth(value)) return thrown;
        int depth = state.depth;
        if (thrown instanceof LuaError e) state.currentThread().handle(e);
        try {
            Object error = runs ? state.asError(thrown).value() : null;
            if (thrown instanceof Ending e && e.replaced() != null) error = e.replaced().value();
            handler(state, value).call(value, error);
            return thrown;
        } catch (LuaError next) {
            state.depth = depth;
            if (thrown instanceof Ending e) {
                e.replace(next);
                return thrown;
            }
            return next;
        }
    }
}
