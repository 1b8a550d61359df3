package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.LuaThread.Protection;
import dev.corona.lua.runtime.LuaTypes;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.Operations;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Traces;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** {@code pcall}, {@code xpcall}, {@code error} and {@code assert}. */
@Resumable
final class Protected {
    private static final LuaString ASSERTION_FAILED = LuaString.of("assertion failed!");
    private static final @Nullable Object[] TRUE = {true};

    private final LuaState state;

    private Protected(LuaState state) {
        this.state = state;
    }

    static LibraryFunction[] functions(LuaState state) {
        Protected p = new Protected(state);
        return new LibraryFunction[] {p.pcall(), p.xpcall(), new ErrorFunction(), p.assertion()};
    }

    private LibraryN pcall() {
        return new LibraryN("pcall") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object f = Args.any(arguments, 1);
                int depth = state.depth;
                LuaThread thread = state.currentThread();
                Protection outer = thread.protection();
                thread.protection(Protection.by(null));
                state.depth++;
                try {
                    return succeeded(invoke(f, Arrays.copyOfRange(arguments, 1, arguments.length)));
                } catch (LuaError | StackOverflowError | OutOfMemoryError e) {
                    thread.recover(depth);
                    return Values.of(false, state.asError(e).value());
                } finally {
                    state.depth = depth;
                    thread.protection(outer);
                }
            }
        };
    }

    private @Nullable Object invoke(@Nullable Object f, @Nullable Object[] arguments) {
        LuaFunction function = f instanceof LuaFunction g ? g : callable(f);
        return switch (arguments.length) {
            case 0 -> function.call();
            case 1 -> function.call(arguments[0]);
            case 2 -> function.call(arguments[0], arguments[1]);
            case 3 -> function.call(arguments[0], arguments[1], arguments[2]);
            default -> function.call(arguments);
        };
    }

    /** The function behind {@code __call}; an error without a place, for none is called from Lua code, if there is none. */
    private LuaFunction callable(@Nullable Object f) {
        if (state.metamethod(f, Metamethod.CALL) == null) {
            String type = LuaTypes.nameOf(f);
            throw new LuaError(LuaString.ofLatin1("attempt to call a " + type + " value"));
        }
        return Operations.callable(state, f, null);
    }

    private static @Nullable Object succeeded(@Nullable Object result) {
        return Values.of(Values.append(TRUE, result));
    }

    private LibraryN xpcall() {
        return new LibraryN("xpcall") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaFunction handler = Args.function(2, Args.at(arguments, 2));
                int depth = state.depth;
                LuaThread thread = state.currentThread();
                Protection outer = thread.protection();
                thread.protection(Protection.by(handler));
                state.depth++;
                try {
                    return succeeded(
                            invoke(
                                    arguments[0],
                                    Arrays.copyOfRange(arguments, 2, arguments.length)));
                } catch (LuaError | StackOverflowError | OutOfMemoryError e) {
                    thread.recover(depth);
                    LuaError error = state.asError(e);
                    thread.handle(error);
                    return Values.of(false, error.value());
                } finally {
                    state.depth = depth;
                    thread.protection(outer);
                }
            }
        };
    }

    private static final class ErrorFunction extends LibraryN {
        ErrorFunction() {
            super("error");
        }

        @Override
        Object run(@Nullable Object[] arguments) {
            Object message = Args.at(arguments, 1);
            long level = Args.integer(2, Args.at(arguments, 2), 1);
            if (!(message instanceof LuaString s) || level <= 0) throw new LuaError(message);
            throw placed(s, (int) Math.min(level, 1_000_000));
        }
    }

    private static LuaError placed(LuaString message, int level) {
        return new LuaError(LuaString.ofLatin1(Traces.where(level)).concat(message));
    }

    private LibraryN assertion() {
        return new LibraryN("assert") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object value = Args.any(arguments, 1);
                if (Tables.truth(value)) return Values.of(arguments);
                Object message = arguments.length > 1 ? arguments[1] : ASSERTION_FAILED;
                throw message instanceof LuaString s ? placed(s, 1) : new LuaError(message);
            }
        };
    }
}
