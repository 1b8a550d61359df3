package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaError;
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

/** The library {@code table}. All its functions respect metamethods. */
@Resumable
final class TableLibrary {
    private static final int MAX_RESULTS = 1_000_000;

    /** How many elements are moved before they are charged for; a power of two. */
    private static final int PORTION = 256;

    private static final LuaString N = LuaString.of("n");

    private final LuaState state;

    private TableLibrary(LuaState state) {
        this.state = state;
    }

    static LuaTable install(LuaState state) {
        TableLibrary library = new TableLibrary(state);
        LuaTable t = new LuaTable(0, 8);
        LibraryFunction.register(
                t, library.concat(), library.insert(), library.remove(), library.move());
        LibraryFunction.register(t, library.pack(), library.unpack(), library.sort());
        return t;
    }

    // ---- elements

    private @Nullable Object get(Object table, long i) {
        if (table instanceof LuaTable t) {
            Object value = t.get(i);
            if (value != null || t.metatable() == null) return value;
        }
        return Access.get(state, table, i);
    }

    private void set(Object table, long i, @Nullable Object value) {
        if (table instanceof LuaTable t && t.metatable() == null) t.set(i, value);
        else Operations.setIndex(state, table, i, value, null);
    }

    private long length(Object table) {
        if (table instanceof LuaTable t && t.metatable() == null) return t.length();
        Object n = Operations.length(state, table, null);
        if (n instanceof Long l) return l;
        Long i = n instanceof Double d ? LuaNumbers.toInteger(d.doubleValue()) : null;
        if (i == null) throw LuaErrors.located("object length is not an integer");
        return i;
    }

    /** The argument, which must be a table or behave as one. */
    private Object like(int n, @Nullable Object value, Metamethod... needed) {
        if (value instanceof LuaTable t) return t;
        LuaTable meta = state.metatable(value);
        boolean has = meta != null && value != null;
        for (Metamethod m : needed) has = has && meta != null && meta.metamethod(m) != null;
        if (!has || value == null) throw LuaErrors.type(n, "table", value);
        return value;
    }

    // ---- functions

    private LibraryN concat() {
        return new LibraryN("table.concat") {
            @Override
            Object run(@Nullable Object[] arguments) {
                Object t = like(1, Args.at(arguments, 1), Metamethod.INDEX, Metamethod.LEN);
                LuaString separator = Args.stringOrNil(2, Args.at(arguments, 2));
                long first = Args.integer(3, Args.at(arguments, 3), 1);
                Object end = Args.at(arguments, 4);
                long last = end == null ? length(t) : Args.integer(4, end);
                LuaBuffer out = state.buffer();
                for (long i = first; i <= last; i++) {
                    element(out, t, i);
                    if (i == last) break;
                    if (separator != null) out.append(separator);
                }
                state.requireSize(out.length());
                return out.toLuaString();
            }
        };
    }

    private void element(LuaBuffer out, Object table, long i) {
        Object value = get(table, i);
        LuaString text = Conversions.text(value);
        if (text == null) {
            throw LuaErrors.located(
                    "invalid value ("
                            + LuaTypes.nameOf(value)
                            + ") at index "
                            + i
                            + " in table for 'concat'");
        }
        out.append(text);
        state.work(1 + (text.length() >> 5));
    }

    private LibraryN insert() {
        return new LibraryN("table.insert") {
            @Override
            Object run(@Nullable Object[] arguments) {
                Object t =
                        like(
                                1,
                                Args.at(arguments, 1),
                                Metamethod.INDEX,
                                Metamethod.NEWINDEX,
                                Metamethod.LEN);
                long end = length(t) + 1;
                if (arguments.length == 2) {
                    set(t, end, arguments[1]);
                    return Values.NONE;
                }
                if (arguments.length != 3)
                    throw LuaErrors.located("wrong number of arguments to 'insert'");
                long at = Args.integer(2, arguments[1]);
                if (Long.compareUnsigned(at - 1, end) >= 0) {
                    throw LuaErrors.argument(2, "position out of bounds");
                }
                for (long i = end; i > at; i--) {
                    if ((i & PORTION - 1) == 0) state.work(PORTION >> 2);
                    set(t, i, get(t, i - 1));
                }
                set(t, at, arguments[2]);
                return Values.NONE;
            }
        };
    }

