package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.lib.DebugFrames.Subject;
import dev.corona.lua.runtime.Level;
import dev.corona.lua.runtime.LevelVariable;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the library {@code debug} has for local variables. */
@Resumable
final class DebugLocals {
    private final LuaState state;

    private DebugLocals(LuaState state) {
        this.state = state;
    }

    static void install(LuaState state, LuaTable library) {
        DebugLocals d = new DebugLocals(state);
        LibraryFunction.register(library, d.getLocal(), d.setLocal());
    }

    private LibraryN getLocal() {
        return new LibraryN("debug.getlocal") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Subject s = Subject.of(state, arguments);
                long n = Args.integer(s.number(2), s.at(2));
                if (s.at(1) instanceof LuaFunction f) return parameter(f, n);
                long level = Args.integer(s.number(1), s.at(1));
                return state.inspect(s.thread(), levels -> read(at(levels, level, s), n));
            }
        };
    }

    private static @Nullable Object parameter(LuaFunction f, long n) {
        List<String> names = f instanceof LuaClosure c ? c.prototype().parameters() : List.of();
        return n < 1 || n > names.size() ? null : LuaString.of(names.get((int) n - 1));
    }

    private static Level at(List<Level> levels, long level, Subject s) {
        if (level >= 0 && level < levels.size()) return levels.get((int) level);
        throw LuaErrors.argument(s.number(1), "level out of range");
    }

    private static @Nullable Object read(Level level, long n) {
        LevelVariable variable = level.variable(n);
        if (variable == null) return null;
        return Values.of(LuaString.of(variable.name()), variable.value());
    }

    private LibraryN setLocal() {
        return new LibraryN("debug.setlocal") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Subject s = Subject.of(state, arguments);
                long level = Args.integer(s.number(1), s.at(1));
                long n = Args.integer(s.number(2), s.at(2));
                Object value = Args.any(arguments, s.number(3));
                return state.inspect(s.thread(), levels -> write(at(levels, level, s), n, value));
            }
        };
    }

    private static @Nullable Object write(Level level, long n, @Nullable Object value) {
        LevelVariable variable = level.variable(n);
        if (variable == null) return null;
        variable.set(value);
        return LuaString.of(variable.name());
    }
}
