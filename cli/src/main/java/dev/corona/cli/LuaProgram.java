package dev.corona.cli;

import dev.corona.lua.LuaException;
import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.SystemHost;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Runs a Lua program with the whole library, as the reference's command does: the table {@code arg}, arguments as the chunk's varargs, and
 * an error on standard error.
 */
final class LuaProgram {
    private static final int FAILED = 1;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final @Nullable IntConsumer exit;

    /**
     * @param exit ends the process for {@code os.exit}; null to leave that to the runtime
     */
    LuaProgram(InputStream in, PrintStream out, PrintStream err, @Nullable IntConsumer exit) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.exit = exit;
    }

    /**
     * Runs {@code text}; answers the exit code.
     *
     * @param name of the chunk, such as {@code @file.lua}
     * @param script what {@code arg[0]} is
     */
    int run(byte[] text, String name, String script, List<String> args) {
        try (LuaRuntime lua =
                LuaRuntime.create(
                        LuaOptions.standard().withProfile(LuaOptions.Profile.FULL), new Host())) {
            lua.set("arg", argTable(script, args));
            lua.call(lua.load(withoutHashbang(text), name), args.toArray());
            return 0;
        } catch (LuaException e) {
            out.flush();
            err.println("corona: " + e.getMessage());
            return FAILED;
        } finally {
            out.flush();
        }
    }

    private static LuaTable argTable(String script, List<String> args) {
        LuaTable table = new LuaTable();
        table.set(-1L, LuaString.of("corona"));
        table.set(0L, LuaString.of(script));
        for (int i = 0; i < args.size(); i++) table.set(i + 1L, LuaString.of(args.get(i)));
        return table;
    }

    /** A first line that begins with # is for the shell; its end stays, for the numbers of the lines. */
    private static byte[] withoutHashbang(byte[] text) {
        if (text.length == 0 || text[0] != '#') return text;
        int end = 0;
        while (end < text.length && text[end] != '\n') end++;
        return java.util.Arrays.copyOfRange(text, end, text.length);
    }

    /** This process, but for how it ends. */
    private final class Host extends SystemHost {
        Host() {
            super(in, out, err);
        }

        @Override
        public void exit(int status, boolean close) {
            out.flush();
            if (exit == null) super.exit(status, close);
            else exit.accept(status);
        }
    }
}
