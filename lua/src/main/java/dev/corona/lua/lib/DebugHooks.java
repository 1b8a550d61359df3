package dev.corona.lua.lib;

import dev.corona.lua.lib.DebugFrames.Subject;
import dev.corona.lua.runtime.Hook;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** What the library {@code debug} has for hooks. */
final class DebugHooks {
    private final LuaState state;

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
                if (s.at(1) == null) {
                    s.thread().hook(null);
                    return Values.NONE;
                }
                String mask = Args.string(s.number(2), s.at(2)).toLatin1();
                LuaFunction f = Args.function(s.number(1), s.at(1));
                long count = Args.integer(s.number(3), s.at(3), 0);
                s.thread().hook(Hook.of(f, mask, (int) Math.clamp(count, 0, Integer.MAX_VALUE)));
                return Values.NONE;
            }
        };
    }

    private LibraryN getHook() {
        return new LibraryN("debug.gethook") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Hook hook = Subject.of(state, arguments).thread().hook();
                if (hook == null) return null;
                return Values.of(hook.function(), LuaString.of(hook.mask()), (long) hook.count());
            }
        };
    }
}