    private LibraryN remove() {
        return new LibraryN("table.remove") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object t =
                        like(
                                1,
                                Args.at(arguments, 1),
                                Metamethod.INDEX,
                                Metamethod.NEWINDEX,
                                Metamethod.LEN);
                long size = length(t);
                long at = arguments.length < 2 ? size : Args.integer(2, arguments[1]);
                if (at != size && Long.compareUnsigned(at - 1, size) > 0) {
                    throw LuaErrors.argument(1, "position out of bounds");
                }
                Object removed = get(t, at);
                long i = at;
                for (; i < size; i++) {
                    if ((i & PORTION - 1) == 0) state.work(PORTION >> 2);
                    set(t, i, get(t, i + 1));
                }
                set(t, i, null);
                return removed;
            }
        };
    }

    private LibraryN move() {
        return new LibraryN("table.move") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object from = like(1, Args.at(arguments, 1), Metamethod.INDEX);
                long first = Args.integer(2, Args.at(arguments, 2));
                long last = Args.integer(3, Args.at(arguments, 3));
                long target = Args.integer(4, Args.at(arguments, 4));
                Object other = Args.at(arguments, 5);
                Object to =
                        other == null
                                ? like(1, from, Metamethod.NEWINDEX)
                                : like(5, other, Metamethod.NEWINDEX);
                if (last >= first) {
                    if (first <= 0 && last >= Long.MAX_VALUE + first) {
                        throw LuaErrors.argument(3, "too many elements to move");
                    }
                    if (target > Long.MAX_VALUE - (last - first + 1) + 1) {
                        throw LuaErrors.argument(4, "destination wrap around");
                    }
                    copy(from, first, last, to, target);
                }
                return to;
            }
        };
    }

    private void copy(Object from, long first, long last, Object to, long target) {
        long count = last - first;
        boolean upwards = target > last || target <= first || from != to;
        for (long i = 0; i <= count; i++) {
            long k = upwards ? i : count - i;
            set(to, target + k, get(from, first + k));
            if ((i & PORTION - 1) == 0) state.work(PORTION >> 1);
        }
    }

    private LibraryN pack() {
        return new LibraryN("table.pack") {
            @Override
            Object run(@Nullable Object[] arguments) {
                state.work(arguments.length >> 4);
                LuaTable t = LuaTable.ofArray(arguments.clone());
                t.set(N, (long) arguments.length);
                return t;
            }
        };
    }

    private Library3 unpack() {
        return new Library3("table.unpack") {
            @Override
            @Nullable Object run(@Nullable Object t, @Nullable Object i, @Nullable Object j) {
                long first = Args.integer(2, i, 1);
                long last = j == null ? length(nonNull(t)) : Args.integer(3, j);
                if (first > last) return Values.NONE;
                long count = last - first + 1;
                if (count <= 0 || count >= MAX_RESULTS) {
                    throw LuaErrors.located("too many results to unpack");
                }
                state.work(count >> 2);
                @Nullable Object[] list = new Object[(int) count];
                for (int k = 0; k < list.length; k++) list[k] = get(nonNull(t), first + k);
                return Values.of(list);
            }
        };
    }

    private Object nonNull(@Nullable Object value) {
        if (value == null) throw new LuaError(LuaString.of("attempt to get length of a nil value"));
        return value;
    }

    // ---- sort

    private Library2 sort() {
        return new Library2("table.sort") {
            @Override
            Object run(@Nullable Object t, @Nullable Object comparator) {
                Object table = like(1, t, Metamethod.INDEX, Metamethod.NEWINDEX, Metamethod.LEN);
                long n = length(table);
                if (n <= 1) return Values.NONE;
                if (n >= Integer.MAX_VALUE) throw LuaErrors.argument(1, "array too big");
                LuaFunction f = comparator == null ? null : Args.function(2, comparator);
                sort(table, (int) n, f);
                return Values.NONE;
            }
        };
    }

    /**
     * Sorts a copy and writes it back, also when the comparator fails: then what was sorted so far is a permutation of what was there.
     */
    private void sort(Object table, int n, @Nullable LuaFunction comparator) {
        state.requireSlots(n);
        state.work(n >> 2);
        @Nullable Object[] list = new Object[n];
        for (int i = 0; i < n; i++) {
            if ((i & PORTION - 1) == 0) state.work(PORTION >> 2);
            list[i] = get(table, i + 1L);
        }
        try {
            new Sort(state, list, comparator).run();
        } finally {
            for (int i = 0; i < n; i++) set(table, i + 1L, list[i]);
        }
    }
}
