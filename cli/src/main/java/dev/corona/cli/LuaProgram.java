package dev.corona.cli;

import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.io.LuaLoop;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs what a command line of the reference's command asks for, with the whole library and the modules of the event loop. */
final class LuaProgram {
    static final String VERSION = "Lua 5.4 (Corona)";
    private static final String NAME = "corona";
    static final int FAILED = 1;

    private final PrintStream out;
    private final LuaHost host;
    private final LuaRuntime lua;
    private final LuaReports reports;
    private final LuaLoop loop;
    private final LuaCalls calls;
    private final @Nullable Object loadFile;
    private final @Nullable Object warn;
    private boolean failedInTask;

    private LuaProgram(LuaHost host, boolean ignoresEnvironment) {
        this.host = host;
        out = host.out();
        host.hidePaths(ignoresEnvironment);
        LuaOptions options = LuaOptions.standard().withProfile(LuaOptions.Profile.FULL);
        lua = LuaRuntime.create(options, host);
        host.hidePaths(false);
        host.onClose(lua::close);
        reports = new LuaReports(lua.state(), out, host.err(), NAME);
        loop = LuaLoop.own(lua, this::uncaught);
        calls = new LuaCalls(loop);
        loadFile = lua.get("loadfile");
        warn = lua.get("warn");
    }

    private void uncaught(String task, Throwable error) {
        failedInTask = true;
        reports.uncaught(task, error);
    }

    /**
     * Runs it; answers the exit code.
     *
     * @param terminal whether somebody types the input
     */
    static int run(LuaCommandLine command, LuaHost host, BooleanSupplier terminal) {
        return new LuaProgram(host, command.ignoresEnvironment()).run(command, terminal);
    }

    private int run(LuaCommandLine command, BooleanSupplier terminal) {
        boolean done = false;
        try {
            runAll(command, terminal);
            loop.finish();
            done = true;
        } catch (LuaError e) {
            reports.report(calls, e);
        } catch (StackOverflowError | OutOfMemoryError e) {
            reports.report(calls, lua.state().asError(e));
        } finally {
            loop.close();
            lua.close();
            out.flush();
        }
        return done && !failedInTask ? 0 : FAILED;
    }

    private void runAll(LuaCommandLine command, BooleanSupplier terminal) {
        if (command.version()) out.println(VERSION);
        lua.set("arg", argumentTable(command));
        if (!command.ignoresEnvironment()) runInit();
        for (LuaCommandLine.Step step : command.steps()) run(step);
        if (command.hasScript()) runScript(command);
        if (command.interactive()) prompt(terminal.getAsBoolean());
        else if (!command.hasScript() && !command.executes() && !command.version())
            runInput(terminal.getAsBoolean());
    }

    private void runInput(boolean terminal) {
        if (!terminal) {
            calls.call(file(null));
            return;
        }
        out.println(VERSION);
        prompt(true);
    }

    private void prompt(boolean terminal) {
        reports.program(null);
        String kind = host.environment("TERM");
        if (terminal && kind != null && !kind.equals("dumb")) promptAtTerminal();
        else prompt(new PromptLines.Plain(host.in(), out, !terminal));
        reports.program(NAME);
    }

    private void prompt(PromptLines lines) {
        new LuaPrompt(lua, calls, reports, out, lines).run();
    }

    private void promptAtTerminal() {
        LuaNames names = new LuaNames(loop, lua.state());
        out.flush();
        try (LuaTerminal lines = LuaTerminal.open(names, history())) {
            prompt(lines);
        } catch (IOException e) {
            reports.say(LuaString.of("cannot use the terminal: " + e.getMessage()));
        }
    }

    /** The file that keeps what is typed: what CORONA_HISTORY says, none if that is empty, else one in the user's folder. */
    private @Nullable Path history() {
        String own = host.environment("CORONA_HISTORY");
        if (own != null) return own.isEmpty() ? null : Path.of(own);
        return Path.of(System.getProperty("user.home"), ".corona_lua_history");
    }

    // ---- what runs before the script

    private void runInit() {
        String name = "LUA_INIT_5_4";
        String init = host.environment(name);
        if (init == null) init = host.environment(name = "LUA_INIT");
        if (init == null) return;
        if (init.startsWith("@")) calls.call(file(init.substring(1)));
        else calls.call(chunk(init, "=" + name));
    }

    private void run(LuaCommandLine.Step step) {
        switch (step) {
            case LuaCommandLine.Execute e -> calls.call(chunk(e.text(), "=(command line)"));
            case LuaCommandLine.Require r -> require(r);
            case LuaCommandLine.Warn w -> {
                if (warn instanceof LuaFunction f) calls.call(f, LuaString.of("@on"));
            }
        }
    }

    private void require(LuaCommandLine.Require step) {
        if (!(lua.get("require") instanceof LuaFunction require))
            throw new LuaError(
                    LuaString.of("attempt to call a non-function value (global 'require')"));
        Object module = Values.first(calls.call(require, LuaString.of(step.module())));
        lua.globals().set(LuaString.of(step.global()), module);
    }

    // ---- the script

    private void runScript(LuaCommandLine command) {
        String script = command.arguments().get(command.script());
        LuaFunction main = file(command.readsInput() ? null : script);
        if (!(lua.get("arg") instanceof LuaTable table))
            throw new LuaError(LuaString.of("'arg' is not a table"));
        @Nullable Object[] arguments = new Object[(int) table.length()];
        for (int i = 0; i < arguments.length; i++) arguments[i] = table.get(i + 1L);
        calls.call(main, arguments);
    }

    /** The command and all its arguments, the script at index 0. */
    private static LuaTable argumentTable(LuaCommandLine command) {
        LuaTable table = new LuaTable();
        long first = command.hasScript() ? -command.script() - 1L : 0;
        table.set(first, LuaString.of(NAME));
        List<String> arguments = command.arguments();
        for (int i = 0; i < arguments.size(); i++)
            table.set(first + 1 + i, LuaString.of(arguments.get(i)));
        return table;
    }

    private LuaFunction chunk(String text, String name) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return lua.state().load(bytes, name, lua.globals());
    }

    /**
     * The chunk in a file.
     *
     * @param path null for standard input
     */
    private LuaFunction file(@Nullable String path) {
        if (!(loadFile instanceof LuaFunction load)) throw new AssertionError("no loadfile");
        Object loaded = calls.call(load, path == null ? null : LuaString.of(path));
        if (loaded instanceof LuaFunction f) return f;
        throw new LuaError(Values.at(loaded, 1));
    }

    /** How the options are to be written, for who got one wrong. */
    static String usage() {
        return """
                usage: %s --lua [options] [script [arguments]]
                options, until a script, - or --:
                  -e CODE    run CODE
                  -l NAME    require the module NAME; the global NAME gets it
                  -l G=NAME  the same; the global G gets it
                  -i         show the prompt after the script
                  -v         show the version
                  -W         show warnings
                  -E         look at no environment variables
                  -          run standard input
                  --         no further options
                """
                .formatted(NAME);
    }
}
