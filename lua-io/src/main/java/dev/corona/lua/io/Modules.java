package dev.corona.lua.io;

import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import java.util.function.Function;

/** Lets {@code require} find the modules. */
final class Modules {
    private static final LuaString PRELOAD = LuaString.of("_PRELOAD");

    private Modules() {}

    static void install(LuaLoop loop, LuaState state) {
        if (!(state.registry().get(PRELOAD) instanceof LuaTable preload)) {
            throw new IllegalArgumentException(
                    "the modules need require, which this runtime has not; make it with the profile STANDARD or FULL");
        }
        provide(loop, preload, "corona", CoronaLibrary::table);
        provide(loop, preload, "socket", SocketLibrary::table);
        provide(loop, preload, "socket.core", SocketLibrary::table);
    }

    /** The loader is a job, so that a loop runs when the module is there. */
    private static void provide(
            LuaLoop loop, LuaTable preload, String name, Function<LuaLoop, LuaTable> module) {
        IoFunction loader =
                new IoFunction(loop.state(), name, a -> new Job(() -> module.apply(loop)));
        preload.set(LuaString.of(name), loader);
    }
}
