package dev.corona.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.time.Duration;
import java.util.List;

/**
 * What the user asked for. Options end at the first argument that is none: what follows belongs to the program.
 *
 * @param script the file, or {@code -} for standard input; null if there is none
 * @param code the text of {@code -e}; null if there is none
 * @param args the arguments of the program
 * @param lua whether the program is Lua; a file whose name ends in {@code .lua} always is
 * @param busyLimit how long the loop may be busy before it is reported; null for never
 */
record CommandLine(
        boolean help,
        boolean version,
        boolean javaFrames,
        boolean lua,
        @Nullable Duration busyLimit,
        @Nullable String code,
        @Nullable String script,
        List<String> args) {
    private static final long DEFAULT_BUSY_MILLIS = 2_000;

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
        try {
            return of(parser().parseArgs(args));
        } catch (ParameterException e) {
            throw new UsageError(lowerFirst(String.valueOf(e.getMessage())));
        }
    }

    /** The two forms that programs are started with need no parser, whose classes take 0.1 s to load. */
    private static @Nullable CommandLine plain(String[] args) {
        Duration busy = Duration.ofMillis(DEFAULT_BUSY_MILLIS);
        if (args.length > 0 && !args[0].startsWith("-")) {
            List<String> all = List.of(args);
            String file = all.getFirst();
            return new CommandLine(
                    false, false, false, isLua(file), busy, null, file, all.subList(1, all.size()));
        }
        if (args.length == 2 && args[0].equals("-e"))
            return new CommandLine(false, false, false, false, busy, args[1], null, List.of());
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
                parsed.hasMatchedOption("--lua") || hasScript && isLua(rest.getFirst()),
                busyMillis == 0 ? null : Duration.ofMillis(busyMillis),
                code,
                hasScript ? rest.getFirst() : null,
                hasScript ? rest.subList(1, rest.size()) : rest);
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
                        "corona [options] - [args...]");
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
        spec.addOption(flag("run Lua, also where no file name ends in .lua says so", "--lua"));
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
