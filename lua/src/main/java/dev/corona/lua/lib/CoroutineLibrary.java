package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The library {@code coroutine}. */
@Resumable
final class CoroutineLibrary {
    private static final @Nullable Object[] TRUE = {true};

    private final LuaState state;

    private CoroutineLibrary(LuaState state) {
        this.state = state;
    }

    static LuaTable install(LuaState state) {
        CoroutineLibrary library = new CoroutineLibrary(state);
        LuaTable t = new LuaTable(0, 8);
        LibraryFunction.register(
                t, library.create(), library.resume(), library.yield(), library.wrap());
        LibraryFunction.register(
                t, library.status(), library.running(), library.isYieldable(), library.close());
        return t;
    }

    private static LuaThread thread(int n, @Nullable Object value) {
        if (value instanceof LuaThread t) return t;
        throw LuaErrors.type(n, "thread", value);
    }

    private Library1 create() {
        return new Library1("coroutine.create") {
            @Override
            Object run(@Nullable Object f) {
                return new LuaThread(state, Args.function(1, f));
            }
        };
    }

    private LibraryN resume() {
        return new LibraryN("coroutine.resume") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaThread co = thread(1, Args.at(arguments, 1));
                try {
                    Object result = co.resume(Values.from(arguments, 1));
                    return Values.of(Values.append(TRUE, result));
                } catch (LuaError e) {
                    return Values.of(false, e.value());
                } catch (StackOverflowError | OutOfMemoryError e) {
                    return Values.of(false, state.asError(e).value());
                }
            }
        };
    }

    private LibraryN yield() {
        return new LibraryN("coroutine.yield") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return LuaThread.yield(state, Values.of(arguments));
            }
        };
    }

    private Library1 wrap() {
        return new Library1("coroutine.wrap") {
            @Override
            Object run(@Nullable Object f) {
                return new Wrapped(new LuaThread(state, Args.function(1, f)));
            }
        };
    }

    /** What {@code wrap} returns. */
    private static final class Wrapped extends LibraryN {
        private final LuaThread co;

        Wrapped(LuaThread co) {
            super("wrap");
            this.co = co;
        }

        @Override
        @Nullable Object run(@Nullable Object[] arguments) {
            boolean wasDead = co.status() == LuaThread.Status.DEAD;
            try {
                return co.resume(Values.of(arguments));
            } catch (LuaError e) {
                throw placed(wasDead ? e : closed(e));
            }
        }

        /** The error that goes on from a coroutine that just ended by one. */
        private LuaError closed(LuaError error) {
            if (co.status() != LuaThread.Status.DEAD) return error;
            LuaError other = co.close();
            return other == null ? error : other;
        }

        private static LuaError placed(LuaError error) {
            return error.value() instanceof LuaString s
                    ? LuaErrors.located(s.toLatin1())
                    : new LuaError(error.value(), error.getCause());
        }
    }

    private Library1 status() {
        return new Library1("coroutine.status") {
            @Override
            Object run(@Nullable Object co) {
                return LuaString.of(thread(1, co).status().name().toLowerCase(Locale.ROOT));
            }
        };
    }

    private Library1 running() {
        return new Library1("coroutine.running") {
            @Override
            @Nullable Object run(@Nullable Object ignored) {
                LuaThread current = state.currentThread();
                return Values.of(current, current.isMain());
            }
        };
    }

    private Library1 isYieldable() {
        return new Library1("coroutine.isyieldable") {
            @Override
            Object run(@Nullable Object co) {
                if (co == null) return LuaThread.isYieldable(state);
                return !thread(1, co).isMain();
            }
        };
    }

    private Library1 close() {
        return new Library1("coroutine.close") {
            @Override
            @Nullable Object run(@Nullable Object co) {
                LuaThread t = thread(1, co);
                LuaThread.Status status = t.status();
                if (status == LuaThread.Status.RUNNING || status == LuaThread.Status.NORMAL) {
                    String shown = status.name().toLowerCase(Locale.ROOT);
                    throw LuaErrors.located("cannot close a " + shown + " coroutine");
                }
                LuaError error = t.close();
                return error == null ? (Object) true : Values.of(false, error.value());
            }
        };
    }
}
