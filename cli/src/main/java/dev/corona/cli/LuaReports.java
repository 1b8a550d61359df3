package dev.corona.cli;

import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTypes;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;

/** Errors of Lua programs on standard error, as the reference's command words them. */
final class LuaReports {
    private static final LuaString SEPARATOR = LuaString.of(": ");
    private static final LuaString LINE_END = LuaString.of("\n");

    private final LuaState state;
    private final PrintStream out;
    private final PrintStream err;
    private @Nullable String program;

    /**
     * @param program what stands before each message; null for nothing
     */
    LuaReports(LuaState state, PrintStream out, PrintStream err, @Nullable String program) {
        this.state = state;
        this.out = out;
        this.err = err;
        this.program = program;
    }

    void program(@Nullable String name) {
        program = name;
    }

    void report(LuaCalls calls, LuaError error) {
        say(message(calls, error));
    }

    /** An error in a task that nobody awaits. */
    void uncaught(String task, Throwable error) {
        LuaString what = plain(state.asError(error));
        say(LuaString.of("uncaught error in a task: ").concat(what));
    }

    void say(LuaString message) {
        out.flush();
        LuaString line =
                program == null ? message : LuaString.of(program).concat(SEPARATOR).concat(message);
        LuaString whole = line.concat(LINE_END);
        err.write(whole.bytes(), 0, whole.length());
        err.flush();
    }

    private LuaString message(LuaCalls calls, LuaError error) {
        Object value = error.value();
        if (Conversions.text(value) == null) {
            LuaString own = ownText(calls, value);
            if (own != null) return own;
        }
        return plain(error);
    }

    /** What {@code __tostring} makes of the value; null if it makes no string. */
    private @Nullable LuaString ownText(LuaCalls calls, @Nullable Object value) {
        if (!(state.metamethod(value, Metamethod.TOSTRING) instanceof LuaFunction f)) return null;
        try {
            return Values.first(calls.call(f, value)) instanceof LuaString text ? text : null;
        } catch (LuaError inside) {
            return plain(inside);
        }
    }

    private static LuaString plain(LuaError error) {
        Object value = error.value();
        LuaString text = Conversions.text(value);
        if (text == null)
            text = LuaString.of("(error object is a " + LuaTypes.of(value) + " value)");
        String traceback = error.traceback();
        return traceback == null ? text : text.concat(LuaString.ofLatin1("\n" + traceback));
    }
}
