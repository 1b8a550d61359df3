package dev.corona.weave.agent;

import dev.corona.weave.Report;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;

/** What the agent has to say: on standard error or in a file. Safe for use by any thread. */
final class Notices {
    private final PrintStream out;
    private final PrintStream errors;
    private final boolean quiet;

    /**
     * @param out takes the report
     * @param errors takes what ends the program or keeps a class from being woven, too
     */
    Notices(PrintStream out, PrintStream errors, boolean quiet) {
        this.out = out;
        this.errors = errors;
        this.quiet = quiet;
    }

    /** Those that the options ask for. */
    static Notices of(AgentOptions options, PrintStream errors) throws AgentOptions.Mistake {
        String file = options.report();
        if (file.isEmpty()) return new Notices(errors, errors, options.quiet());
        try {
            PrintStream out =
                    new PrintStream(Path.of(file).toFile(), StandardCharsets.UTF_8) {
                        @Override
                        public void println(@Nullable String line) {
                            super.println(line);
                            flush();
                        }
                    };
            return new Notices(out, errors, options.quiet());
        } catch (IOException e) {
            throw new AgentOptions.Mistake(
                    "report=%s cannot be written (%s); name a file in a folder that exists"
                            .formatted(file, e.getMessage()));
        }
    }

    void note(String text) {
        if (!quiet) out.println("corona-weave: " + text);
    }

    void warn(String text) {
        out.println("corona-weave: warning: " + text);
    }

    void warn(Collection<Report> reports) {
        reports.forEach(report -> warn(report.toString()));
    }

    /** Says what keeps the program from starting, or a class from being woven. */
    synchronized void error(@Nullable String text, @Nullable Throwable cause) {
        print(errors, text, cause);
        if (out != errors) print(out, text, cause);
    }

    private static void print(PrintStream to, @Nullable String text, @Nullable Throwable cause) {
        to.println("corona-weave: error: " + text);
        if (cause != null) cause.printStackTrace(to);
        to.flush();
    }
}
