package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.DebugInfo.CallName;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.Level;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.Prototype;
import dev.corona.lua.runtime.Tracebacks;
import dev.corona.lua.runtime.Traces;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** What the library {@code debug} has for functions and calls. */
@Resumable
final class DebugFrames {
    private static final String KINDS = "SnrultLf";

    private final LuaState state;

    private DebugFrames(LuaState state) {
        this.state = state;
    }

    static void install(LuaState state, Host host, LuaTable library) {
        DebugFrames f = new DebugFrames(state);
        LibraryFunction.register(library, new DebugPrompt(state, host));
        LibraryFunction.register(library, f.getInfo(), f.traceback(), f.setCStackLimit());
    }

    /** The arguments of a function that may be told first which coroutine it is about. */
    record Subject(LuaThread thread, @Nullable Object[] arguments, int shift) {
        static Subject of(LuaState state, @Nullable Object[] given) {
            if (given.length == 0 || !(given[0] instanceof LuaThread t)) {
                return new Subject(state.currentThread(), given, 0);
            }
            return new Subject(t, Arrays.copyOfRange(given, 1, given.length), 1);
        }

        @Nullable Object at(int n) {
            return Args.at(arguments, n);
        }

        /** The number of an argument as the caller counts. */
        int number(int n) {
            return n + shift;
        }
    }

    // ---- getinfo

    private LibraryN getInfo() {
        return new LibraryN("debug.getinfo") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Subject s = Subject.of(state, arguments);
                String what = options(s);
                if (s.at(1) instanceof LuaFunction f) return ofFunction(f, what);
                long level = Args.integer(s.number(1), s.at(1));
                if (level < 0) return null;
                return state.inspect(s.thread(), levels -> ofLevel(levels, level, what));
            }
        };
    }

    private static String options(Subject s) {
        LuaString kinds = Args.stringOrNil(s.number(2), s.at(2));
        String what = kinds == null ? "flnSrtu" : kinds.toLatin1();
        if (what.startsWith(">")) throw LuaErrors.argument(s.number(2), "invalid option '>'");
        for (int i = 0; i < what.length(); i++) {
            if (KINDS.indexOf(what.charAt(i)) < 0) {
                throw LuaErrors.argument(s.number(2), "invalid option");
            }
        }
        return what;
    }

    private static LuaTable ofFunction(LuaFunction f, String what) {
        LuaTable t = new LuaTable(0, 16);
        Prototype p = f instanceof LuaClosure c ? c.prototype() : null;
        ofPrototype(t, p, what);
        if (what.indexOf('l') >= 0) set(t, "currentline", -1L);
        if (what.indexOf('n') >= 0) set(t, "namewhat", LuaString.EMPTY);
        if (what.indexOf('t') >= 0) set(t, "istailcall", false);
        if (what.indexOf('f') >= 0) set(t, "func", f);
        return t;
    }

    private static void ofPrototype(LuaTable t, @Nullable Prototype p, String what) {
        if (what.indexOf('S') >= 0) source(t, p);
        if (what.indexOf('u') >= 0) {
            set(t, "nups", p == null ? 0L : (long) p.upvalues().size());
            set(t, "nparams", p == null ? 0L : (long) p.parameters().size());
            set(t, "isvararg", p == null || p.isVararg());
        }
        if (what.indexOf('r') >= 0) {
            set(t, "ftransfer", 0L);
            set(t, "ntransfer", 0L);
        }
        if (what.indexOf('L') >= 0 && p != null) set(t, "activelines", lines(p));
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

    private static @Nullable LuaTable ofLevel(List<Level> levels, long number, String what) {
        if (number >= levels.size()) return null;
        int index = (int) number;
        Level level = levels.get(index);
        LuaTable t = new LuaTable(0, 16);
        ofPrototype(t, level.prototype(), what);
        if (what.indexOf('l') >= 0) set(t, "currentline", (long) level.line());
        if (what.indexOf('n') >= 0) {
            CallName name = Traces.nameOf(levels, index);
            set(t, "name", name == null ? null : LuaString.ofLatin1(name.name()));
            set(t, "namewhat", name == null ? LuaString.EMPTY : LuaString.of(name.kind()));
        }
        if (what.indexOf('t') >= 0) set(t, "istailcall", level.isTail());
        if (what.indexOf('f') >= 0) set(t, "func", level.function());
        return t;
    }

    // ---- traceback

    private LibraryN traceback() {
        return new LibraryN("debug.traceback") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Subject s = Subject.of(state, arguments);
                Object message = s.at(1);
                boolean text =
                        message == null
                                || message instanceof LuaString
                                || message instanceof Number;
                if (!text) return message;
                boolean other = s.thread() != state.currentThread();
                long level = Args.integer(s.number(2), s.at(2), other ? 0 : 1);
                String head = message == null ? "" : Args.string(1, message).toLatin1() + "\n";
                return state.inspect(s.thread(), levels -> trace(head, levels, level));
            }
        };
    }

    private LuaString trace(String head, List<Level> levels, long from) {
        int first = from < 0 ? levels.size() : (int) Math.min(from, levels.size());
        return LuaString.ofLatin1(head + Tracebacks.text(state, levels, first));
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
