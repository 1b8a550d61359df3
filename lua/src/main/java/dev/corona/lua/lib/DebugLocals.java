package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.lib.DebugFrames.Subject;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

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
                return null;
            }
        };
    }

    private static @Nullable Object parameter(LuaFunction f, long n) {
        List<String> names = f instanceof LuaClosure c ? c.prototype().parameters() : List.of();
        return n < 1 || n > names.size() ? null : LuaString.of(names.get((int) n - 1));
    }

    private LibraryN setLocal() {
        return new LibraryN("debug.setlocal") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Subject s = Subject.of(state, arguments);
                long level = Args.integer(s.number(1), s.at(1));
                Args.integer(s.number(2), s.at(2));
                return null;
            }
        };
    }
}
