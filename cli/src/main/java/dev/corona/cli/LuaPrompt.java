package dev.corona.cli;

import dev.corona.lua.LuaRuntime;
import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;

/**
 * The prompt: reads a chunk, which may take several lines, runs it, and prints its results, as the reference's does. A line that is
 * an expression is printed.
 */
final class LuaPrompt {
    private static final String INCOMPLETE = "<eof>";
    private static final LuaString RETURN = LuaString.of("return ");
    private static final LuaString LINE_END = LuaString.of("\n");
    private static final LuaString SOURCE = LuaString.of("=stdin");

    private final LuaRuntime lua;
    private final LuaCalls calls;
    private final LuaReports reports;
    private final PrintStream out;
    private final PromptLines lines;

    LuaPrompt(
            LuaRuntime lua,
            LuaCalls calls,
            LuaReports reports,
            PrintStream out,
            PromptLines lines) {
        this.lua = lua;
        this.calls = calls;
        this.reports = reports;
        this.out = out;
        this.lines = lines;
    }

    /** Runs until the input ends. */
    void run() {
        try {
            boolean more = true;
            while (more) more = runChunk();
        } catch (IOException e) {
            reports.say(LuaString.of("cannot read the input: " + e.getMessage()));
        }
        out.println();
        out.flush();
    }

    /** Whether there was one. */
    private boolean runChunk() throws IOException {
        try {
            LuaString first = line("_PROMPT", "> ");
            if (first == null) return false;
            print(calls.call(chunk(first)));
        } catch (PromptLines.Abandoned e) {
            return true;
        } catch (LuaError e) {
            reports.report(calls, e);
        }
        return true;
    }

    private @Nullable LuaString line(String global, String otherwise)
            throws IOException, PromptLines.Abandoned {
        LuaString own = Conversions.text(lua.get(global));
        return lines.next(own == null ? otherwise : own.toString());
    }

    /** The function of a chunk that begins with a line; asks for more lines while it is not complete. */
    private LuaFunction chunk(LuaString first) throws IOException, PromptLines.Abandoned {
        boolean printed = !first.isEmpty() && first.at(0) == '=';
        LuaString text = printed ? RETURN.concat(first.sub(1, first.length())) : first;
        try {
            return load(RETURN.concat(text));
        } catch (LuaError notAnExpression) {
            return statement(text);
        }
    }

    private LuaFunction statement(LuaString first) throws IOException, PromptLines.Abandoned {
        LuaString text = first;
        while (true) {
            try {
                return load(text);
            } catch (LuaError e) {
                LuaString more = isIncomplete(e) ? line("_PROMPT2", ">> ") : null;
                if (more == null) throw e;
                text = text.concat(LINE_END).concat(more);
            }
        }
    }

    private static boolean isIncomplete(LuaError error) {
        return error.value() instanceof LuaString s && s.toLatin1().endsWith(INCOMPLETE);
    }

    private LuaFunction load(LuaString text) {
        return lua.state().load(text.toByteArray(), SOURCE.toString(), lua.globals());
    }

    private void print(@Nullable Object results) {
        if (results == Values.NONE) return;
        try {
            if (!(lua.get("print") instanceof LuaFunction print))
                throw new LuaError(LuaString.of("attempt to call a nil value"));
            calls.call(print, Values.all(results));
        } catch (LuaError e) {
            LuaString what = Conversions.text(e.value());
            String text = what == null ? "?" : what.toLatin1();
            reports.say(LuaString.ofLatin1("error calling 'print' (" + text + ")"));
        }
    }
}
