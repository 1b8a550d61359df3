package dev.corona.lua.random;

import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRun;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.LuaSnapshot;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.SystemHost;
import dev.corona.snapshot.SnapshotOptions;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Runtimes of ours that run many programs, by the functions of the prelude. */
final class OwnPrograms {
    private static final int MOST_PAUSES = 3_000_000;
    private static final SnapshotOptions SNAPSHOTS =
            SnapshotOptions.of(OwnPrograms.class.getClassLoader());

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
     * @param kind what else is to be done with it
     */
    String difference(String program, String expected, Kind kind) {
        LuaFunction counted = compiled(accounted, program);
        String whole = run(accounted, counted, false);
        if (!whole.equals(expected)) return "here, accounted:\n" + whole;
        String paused = run(accounted, counted, true);
        if (!paused.equals(expected)) return "here, paused everywhere:\n" + paused;
        if (kind == Kind.PLAIN) {
            String printed = run(plain, compiled(plain, program), false);
            if (!printed.equals(expected)) return "here, plainly:\n" + printed;
        }
        if (kind == Kind.MOVED) {
            String moved = runMoving(counted);
            if (!moved.equals(expected)) return "here, moved to other runtimes:\n" + moved;
        }
        return null;
    }

    /** What is done with a program beside running it with accounting, paused everywhere and not at all. */
    enum Kind {
        NOTHING_ELSE,
        /** It is compiled once more, without accounting. */
        PLAIN,
        /** It is stored at the first pause, the second, fourth and so on, and goes on in another runtime. */
        MOVED;

        static Kind of(long seed) {
            if (seed % 4 < 2) return PLAIN;
            return seed % 8 == 2 ? MOVED : NOTHING_ELSE;
        }
    }

    private static LuaFunction compiled(LuaRuntime lua, String program) {
        LuaRun run = lua.start((LuaFunction) lua.get("compiled"), bytes(program));
        run.resume();
        return (LuaFunction) run.results().getFirst();
    }

    private static LuaString bytes(String program) {
        return LuaString.ofLatin1(program);
    }

    private LuaRuntime another() {
        return LuaRuntime.create(
                accounted.options(), new SystemHost(InputStream.nullInputStream(), out, out));
    }

    private String runMoving(LuaFunction compiled) {
        out.reset();
        try {
            LuaRun run = accounted.start((LuaFunction) accounted.get("run"), compiled);
            int next = 1;
            for (int pause = 1; run.resume(0) != LuaRun.Outcome.FINISHED; pause++) {
                if (pause < next) continue;
                next *= 2;
                byte[] stored = LuaSnapshot.of(run, SNAPSHOTS).toBytes();
                run = LuaSnapshot.ofBytes(stored).restore(another(), SNAPSHOTS);
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            return out.toString(StandardCharsets.ISO_8859_1) + trace(e);
        } finally {
            start();
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String trace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
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
            start();
            return out.toString(StandardCharsets.ISO_8859_1) + trace(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
