package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.Finalizers;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.LuaThread.Protection;
import dev.corona.lua.runtime.LuaTypes;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.Operations;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The basic functions that need nothing of the host. */
@Resumable
final class BasicLibrary {
    /** How much is to be skipped or copied for a function to charge for it. */
    private static final int LARGE = 256;

    private static final LuaString COUNT = LuaString.of("#");
    private static final LuaString VERSION = LuaString.of("Lua 5.4");

    private final LuaState state;
    private final Finalizers finalizers;
    private final LibraryFunction next = next();
    private final LibraryFunction element = element();

    private BasicLibrary(LuaState state, Finalizers finalizers) {
        this.state = state;
        this.finalizers = finalizers;
    }

    static void install(LuaState state, Finalizers finalizers) {
        LuaTable globals = state.globals();
        BasicLibrary library = new BasicLibrary(state, finalizers);
        state.name("the basic library", library);
        state.name("the iterator of ipairs", library.element);
        LibraryFunction.register(globals, Protected.functions(state));
        LibraryFunction.register(
                globals, library.next, library.pairs(), library.ipairs(), library.type());
        LibraryFunction.register(globals, library.text(), library.number(), library.select());
        LibraryFunction.register(
                globals,
                library.getMetatable(),
                library.setMetatable(),
                library.rawGet(),
                library.rawSet(),
                library.rawEqual(),
                library.rawLength());
        globals.set(LuaString.of("_G"), globals);
        globals.set(LuaString.of("_VERSION"), VERSION);
    }

    // ---- traversal

    private LibraryFunction next() {
        return new Library2("next") {
            @Override
            @Nullable Object run(@Nullable Object t, @Nullable Object key) {
                LuaTable table = Args.table(1, t);
                int place;
                int skipped;
                try {
                    int from = table.placeAfter(key);
                    place = table.nextPlace(from);
                    skipped = (place < 0 ? table.placeCount() : place) - from;
                } catch (LuaError e) {
                    throw new LuaError(LuaString.of("invalid key to 'next'"));
                }
                if (skipped >= LARGE) state.work(skipped >> 4);
                return place < 0 ? null : Values.of(table.keyAt(place), table.valueAt(place));
            }
        };
    }

