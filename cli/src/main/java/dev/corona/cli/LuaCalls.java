package dev.corona.cli;

import dev.corona.lua.io.LuaLoop;
import dev.corona.lua.runtime.LuaFunction;

import org.jspecify.annotations.Nullable;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Calls of Lua functions that an interrupt of the user stops; a second one during the same call ends the process. */
final class LuaCalls {
    private static final Signal INTERRUPT = new Signal("INT");

    private final LuaLoop loop;

    LuaCalls(LuaLoop loop) {
        this.loop = loop;
    }

    /** As {@link LuaLoop#call}. */
    @Nullable Object call(LuaFunction function, @Nullable Object... arguments) {
        SignalHandler before = Signal.handle(INTERRUPT, this::interrupted);
        try {
            return loop.call(function, arguments);
        } finally {
            Signal.handle(INTERRUPT, before);
        }
    }

    private void interrupted(Signal signal) {
        Signal.handle(INTERRUPT, SignalHandler.SIG_DFL);
        loop.interrupt();
    }
}
