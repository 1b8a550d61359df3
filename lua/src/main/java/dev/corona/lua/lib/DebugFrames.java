package dev.corona.lua.lib;

import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.Prototype;
import dev.corona.lua.runtime.Traces;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** What the library {@code debug} has for functions and calls. */
final class DebugFrames {
    private static final String KINDS = "SnrultLf";

    private final LuaState state;
    private @Nullable Object[] hook = {null, null, null};

    private DebugFrames(LuaState state) {
        this.state = state;
    }

    static void install(LuaState state, Host host, LuaTable library) {
        DebugFrames f = new DebugFrames(state);
        LibraryFunction.register(library, new DebugPrompt(state, host));
        LibraryFunction.register(library, f.getInfo(), f.getLocal(), f.setLocal(), f.traceback());
        LibraryFunction.register(library, f.setHook(), f.getHook(), f.setCStackLimit());
    }

    /** The arguments behind a thread that may come first. */
    private static @Nullable Object[] withoutThread(@Nullable Object[] arguments) {
        boolean first = arguments.length > 0 && arguments[0] instanceof LuaThread;
        return first ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    }

    // ---- getinfo

    private LibraryN getInfo() {
        return new LibraryN("debug.getinfo") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                @Nullable Object[] rest = withoutThread(arguments);
                int shift = arguments.length - rest.length;
                LuaString kinds = Args.stringOrNil(2 + shift, Args.at(rest, 2));
                String what = kinds == null ? "flnSrtu" : kinds.toLatin1();
                for (int i = 0; i < what.length(); i++) {
                    if (KINDS.indexOf(what.charAt(i)) < 0) {
                        throw LuaErrors.argument(2 + shift, "invalid option");
                    }
                }
                Object subject = Args.at(rest, 1);
                if (subject instanceof LuaFunction f) return ofFunction(f, what);
                long level = Args.integer(1 + shift, subject);
                return level < 0 ? null : ofLevel(level, what);
            }
        };
    }

    private static LuaTable ofFunction(LuaFunction f, String what) {
        LuaTable t = new LuaTable(0, 16);
        Prototype p = f instanceof LuaClosure c ? c.prototype() : null;
        if (what.indexOf('S') >= 0) source(t, p);
        if (what.indexOf('l') >= 0) set(t, "currentline", -1L);
        if (what.indexOf('u') >= 0) {
            set(t, "nups", p == null ? 0L : (long) p.upvalues().size());
            set(t, "nparams", p == null ? 0L : (long) p.parameters().size());
            set(t, "isvararg", p == null || p.isVararg());
        }
        if (what.indexOf('n') >= 0) set(t, "namewhat", LuaString.EMPTY);
        if (what.indexOf('t') >= 0) set(t, "istailcall", false);
        if (what.indexOf('r') >= 0) {
            set(t, "ftransfer", 0L);
            set(t, "ntransfer", 0L);
        }
        if (what.indexOf('L') >= 0 && p != null) set(t, "activelines", lines(p));
        if (what.indexOf('f') >= 0) set(t, "func", f);
        return t;
    }

    private static LuaTable lines(Prototype p) {
        LuaTable lines = new LuaTable();
        for (Integer line : p.activeLines()) lines.set((long) line, (Object) true);
        return lines;
    }

    private static void set(LuaTable t, String name, @Nullable Object value) {
        t.set(LuaString.of(name), value);
    }

    private static void source(LuaTable t, @Nullable Prototype p) {
        set(t, "what", LuaString.of(p == null ? "C" : p.isMain() ? "main" : "Lua"));
        set(t, "source", LuaString.ofLatin1(p == null ? "=[C]" : p.source()));
        set(t, "short_src", LuaString.ofLatin1(p == null ? "[C]" : p.chunk()));
        set(t, "linedefined", p == null ? -1L : (long) p.line());
        set(t, "lastlinedefined", p == null ? -1L : (long) p.lastLine());
    }

    /** What is known of a running function: where it is. */
    private @Nullable Object ofLevel(long level, String what) {
        if (level == 0) return ofFunction(getInfo(), what);
        String where = level > Integer.MAX_VALUE ? "" : Traces.where((int) level);
        if (where.isEmpty()) return null;
        String place = where.substring(0, where.length() - 2);
        int colon = place.lastIndexOf(':');
        LuaTable t = new LuaTable(0, 8);
        if (what.indexOf('S') >= 0) {
            set(t, "short_src", LuaString.ofLatin1(place.substring(0, colon)));
            set(t, "source", LuaString.ofLatin1("@" + place.substring(0, colon)));
            set(t, "what", LuaString.of("Lua"));
        }
        Object line = LuaNumbers.parse(LuaString.of(place.substring(colon + 1)));
        if (what.indexOf('l') >= 0) set(t, "currentline", line);
        if (what.indexOf('n') >= 0) set(t, "namewhat", LuaString.EMPTY);
        return t;
    }

    // ---- locals

    private LibraryN getLocal() {
        return new LibraryN("debug.getlocal") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                @Nullable Object[] rest = withoutThread(arguments);
                int shift = arguments.length - rest.length;
                long n = Args.integer(2 + shift, Args.at(rest, 2));
                Object subject = Args.at(rest, 1);
                if (subject instanceof LuaFunction f) return parameter(f, n);
                requireLevel(1 + shift, Args.integer(1 + shift, subject));
                return null;
            }
        };
    }

    private static @Nullable Object parameter(LuaFunction f, long n) {
        List<String> names = f instanceof LuaClosure c ? c.prototype().parameters() : List.of();
        return n < 1 || n > names.size() ? null : LuaString.of(names.get((int) n - 1));
    }

    private static void requireLevel(int argument, long level) {
        boolean there = level >= 0 && level <= Integer.MAX_VALUE;
        if (!there || (level > 0 && Traces.where((int) level).isEmpty())) {
            throw LuaErrors.argument(argument, "level out of range");
        }
    }

    private LibraryN setLocal() {
        return new LibraryN("debug.setlocal") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                @Nullable Object[] rest = withoutThread(arguments);
                int shift = arguments.length - rest.length;
                long level = Args.integer(1 + shift, Args.at(rest, 1));
                Args.integer(2 + shift, Args.at(rest, 2));
                requireLevel(1 + shift, level);
                return null;
            }
        };
    }

    // ---- traceback

    private LibraryN traceback() {
        return new LibraryN("debug.traceback") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                @Nullable Object[] rest = withoutThread(arguments);
                Object message = Args.at(rest, 1);
                boolean text =
                        message == null
                                || message instanceof LuaString
                                || message instanceof Number;
                if (!text) return message;
                boolean other =
                        rest.length != arguments.length && arguments[0] != state.currentThread();
                long level =
                        Args.integer(
                                2 + arguments.length - rest.length,
                                Args.at(rest, 2),
                                other ? 0 : 1);
                String prefix = message == null ? "" : Args.string(1, message).toLatin1() + "\n";
                return LuaString.ofLatin1(prefix + trace(other, level));
            }
        };
    }

    private static String trace(boolean otherThread, long from) {
        StringBuilder out = new StringBuilder("stack traceback:");
        if (otherThread) return out.toString();
        for (int level = (int) Math.clamp(from, 1, Integer.MAX_VALUE); ; level++) {
            String where = Traces.where(level);
            if (where.isEmpty()) break;
            out.append("\n\t").append(where).append("in function");
        }
        return out.append("\n\t[C]: in ?").toString();
    }

    // ---- hooks

    private LibraryN setHook() {
        return new LibraryN("debug.sethook") {
            @Override
            Object run(@Nullable Object[] arguments) {
                @Nullable Object[] rest = withoutThread(arguments);
                Object f = Args.at(rest, 1);
                if (f == null) {
                    hook = new @Nullable Object[] {null, null, null};
                    return Values.NONE;
                }
                LuaString mask = Args.string(2, Args.at(rest, 2));
                long count = Args.integer(3, Args.at(rest, 3), 0);
                hook = new @Nullable Object[] {Args.function(1, f), mask, count};
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

    private Library1 setCStackLimit() {
        return new Library1("debug.setcstacklimit") {
            @Override
            Object run(@Nullable Object limit) {
                Args.integer(1, limit);
                return 200L;
            }
        };
    }
}