    private LibraryN pairs() {
        return new LibraryN("pairs") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object t = Args.any(arguments, 1);
                Object handler = state.metamethod(t, Metamethod.PAIRS);
                if (handler == null) return Values.of(next, t, null);
                Object result = Operations.callable(state, handler, null).call(t);
                return Values.of(Values.at(result, 0), Values.at(result, 1), Values.at(result, 2));
            }
        };
    }

    private LibraryN ipairs() {
        return new LibraryN("ipairs") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return Values.of(element, Args.any(arguments, 1), 0L);
            }
        };
    }

    private LibraryFunction element() {
        return new Library2("for iterator") {
            @Override
            @Nullable Object run(@Nullable Object t, @Nullable Object index) {
                long i = Args.integer(2, index) + 1;
                Object value = Access.get(state, t, i);
                return value == null ? null : Values.of(i, value);
            }
        };
    }

    // ---- conversions

    private LibraryN type() {
        return new LibraryN("type") {
            @Override
            Object run(@Nullable Object[] arguments) {
                return LuaTypes.of(Args.any(arguments, 1));
            }
        };
    }

    private LibraryN text() {
        return new LibraryN("tostring") {
            @Override
            Object run(@Nullable Object[] arguments) {
                return Text.of(state, Args.any(arguments, 1));
            }
        };
    }

    private LibraryN number() {
        return new LibraryN("tonumber") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object base = Args.at(arguments, 2);
                if (Args.any(arguments, 1) instanceof LuaString s && s.length() >= LuaString.LARGE)
                    state.work(s.length() >> 2);
                if (base == null) return LuaNumbers.toNumber(Args.any(arguments, 1));
                long b = Args.integer(2, base);
                Object text = Args.any(arguments, 1);
                if (!(text instanceof LuaString s)) throw LuaErrors.type(1, "string", text);
                if (b < 2 || b > 36) throw LuaErrors.argument(2, "base out of range");
                return LuaNumbers.parse(s, (int) b);
            }
        };
    }

    private LibraryN select() {
        return new LibraryN("select") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object n = Args.at(arguments, 1);
                if (COUNT.equals(n)) return arguments.length - 1L;
                long i = Args.integer(1, n);
                if (i < 0) i = arguments.length + i;
                else if (i > arguments.length) i = arguments.length;
                if (i < 1) throw LuaErrors.argument(1, "index out of range");
                if (arguments.length >= LARGE) state.work(arguments.length >> 4);
                return Values.from(arguments, (int) i);
            }
        };
    }

    // ---- metatables

    private LibraryN getMetatable() {
        return new LibraryN("getmetatable") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaTable meta = state.metatable(Args.any(arguments, 1));
                if (meta == null) return null;
                Object shown = meta.metamethod(Metamethod.METATABLE);
                return shown == null ? meta : shown;
            }
        };
    }

    private LibraryN setMetatable() {
        return new LibraryN("setmetatable") {
            @Override
            Object run(@Nullable Object[] arguments) {
                LuaTable t = Args.table(1, Args.at(arguments, 1));
                Object meta = Args.at(arguments, 2);
                if (arguments.length < 2 || (meta != null && !(meta instanceof LuaTable))) {
                    throw LuaErrors.type(2, "nil or table", meta);
                }
                LuaTable old = t.metatable();
                if (old != null && old.metamethod(Metamethod.METATABLE) != null) {
                    throw LuaErrors.located("cannot change a protected metatable");
                }
                t.setMetatable((LuaTable) meta);
                finalizers.note(t);
                finalizers.runPending();
                return t;
            }
        };
    }

    // ---- raw access

    private LibraryN rawGet() {
        return new LibraryN("rawget") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaTable t = Args.table(1, Args.at(arguments, 1));
                return t.get(Args.any(arguments, 2));
            }
        };
    }

    private LibraryN rawSet() {
        return new LibraryN("rawset") {
            @Override
            Object run(@Nullable Object[] arguments) {
                LuaTable t = Args.table(1, Args.at(arguments, 1));
                Object key = Args.any(arguments, 2);
                Object value = Args.any(arguments, 3);
                if (key == null) throw new LuaError(LuaString.of("table index is nil"));
                if (key instanceof Double d && d.isNaN()) {
                    throw new LuaError(LuaString.of("table index is NaN"));
                }
                t.set(key, value);
                return t;
            }
        };
    }

    private LibraryN rawEqual() {
        return new LibraryN("rawequal") {
            @Override
            Object run(@Nullable Object[] arguments) {
                return Tables.rawEqual(Args.any(arguments, 1), Args.any(arguments, 2));
            }
        };
    }

    private LibraryN rawLength() {
        return new LibraryN("rawlen") {
            @Override
            Object run(@Nullable Object[] arguments) {
                Object value = Args.at(arguments, 1);
                if (value instanceof LuaTable t) return t.length();
                if (value instanceof LuaString s) return (long) s.length();
                throw LuaErrors.type(1, "table or string", value);
            }
        };
    }

    // ---- load

    /** {@code load}, which needs the compiler but nothing of the host. */
    static LibraryN load(LuaState state, Loader loader) {
        return new Load(state, loader);
    }

    private static final class Load extends LibraryN {
        private final LuaState state;
        private final Loader loader;

        Load(LuaState state, Loader loader) {
            super("load");
            this.state = state;
            this.loader = loader;
        }

        @Override
        @Nullable Object run(@Nullable Object[] arguments) {
            Object chunk = Args.at(arguments, 1);
            LuaString text = Conversions.text(chunk);
            LuaString name = Args.stringOrNil(2, Args.at(arguments, 2));
            LuaString mode = Args.stringOrNil(3, Args.at(arguments, 3));
            Object environment = arguments.length >= 4 ? arguments[3] : state.globals();
            if (name == null) name = text == null ? LuaString.of("=(load)") : text;
            byte[] bytes;
            if (text != null) {
                bytes = text.toByteArray();
            } else {
                LuaFunction reader = Args.function(1, chunk);
                LuaThread thread = state.currentThread();
                Protection outer = thread.protection();
                thread.protection(outer.caught());
                try {
                    bytes = readAll(reader);
                } catch (LuaError e) {
                    return Values.of(null, e.value());
                } finally {
                    thread.protection(outer);
                }
            }
            return loader.load(bytes, name, mode == null ? "bt" : mode.toLatin1(), environment);
        }

        private byte[] readAll(LuaFunction reader) {
            LuaBuffer out = new LuaBuffer();
            while (true) {
                Object piece = Values.first(reader.call());
                if (piece == null) break;
                LuaString s = Conversions.text(piece);
                if (s == null) throw LuaErrors.located("reader function must return a string");
                if (s.isEmpty()) break;
                out.append(s);
                state.requireSize(out.length());
            }
            return Arrays.copyOf(out.toLuaString().bytes(), out.length());
        }
    }
}
