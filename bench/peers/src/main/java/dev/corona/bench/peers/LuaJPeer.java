package dev.corona.bench.peers;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;
import org.luaj.vm2.luajc.LuaJC;

import java.util.function.LongUnaryOperator;

/** Lua programs on LuaJ. */
public final class LuaJPeer {
    private LuaJPeer() {}

    /** The function that the chunk returns; with {@code mode} {@code compiled} by way of luajc. */
    public static LongUnaryOperator load(String file, String mode) {
        Globals globals = JsePlatform.standardGlobals();
        if (mode.equals("compiled")) LuaJC.install(globals);
        LuaValue program = globals.loadfile(file).call();
        return size -> program.call(LuaValue.valueOf((double) size)).checklong();
    }
}
