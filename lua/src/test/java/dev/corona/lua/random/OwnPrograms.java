package dev.corona.lua.random;

import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRun;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.SystemHost;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Runtimes of ours that run many programs, by the functions of the prelude. */
final class OwnPrograms {
    private static final int MOST_PAUSES = 3_000_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String prelude;
    private LuaRuntime plain;
    private LuaRuntime accounted;

    OwnPrograms(String prelude) {
        this.prelude = prelude;
        start();
    }

    private void start() {
        LuaOptions options = LuaOptions.standard().withProfile(LuaOptions.Profile.FULL);
        SystemHost host = new SystemHost(InputStream.nullInputStream(), out, out);
        plain = LuaRuntime.create(options, host);
        accounted = LuaRuntime.create(options.withAccounting(), host);
        plain.run(prelude, "=prelude");
        accounted.run(prelude, "=prelude");
    }

    /**
     * How what a program prints differs from what is expected; null if it does not.
     *
     * @param plainly whether to compile it once more, without accounting
     */
    String difference(String program, String expected, boolean plainly) {
        LuaFunction counted = compiled(accounted, program);
        String whole = run(accounted, counted, false);
        if (!whole.equals(expected)) return "here, accounted:\n" + whole;
        String paused = run(accounted, counted, true);
        if (!paused.equals(expected)) return "here, paused everywhere:\n" + paused;
        if (!plainly) return null;
        String printed = run(plain, compiled(plain, program), false);
        return printed.equals(expected) ? null : "here, plainly:\n" + printed;
    }

    private static LuaFunction compiled(LuaRuntime lua, String program) {
        LuaRun run = lua.start((LuaFunction) lua.get("compiled"), bytes(program));
        run.resume();
        return (LuaFunction) run.results().getFirst();
    }

    private static LuaString bytes(String program) {
        return LuaString.ofLatin1(program);
    }

    /** What a program prints, and if it ends by a Java exception, that. */
    private String run(LuaRuntime lua, LuaFunction compiled, boolean paused) {
        out.reset();
        try {
            LuaRun run = lua.start((LuaFunction) lua.get("run"), compiled);
            int pauses = 0;
            while (run.resume(paused ? 0 : Long.MAX_VALUE) != LuaRun.Outcome.FINISHED) {
                if (pauses++ > MOST_PAUSES) return out + "\nthe program is too long";
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            start();
            return out.toString(StandardCharsets.ISO_8859_1) + trace;
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
