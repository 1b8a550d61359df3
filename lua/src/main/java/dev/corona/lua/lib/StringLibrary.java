package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaTypes;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.Operations;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** The library {@code string}, without what concerns patterns, and the metatable of strings. */
@Resumable
final class StringLibrary {
    private static final int MAX_RESULTS = 1_000_000;

    private final LuaState state;

    private StringLibrary(LuaState state) {
        this.state = state;
    }

    static LuaTable install(LuaState state) {
        StringLibrary library = new StringLibrary(state);
        LuaTable t = new LuaTable(0, 20);
        LibraryFunction.register(
                t,
                library.length(),
                library.sub(),
                library.bytes(),
                library.chars(),
                library.rep(),
                library.reverse(),
                library.changeCase("string.lower", 'A'),
                library.changeCase("string.upper", 'a'));
        LibraryFunction.register(t, new StringFormat(state), new StringDump());
        PatternFunctions.install(state, t);
        StringPack.install(state, t);
        LuaTable meta = new LuaTable(0, 12);
        meta.set(Metamethod.INDEX.key, t);
        arithmetic(state, meta);
        state.setMetatable(LuaString.EMPTY, meta);
        return t;
    }

    private Library1 length() {
        return new Library1("string.len") {
            @Override
            Object run(@Nullable Object s) {
                return (long) Args.string(1, s).length();
            }
        };
    }

    private Library3 sub() {
        return new Library3("string.sub") {
            @Override
            Object run(@Nullable Object s, @Nullable Object i, @Nullable Object j) {
                LuaString text = Args.string(1, s);
                int length = text.length();
                long from = Args.start(Args.integer(2, i), length);
                int to = Args.end(Args.integer(3, j, -1), length);
                if (from >= to) return LuaString.EMPTY;
                if (to - from >= LuaString.LARGE) state.work(to - from >> 6);
                return text.sub((int) from, to);
            }
        };
    }

    private Library3 bytes() {
        return new Library3("string.byte") {
            @Override
            @Nullable Object run(@Nullable Object s, @Nullable Object i, @Nullable Object j) {
                LuaString text = Args.string(1, s);
                int length = text.length();
                long first = Args.integer(2, i, 1);
                long from = Args.start(first, length);
                int to = Args.end(Args.integer(3, j, first), length);
                if (from >= to) return Values.NONE;
                if (to - from == 1) return (long) text.at((int) from);
                if (to - from >= MAX_RESULTS) {
                    throw LuaErrors.located("stack overflow (string slice too long)");
                }
                state.work(to - from >> 2);
                @Nullable Object[] list = new Object[(int) (to - from)];
                for (int k = 0; k < list.length; k++) list[k] = (long) text.at((int) from + k);
                return Values.of(list);
            }
        };
    }

    private LibraryN chars() {
        return new LibraryN("string.char") {
            @Override
            Object run(@Nullable Object[] arguments) {
                state.work(arguments.length >> 4);
                byte[] bytes = new byte[arguments.length];
                for (int i = 0; i < bytes.length; i++) {
                    long c = Args.integer(i + 1, arguments[i]);
                    if (c < 0 || c > 255) throw LuaErrors.argument(i + 1, "value out of range");
                    bytes[i] = (byte) c;
                }
                return LuaString.wrap(bytes);
            }
        };
    }

    private Library3 rep() {
        return new Library3("string.rep") {
            @Override
            Object run(@Nullable Object s, @Nullable Object n, @Nullable Object sep) {
                LuaString text = Args.string(1, s);
                long times = Args.integer(2, n);
                LuaString between = sep == null ? LuaString.EMPTY : Args.string(3, sep);
                return times <= 0 ? LuaString.EMPTY : repeat(text, times, between);
            }
        };
    }

    private LuaString repeat(LuaString text, long times, LuaString between) {
        long unit = (long) text.length() + between.length();
        if (unit == 0) return LuaString.EMPTY;
        if (unit > LuaString.MAX_LENGTH || times > LuaString.MAX_LENGTH / unit + 1) {
            throw LuaErrors.located("resulting string too large");
        }
        long total = unit * times - between.length();
        if (total > LuaString.MAX_LENGTH) throw LuaErrors.located("resulting string too large");
        state.requireSize(total);
        state.work(total >> 6);
        byte[] all = new byte[(int) total];
        text.copyTo(all, 0);
        int filled = text.length();
        if (times > 1) {
            between.copyTo(all, filled);
            filled += between.length();
        }
        while (filled < all.length) {
            int n = Math.min(filled, all.length - filled);
            System.arraycopy(all, 0, all, filled, n);
            filled += n;
        }
        return LuaString.wrap(all);
    }

    private Library1 reverse() {
        return new Library1("string.reverse") {
            @Override
            Object run(@Nullable Object s) {
                LuaString text = Args.string(1, s);
                int n = text.length();
                state.work(n >> 6);
                byte[] reversed = new byte[n];
                for (int i = 0; i < n; i++) reversed[i] = (byte) text.at(n - 1 - i);
                return LuaString.wrap(reversed);
            }
        };
    }

    /** Changes ASCII letters of one case, of which {@code first} is the first, to the other. */
    private Library1 changeCase(String name, int first) {
        return new Library1(name) {
            @Override
            Object run(@Nullable Object s) {
                LuaString text = Args.string(1, s);
                state.work(text.length() >> 6);
                byte[] changed = text.toByteArray();
                for (int i = 0; i < changed.length; i++) {
                    int c = changed[i] - first;
                    if (c >= 0 && c < 26) changed[i] ^= 0x20;
                }
                return LuaString.wrap(changed);
            }
        };
    }

    // ---- arithmetic on strings

    private static void arithmetic(LuaState state, LuaTable meta) {
        Metamethod[] events = {
            Metamethod.ADD,
            Metamethod.SUB,
            Metamethod.MUL,
            Metamethod.DIV,
            Metamethod.MOD,
            Metamethod.POW,
            Metamethod.IDIV,
            Metamethod.UNM
        };
        for (int i = 0; i < events.length; i++) {
            meta.set(events[i].key, new StringArithmetic(state, events[i], i));
        }
    }

    private static final class StringArithmetic extends Library2 {
        private final LuaState state;
        private final Metamethod event;
        private final int operator;

        StringArithmetic(LuaState state, Metamethod event, int operator) {
            super(event.key.toString());
            this.state = state;
            this.event = event;
            this.operator = operator;
        }

        /** For reading a numeral. */
        private void charge(@Nullable Object operand) {
            if (operand instanceof LuaString s && s.length() >= LuaString.LARGE)
                state.work(s.length() >> 2);
        }

        @Override
        @Nullable Object run(@Nullable Object a, @Nullable Object b) {
            charge(a);
            charge(b);
            Object x = LuaNumbers.toNumber(a);
            Object y = LuaNumbers.toNumber(b);
            if (x instanceof Number m && y instanceof Number n) {
                if (event != Metamethod.UNM) {
                    return Operations.arithmeticOnNumbers(state, operator, m, n);
                }
                return m instanceof Long l ? (Object) (-l) : (Object) (-m.doubleValue());
            }
            Object handler = b instanceof LuaString ? null : state.metamethod(b, event);
            if (handler == null) {
                throw LuaErrors.located(
                        "attempt to "
                                + event.key.toString().substring(2)
                                + " a '"
                                + LuaTypes.nameOf(a)
                                + "' with a '"
                                + LuaTypes.nameOf(b)
                                + "'");
            }
            LuaFunction f = Operations.callable(state, handler, null);
            return Values.first(f.call(a, b));
        }
    }
}
