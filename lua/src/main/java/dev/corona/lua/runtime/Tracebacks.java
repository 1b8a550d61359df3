package dev.corona.lua.runtime;

import dev.corona.lua.runtime.DebugInfo.CallName;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Predicate;

/** Levels as text, in the form of the reference implementation. */
public final class Tracebacks {
    /** Of a long stack so many levels are shown at its beginning and its end. */
    private static final int FIRST = 10;

    private static final int LAST = 11;
    private static final LuaString LOADED = LuaString.of("_LOADED");

    private Tracebacks() {}

    /**
     * The traceback, one character for each byte: a head line, and a line for each level.
     *
     * @param from the first level that is shown
     */
    public static String text(LuaState state, List<Level> levels, int from) {
        StringBuilder out = new StringBuilder("stack traceback:");
        int count = levels.size() - from;
        boolean isCut = count > FIRST + 1 + LAST;
        for (int i = from; i < levels.size(); i++) {
            if (isCut && i == from + FIRST) {
                int skipped = count - FIRST - LAST;
                // the reference does not count the first of them
                out.append("\n\t...\t(skipping ").append(skipped - 1).append(" levels)");
                i += skipped;
            }
            line(out, state, levels, i);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, LuaState state, List<Level> levels, int index) {
        Level level = levels.get(index);
        out.append("\n\t").append(level.shown());
        out.append("in ").append(nameOf(state, levels, index, level.prototype()));
        if (level.isTail()) out.append("\n\t(...tail calls...)");
    }

    private static String nameOf(
            LuaState state, List<Level> levels, int index, @Nullable Prototype prototype) {
        CallName called = Traces.nameOf(levels, index);
        String global = globalName(state, levels.get(index)::mayBe, called);
        if (global != null) return "function '" + global + "'";
        if (called != null) return called.kind() + " '" + called.name() + "'";
        if (prototype == null) return "?";
        if (prototype.isMain()) return "main chunk";
        return "function <" + prototype.chunk() + ":" + prototype.line() + ">";
    }

    /** The name of a function that is a field of a loaded module, such as {@code string.rep}; null if it is none. */
    static @Nullable String globalName(LuaFunction function) {
        LuaState state = Traces.running();
        return state == null ? null : globalName(state, f -> f == function, null);
    }

    /**
     * @param called if several functions fit, the one of this name is meant
     */
    private static @Nullable String globalName(
            LuaState state, Predicate<LuaFunction> fits, @Nullable CallName called) {
        String found = null;
        LuaTable modules = modules(state);
        for (int m = modules.nextPlace(0); m >= 0; m = modules.nextPlace(m + 1)) {
            if (!(modules.keyAt(m) instanceof LuaString module)) continue;
            if (!(modules.valueAt(m) instanceof LuaTable fields)) continue;
            for (int f = fields.nextPlace(0); f >= 0; f = fields.nextPlace(f + 1)) {
                if (!(fields.keyAt(f) instanceof LuaString field)) continue;
                if (!(fields.valueAt(f) instanceof LuaFunction v) || !fits.test(v)) continue;
                String name = qualified(module.toLatin1(), field.toLatin1());
                if (called == null || field.toLatin1().equals(called.name())) return name;
                if (found == null) found = name;
            }
        }
        return found;
    }

    private static String qualified(String module, String field) {
        return module.equals("_G") ? field : module + "." + field;
    }

    /** The table of loaded modules; without one there are the globals and the tables in them. */
    private static LuaTable modules(LuaState state) {
        if (state.registry().get(LOADED) instanceof LuaTable t) return t;
        LuaTable made = new LuaTable();
        LuaTable globals = state.globals();
        for (int p = globals.nextPlace(0); p >= 0; p = globals.nextPlace(p + 1)) {
            if (globals.valueAt(p) instanceof LuaTable t) made.set(globals.keyAt(p), t);
        }
        return made;
    }
}
