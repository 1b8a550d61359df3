package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.CallError;
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
    private final LuaState state;

    private CoroutineLibrary(LuaState state) {
        this.state = state;
    }

    static LuaTable install(LuaState state) {
        CoroutineLibrary library = new CoroutineLibrary(state);
        LuaTable t = new LuaTable(0, 8);
        LibraryFunction.register(
                t, library.create(), new Resume(state), new YieldFunction(state), library.wrap());
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

    private static final class Resume extends LibraryFunction {
        private final LuaState state;

        Resume(LuaState state) {
            super("coroutine.resume");
            this.state = state;
        }

        @Override
        public @Nullable Object call() {
            return resume(null, Values.NONE, 0);
        }

        @Override
        public @Nullable Object call(@Nullable Object co) {
            return resume(co, Values.NONE, 1);
        }

        @Override
        public @Nullable Object call(@Nullable Object co, @Nullable Object a) {
            return resume(co, a, 2);
        }

        @Override
        public @Nullable Object call(@Nullable Object co, @Nullable Object a, @Nullable Object b) {
            return resume(co, Values.of(a, b), 3);
        }

        @Override
        public @Nullable Object call(@Nullable Object[] arguments) {
            return resume(Args.at(arguments, 1), Values.from(arguments, 1), arguments.length);
        }

        private @Nullable Object resume(@Nullable Object co, @Nullable Object values, int given) {
            if (!(co instanceof LuaThread thread))
                throw LuaErrors.type(1, "thread", co).in(this, given);
            LuaThread self = thread.running();
            int depth = state.depth;
            try {
                return Values.behind(true, thread.resume(values));
            } catch (LuaError e) {
                return Values.of(false, e.value());
            } catch (StackOverflowError | OutOfMemoryError e) {
                self.recover(depth);
                return Values.of(false, thread.asError(e).value());
            }
        }
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
    private static final class Wrapped extends LibraryFunction {
        private final LuaThread co;

        Wrapped(LuaThread co) {
            super("wrap");
            this.co = co;
        }

        @Override
        public @Nullable Object call() {
            return resume(Values.NONE, 0);
        }

        @Override
        public @Nullable Object call(@Nullable Object a) {
            return resume(a, 1);
        }

        @Override
        public @Nullable Object call(@Nullable Object a, @Nullable Object b) {
            return resume(Values.of(a, b), 2);
        }

        @Override
        public @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
            return resume(Values.of(a, b, c), 3);
        }

        @Override
        public @Nullable Object call(@Nullable Object[] arguments) {
            return resume(Values.of(arguments), arguments.length);
        }

        private @Nullable Object resume(@Nullable Object values, int given) {
            boolean wasDead = co.status() == LuaThread.Status.DEAD;
            try {
                return co.resume(values);
            } catch (LuaError e) {
                LuaError placed = placed(wasDead ? e : closed(e));
                throw placed instanceof CallError c ? c.in(this, given) : placed;
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
