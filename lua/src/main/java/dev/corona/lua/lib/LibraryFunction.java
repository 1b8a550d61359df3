package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A function of the library. Its name is that under which the library has it, such as {@code string.rep}; that of a
 * method, which no library has, such as {@code FILE*:read}. */
@Resumable
abstract class LibraryFunction extends LuaFunction {
    /** The names of the library as keys, which all runtimes share. */
    private static final Map<String, LuaString> NAMES = new ConcurrentHashMap<>();

    private final String name;

    LibraryFunction(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    /** Puts functions into the table of their library, each under its short name. */
    static void register(LuaTable library, LibraryFunction... functions) {
        for (LibraryFunction f : functions) {
            int dot = Math.max(f.name.lastIndexOf('.'), f.name.lastIndexOf(':'));
            String shortName = f.name.substring(dot + 1);
            library.set(NAMES.computeIfAbsent(shortName, LuaString::of), f);
        }
    }

    @Override
    public final String toString() {
        return String.format("function: builtin: 0x%08x", System.identityHashCode(this));
    }
}
