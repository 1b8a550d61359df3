package dev.corona.cli;

import dev.corona.js.JsOptions;
import dev.corona.js.JsProgram;
import dev.corona.js.JsRuntime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the command line: parses it, runs the program, and ends the process with its exit code. */
public final class Main {
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Environment environment;

    /** The variables that Lua programs see. */
    @FunctionalInterface
    interface Environment {
        @Nullable String value(String name);
    }

    Main(InputStream in, PrintStream out, PrintStream err) {
        this(in, out, err, System::getenv);
    }

    /**
     * @param environment the value of a variable; null if there is none
     */
    Main(InputStream in, PrintStream out, PrintStream err, Environment environment) {
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out =
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out),
                        false,
                        StandardCharsets.UTF_8);
        int code = new Main(System.in, out, System.err).run(args, Runtime.getRuntime()::halt);
        out.flush();
        Runtime.getRuntime().halt(code);
    }

    /**
     * Runs the command and returns the exit code.
     *
     * @param exit ends the process for {@code process.exit}; null to return in place of that
     */
    int run(String[] args, java.util.function.@Nullable IntConsumer exit)
            throws InterruptedException {
        CommandLine command;
        try {
            command = CommandLine.parse(args);
        } catch (CommandLine.UsageError e) {
            err.println("corona: " + e.getMessage() + "; try corona --help");
            return BAD_USAGE;
        }
        if (command.help()) {
            out.print(CommandLine.usage());
            return 0;
        }
        if (command.version()) {
            out.print(Versions.describe());
            return 0;
        }
        if (command.luaDump() != null)
            return LuaDump.run(command.luaDump(), command.script(), out, err);
        if (command.lua() != null) return runLua(command.lua(), exit);
        JsProgram program = program(command);
        return program == null ? BAD_USAGE : runJs(program, command, exit);
    }

    private int runJs(
            JsProgram program, CommandLine command, java.util.function.@Nullable IntConsumer exit)
            throws InterruptedException {
        try {
            return JsRuntime.run(program, options(command, exit));
        } catch (IllegalStateException e) {
            if (command.javaFrames()) e.printStackTrace(err);
            Throwable reason = e;
            while (reason.getCause() != null) reason = reason.getCause();
            err.println(
                    "corona: %s: %s; if CORONA_JAVA_OPTS is set, try without it"
                            .formatted(e.getMessage(), reason));
            return FAILED;
        }
    }

    private @Nullable JsProgram program(CommandLine command) {
        if (command.code() != null) return new JsProgram.Code("[eval]", command.code());
        String script = command.script();
        if (script == null || script.equals("-")) return standardInput();
        String obstacle = obstacle(script);
        return obstacle == null ? new JsProgram.File(Path.of(script)) : refuse(obstacle);
    }

    /** Why a file cannot be run; null if it can. */
    private static @Nullable String obstacle(String script) {
        Path file = Path.of(script);
        if (Files.isDirectory(file))
            return "cannot run " + script + ": it is a directory; name a file in it";
        if (!Files.isRegularFile(file)) return "cannot run " + script + ": there is no such file";
        if (!Files.isReadable(file)) return "cannot run " + script + ": the file may not be read";
        return null;
    }

    private @Nullable JsProgram refuse(String why) {
        err.println("corona: " + why);
        return null;
    }

    private int runLua(List<String> arguments, java.util.function.@Nullable IntConsumer exit) {
        try {
            LuaCommandLine command = LuaCommandLine.of(arguments);
            return LuaProgram.run(
                    command, new LuaHost(in, out, err, environment, exit), this::isTyped);
        } catch (LuaCommandLine.BadOption e) {
            err.println("corona: " + e.getMessage());
            err.print(LuaProgram.usage());
            return LuaProgram.FAILED;
        }
    }

    /** Whether somebody types the input. */
    private boolean isTyped() {
        if (in != System.in) return false;
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    private @Nullable JsProgram standardInput() {
        try {
            return new JsProgram.Code(
                    "[stdin]", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return refuse("cannot read standard input: " + e.getMessage());
        }
    }

    private JsOptions options(CommandLine command, java.util.function.@Nullable IntConsumer exit) {
        JsOptions options =
                JsOptions.ofThisProcess()
                        .withArgs(command.args())
                        .withStreams(in, out, err)
                        .withJavaFrames(command.javaFrames())
                        .withBusyLimit(command.busyLimit())
                        .withSignals(true);
        return exit == null ? options : options.withExit(exit);
    }
}
