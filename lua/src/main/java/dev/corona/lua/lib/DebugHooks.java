package dev.corona.lua.lib;

import dev.corona.lua.lib.DebugFrames.Subject;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** What the library {@code debug} has for hooks. */
final class DebugHooks {
    private final LuaState state;
    private @Nullable Object[] hook = {null, null, null};

    private DebugHooks(LuaState state) {
        this.state = state;
    }

    static void install(LuaState state, LuaTable library) {
        DebugHooks d = new DebugHooks(state);
        LibraryFunction.register(library, d.setHook(), d.getHook());
    }

    private LibraryN setHook() {
        return new LibraryN("debug.sethook") {
            @Override
            Object run(@Nullable Object[] arguments) {
                Subject s = Subject.of(state, arguments);
                Object f = s.at(1);
                if (f == null) {
                    hook = new @Nullable Object[] {null, null, null};
                    return Values.NONE;
                }
                LuaString mask = Args.string(s.number(2), s.at(2));
                long count = Args.integer(s.number(3), s.at(3), 0);
                hook = new @Nullable Object[] {Args.function(s.number(1), f), mask, count};
                return Values.NONE;
            }
        };
    }

    private LibraryN getHook() {
        return new LibraryN("debug.gethook") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return hook[0] == null ? null : Values.of(hook.clone());
            }
        };
    }
}
