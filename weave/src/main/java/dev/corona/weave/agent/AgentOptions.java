package dev.corona.weave.agent;

import dev.corona.weave.analysis.Patterns;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What the agent was asked for; see {@link #USAGE}.
 *
 * @param wanted patterns of the classes to weave; empty for whatever belongs to a program that names Corona
 * @param excluded patterns of the classes that stay as they are
 * @param accepted patterns of the methods to which code that can suspend may be handed
 * @param report the file that takes the report; empty for the process's standard error
 * @param everything whether all methods get a resumable form
 * @param strict whether warnings count as errors
 * @param quiet whether only warnings are reported
 */
record AgentOptions(
        List<String> wanted,
        List<String> excluded,
        List<String> accepted,
        String report,
        boolean everything,
        boolean strict,
        boolean quiet) {
    static final String USAGE =
            """
            usage: java -javaagent:corona-weave.jar[=OPTION,OPTION...] ...
              weave=PATTERN       weaves these classes: com.acme.Report, com.acme.*, com.acme.**; may be repeated
                                  (default: each folder, jar and module of the program in which a class uses Corona)
              exclude=PATTERN     leaves classes as they are; may be repeated
              accept=CALLEE       does not warn of code that can suspend and is handed to it: java.util.List.forEach, java.util.*; may be repeated
              report=FILE         writes what it has to say to the file, in place of standard error
              everything          gives all methods a resumable form
              warnings-as-errors  does not start the program if there is a warning
              quiet               prints warnings only
            """;

    /** An option is wrong; the message says which, and why. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1L;

        Mistake(String message) {
            super(message);
        }
    }

    /** Packages that hold the code which woven code stands on, and the weaver; they are never woven. */
    private static final List<String> FOUNDATION =
            List.of(
                    "dev.corona.*",
                    "dev.corona.async.*",
                    "dev.corona.blocking.*",
                    "dev.corona.channels.*",
                    "dev.corona.errors.*",
                    "dev.corona.flow.*",
                    "dev.corona.kernel.*",
                    "dev.corona.snapshot.*",
                    "dev.corona.woven.*",
                    "dev.corona.weave.**");

    AgentOptions {
        wanted = List.copyOf(wanted);
        excluded = List.copyOf(excluded);
        accepted = List.copyOf(accepted);
    }

    /**
     * @param text as it stands after the jar on the command line; null if nothing does
     */
    static AgentOptions parse(@Nullable String text) throws Mistake {
        List<String> wanted = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        List<String> report = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        for (String option : text == null || text.isBlank() ? new String[0] : text.split(",", -1)) {
            int end = option.indexOf('=');
            String name = end < 0 ? option : option.substring(0, end);
            switch (name) {
                case "weave" -> wanted.add(value(option, end));
                case "exclude" -> excluded.add(value(option, end));
                case "accept" -> accepted.add(value(option, end));
                case "report" -> report.add(value(option, end));
                case "everything", "warnings-as-errors", "quiet" -> flags.add(flag(option, end));
                case "" -> throw new Mistake("an option is missing beside a comma in " + text);
                default -> throw new Mistake("unknown option " + name);
            }
        }
        if (report.size() > 1)
            throw new Mistake("one file takes the report, but there are " + report);
        return new AgentOptions(
                wanted,
                excluded,
                accepted,
                report.isEmpty() ? "" : report.getFirst(),
                flags.contains("everything"),
                flags.contains("warnings-as-errors"),
                flags.contains("quiet"));
    }

    private static String value(String option, int end) throws Mistake {
        if (end >= 0 && end < option.length() - 1) return option.substring(end + 1);
        String name = end < 0 ? option : option.substring(0, end);
        throw new Mistake("%s needs a value: %s=...".formatted(name, name));
    }

    private static String flag(String option, int end) throws Mistake {
        if (end < 0) return option;
        throw new Mistake(
                "%s takes no value, but has %s"
                        .formatted(option.substring(0, end), option.substring(end + 1)));
    }

    /** Whether nobody named classes, so that the program's use of Corona decides. */
    boolean isByUse() {
        return wanted.isEmpty();
    }

    /** Whether a class may be woven, by its name with dots. */
    boolean wants(String name) {
        if (Patterns.of(FOUNDATION).test(name) || Patterns.of(excluded).test(name)) return false;
        if (name.endsWith(".package-info")) return true;
        return isByUse() ? !name.startsWith("dev.corona.") : Patterns.of(wanted).test(name);
    }
}
