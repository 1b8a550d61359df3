package dev.corona.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the user asked for. Options end at the first argument that is none: what follows belongs to the program.
 *
 * @param script the file, or {@code -} for standard input; null if there is none
 * @param code the text of {@code -e}; null if there is none
 * @param args the arguments of the program
 * @param lua the arguments of Lua's command, if the program is Lua: what follows {@code --lua}, or a file whose name ends in {@code .lua}
 *     and what follows it; null if it is not
 * @param luaDump the stage of the compiler that is to be shown; null if none is
 * @param busyLimit how long the loop may be busy before it is reported; null for never
 */
record CommandLine(
        boolean help,
        boolean version,
        boolean javaFrames,
        @Nullable List<String> lua,
        @Nullable String luaDump,
        @Nullable Duration busyLimit,
        @Nullable String code,
        @Nullable String script,
        List<String> args) {
    private static final long DEFAULT_BUSY_MILLIS = 2_000;

    /** The options that the next argument belongs to. */
    private static final Set<String> VALUED = Set.of("-e", "--eval", "--busy-limit", "--lua-dump");

    /** Arguments that are wrong; the message says which and why. */
    static final class UsageError extends Exception {
        private static final long serialVersionUID = 1L;

        UsageError(String message) {
            super(message);
        }
    }

    static CommandLine parse(String[] args) throws UsageError {
        CommandLine plain = plain(args);
        if (plain != null) return plain;
        int lua = luaAt(args);
        try {
            if (lua < 0) return of(parser().parseArgs(args));
            String[] own = Arrays.copyOf(args, lua);
            return of(parser().parseArgs(own)).withLua(List.of(args).subList(lua + 1, args.length));
        } catch (ParameterException e) {
            throw new UsageError(lowerFirst(String.valueOf(e.getMessage())));
        }
    }

    /** The index of {@code --lua} among the options; below 0 if it is not there. */
    private static int luaAt(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--lua")) return i;
            if (!args[i].startsWith("-") || args[i].equals("-") || args[i].equals("--")) return -1;
            if (VALUED.contains(args[i])) i++;
        }
        return -1;
    }

    /** The two forms that programs are started with need no parser, whose classes take 0.1 s to load. */
    private static @Nullable CommandLine plain(String[] args) {
        Duration busy = Duration.ofMillis(DEFAULT_BUSY_MILLIS);
        List<String> all = List.of(args);
        if (args.length > 0 && !args[0].startsWith("-")) {
            String file = all.getFirst();
            List<String> rest = all.subList(1, all.size());
            List<String> lua = isLua(file) ? all : null;
            return new CommandLine(false, false, false, lua, null, busy, null, file, rest);
        }
        if (args.length == 2 && args[0].equals("-e"))
            return new CommandLine(false, false, false, null, null, busy, args[1], null, List.of());
        if (args.length > 0 && args[0].equals("--lua"))
            return new CommandLine(
                    false,
                    false,
                    false,
                    all.subList(1, all.size()),
                    null,
                    busy,
                    null,
                    null,
                    List.of());
        return null;
    }

    private static boolean isLua(@Nullable String file) {
        return file != null && file.endsWith(".lua");
    }

    private static CommandLine of(ParseResult parsed) throws UsageError {
        List<String> rest = parsed.matchedPositionalValue(0, List.of());
        String code = parsed.matchedOptionValue("-e", null);
        boolean hasScript = code == null && !rest.isEmpty();
        long busyMillis = parsed.matchedOptionValue("--busy-limit", DEFAULT_BUSY_MILLIS);
        if (busyMillis < 0)
            throw new UsageError(
                    "--busy-limit must be milliseconds from 0 on, but was " + busyMillis);
        return new CommandLine(
                parsed.hasMatchedOption("--help"),
                parsed.hasMatchedOption("--version"),
                parsed.hasMatchedOption("--java-frames"),
                hasScript && isLua(rest.getFirst()) ? rest : null,
                parsed.matchedOptionValue("--lua-dump", null),
                busyMillis == 0 ? null : Duration.ofMillis(busyMillis),
                code,
                hasScript ? rest.getFirst() : null,
                hasScript ? rest.subList(1, rest.size()) : rest);
    }

    /** With Lua's arguments behind code that was given before them. */
    private CommandLine withLua(List<String> arguments) {
        List<String> all = new ArrayList<>();
        if (code != null) all.addAll(List.of("-e", code));
        all.addAll(arguments);
        return new CommandLine(
                help, version, javaFrames, all, luaDump, busyLimit, null, script, args);
    }

    private static String lowerFirst(String message) {
        return Character.toLowerCase(message.charAt(0)) + message.substring(1).replace("\n", " ");
    }

    static String usage() {
        return parser().getUsageMessage(picocli.CommandLine.Help.Ansi.OFF);
    }

    private static picocli.CommandLine parser() {
        CommandSpec spec = CommandSpec.create().name("corona");
        spec.usageMessage()
                .description(
                        "Runs JavaScript in which blocking calls suspend a coroutine, never the thread, and Lua 5.4.")
                .customSynopsis(
                        "corona [options] FILE [args...]",
                        "corona [options] -e CODE [args...]",
                        "corona [options] - [args...]",
                        "corona [options] --lua [options of lua] [FILE [args...]]");
        spec.addOption(flag("show this help", "-h", "--help"));
        spec.addOption(
                flag(
                        "show the versions of Corona, the engine and the compiler",
                        "-v",
                        "--version"));
        spec.addOption(
                OptionSpec.builder("-e", "--eval")
                        .type(String.class)
                        .paramLabel("CODE")
                        .description("run CODE")
                        .build());
        spec.addOption(
                flag(
                        "run Lua: what follows is a command line of lua, with -e -l -i -v -E -W and the prompt; a FILE"
                                + " that ends in .lua needs no option",
                        "--lua"));
        spec.addOption(
                OptionSpec.builder("--lua-dump")
                        .type(String.class)
                        .paramLabel("STAGE")
                        .description(
                                "show what a stage of the compiler makes of a Lua FILE: "
                                        + LuaDump.STAGES)
                        .build());
        spec.addOption(flag("show Java frames in error reports", "--java-frames"));
        spec.addOption(
                OptionSpec.builder("--busy-limit")
                        .type(long.class)
                        .paramLabel("MS")
                        .description(
                                "report code that keeps the event loop busy for MS milliseconds; 0 for never; "
                                        + DEFAULT_BUSY_MILLIS
                                        + " if not given")
                        .build());
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("FILE [args...]")
                        .hideParamSyntax(true)
                        .description("the program, or - for standard input, and its arguments")
                        .build());
        return new picocli.CommandLine(spec)
                .setStopAtPositional(true)
                .setUnmatchedOptionsArePositionalParams(false);
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], java.util.Arrays.copyOfRange(names, 1, names.length))
                .description(description)
                .build();
    }
}
