package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Cell;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** What the library {@code debug} has for values: metatables, upvalues, the registry. */
@Resumable
final class DebugLibrary {
    private final LuaState state;

    /** Stand for upvalues that are no cells: a closure's own copies of what never changes. */
    private final Map<LuaClosure, Map<Long, LuaUserdata>> ids = new WeakHashMap<>();

    private DebugLibrary(LuaState state) {
        this.state = state;
    }

    static LuaTable install(LuaState state, Host host) {
        DebugLibrary library = new DebugLibrary(state);
        state.name("the library debug", library);
        LuaTable t = new LuaTable(0, 24);
        LibraryFunction.register(
                t,
                library.getMetatable(),
                library.setMetatable(),
                library.getRegistry(),
                library.getUserValue(),
                library.setUserValue());
        LibraryFunction.register(
                t,
                library.getUpvalue(),
                library.setUpvalue(),
                library.upvalueId(),
                library.upvalueJoin());
        DebugFrames.install(state, host, t);
        DebugLocals.install(state, t);
        DebugHooks.install(state, t);
        return t;
    }

    private LibraryN getMetatable() {
        return new LibraryN("debug.getmetatable") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return state.metatable(Args.any(arguments, 1));
            }
        };
    }

    private LibraryN setMetatable() {
        return new LibraryN("debug.setmetatable") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object meta = Args.at(arguments, 2);
                if (arguments.length < 2 || (meta != null && !(meta instanceof LuaTable))) {
                    throw LuaErrors.type(2, "nil or table", meta);
                }
                state.setMetatable(arguments[0], (LuaTable) meta);
                return arguments[0];
            }
        };
    }

    private Library1 getRegistry() {
        return new Library1("debug.getregistry") {
            @Override
            Object run(@Nullable Object ignored) {
                return state.registry();
            }
        };
    }

    private Library2 getUserValue() {
        return new Library2("debug.getuservalue") {
            @Override
            @Nullable Object run(@Nullable Object value, @Nullable Object number) {
                long n = Args.integer(2, number, 1);
                if (!(value instanceof LuaUserdata u)) return null;
                if (n < 1 || n > u.userValues().length) return null;
                return Values.of(u.userValues()[(int) n - 1], true);
            }
        };
    }

    private Library3 setUserValue() {
        return new Library3("debug.setuservalue") {
            @Override
            @Nullable Object run(
                    @Nullable Object value, @Nullable Object user, @Nullable Object number) {
                long n = Args.integer(3, number, 1);
                if (!(value instanceof LuaUserdata u)) throw LuaErrors.type(1, "userdata", value);
                if (n < 1 || n > u.userValues().length) return null;
                u.userValues()[(int) n - 1] = user;
                return u;
            }
        };
    }

    // ---- upvalues

    /** The closure if it has an upvalue of that number. */
    private static @Nullable LuaClosure withUpvalue(@Nullable Object f, long n) {
        boolean has = f instanceof LuaClosure c && n >= 1 && n <= c.prototype().upvalues().size();
        return has ? (LuaClosure) f : null;
    }

    private static @Nullable Object valueOf(LuaClosure f, int index) {
        Object value = f.upvalue(index);
        return value instanceof Cell c ? c.value : value;
    }

    private static LuaString nameOf(LuaClosure f, int index) {
        List<String> names = f.prototype().upvalues();
        return LuaString.of(names.get(index));
    }

    private Library2 getUpvalue() {
        return new Library2("debug.getupvalue") {
            @Override
            @Nullable Object run(@Nullable Object f, @Nullable Object number) {
                long n = Args.integer(2, number);
                LuaClosure closure = withUpvalue(Args.function(1, f), n);
                if (closure == null) return Values.NONE;
                int i = (int) n - 1;
                return Values.of(nameOf(closure, i), valueOf(closure, i));
            }
        };
    }

    private LibraryN setUpvalue() {
        return new LibraryN("debug.setupvalue") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object value = Args.any(arguments, 3);
                long n = Args.integer(2, arguments[1]);
                LuaClosure closure = withUpvalue(Args.function(1, arguments[0]), n);
                if (closure == null) return Values.NONE;
                int i = (int) n - 1;
                if (closure.upvalue(i) instanceof Cell c) c.value = value;
                else closure.upvalue(i, value);
                return nameOf(closure, i);
            }
        };
    }

    private Library2 upvalueId() {
        return new Library2("debug.upvalueid") {
            @Override
            @Nullable Object run(@Nullable Object f, @Nullable Object number) {
                long n = Args.integer(2, number);
                LuaFunction function = Args.function(1, f);
                LuaClosure closure = withUpvalue(function, n);
                if (closure == null) return null;
                Object value = closure.upvalue((int) n - 1);
                if (value instanceof Cell) return value;
                return ids.computeIfAbsent(closure, c -> new HashMap<>())
                        .computeIfAbsent(n, i -> new LuaUserdata(i, null));
            }
        };
    }

    private LibraryN upvalueJoin() {
        return new LibraryN("debug.upvaluejoin") {
            @Override
            Object run(@Nullable Object[] arguments) {
                LuaClosure to = upvalueOf(arguments, 1);
                LuaClosure from = upvalueOf(arguments, 3);
                int target = (int) Args.integer(2, arguments[1]) - 1;
                int source = (int) Args.integer(4, arguments[3]) - 1;
                to.upvalue(target, from.upvalue(source));
                return Values.NONE;
            }
        };
    }

    private static LuaClosure upvalueOf(@Nullable Object[] arguments, int n) {
        LuaFunction f = Args.function(n, Args.at(arguments, n));
        LuaClosure closure = withUpvalue(f, Args.integer(n + 1, Args.at(arguments, n + 1)));
        if (closure == null) throw LuaErrors.argument(n + 1, "invalid upvalue index");
        return closure;
    }
}
