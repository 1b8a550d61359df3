package dev.corona.weave.agent;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.lang.instrument.Instrumentation;

/**
 * The weaver at load time: {@code java -javaagent:corona-weave.jar[=options] ...} runs a program that no build has woven. It reads the
 * program's folders, jars and modules before the first class is loaded, weaves them together, and hands the JVM the woven forms
 * as it loads the classes; what other class loaders define follows when they do. Classes that are woven already stay as they are.
 *
 * <p><b>Errors.</b> Wrong options end the process with code 2, and warnings that count as errors with code 1, before the program
 * starts. A class that cannot be woven is reported by name and runs as it is. An agent that is attached to a running JVM ends nothing: it
 * throws {@link IllegalArgumentException}.
 */
public final class Agent {
    private Agent() {}

    /** What keeps the agent from its work, and the exit code for it. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Refusal(@Nullable String message, int code) {
            super(message);
            this.code = code;
        }
    }

    /**
     * Called by the JVM before the program's {@code main}.
     *
     * @param text the options; null if there are none
     */
    public static void premain(@Nullable String text, Instrumentation jvm) {
        try {
            start(text, jvm, System.err);
        } catch (Refusal refusal) {
            System.exit(refusal.code);
        }
    }

    /**
     * Called by the JVM when the agent is attached to a program that runs: classes that are loaded by then stay plain.
     *
     * @param text the options; null if there are none
     * @throws IllegalArgumentException if the options are wrong, or warnings count as errors and there are any
     */
    public static void agentmain(@Nullable String text, Instrumentation jvm) {
        try {
            start(text, jvm, System.err);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal.getMessage(), refusal);
        }
    }

    private static void start(@Nullable String text, Instrumentation jvm, PrintStream err)
            throws Refusal {
        AgentOptions options;
        Notices notices;
        try {
            options = AgentOptions.parse(text);
            notices = Notices.of(options, err);
        } catch (AgentOptions.Mistake mistake) {
            err.println("corona-weave: error: " + mistake.getMessage());
            err.print(AgentOptions.USAGE);
            throw new Refusal(mistake.getMessage(), 2);
        }
        LoadTimeWeaver weaver = new LoadTimeWeaver(options, notices, jvm);
        jvm.addTransformer(weaver);
        try {
            requireNoWarnings(weaver.open(), options);
        } catch (Refusal refusal) {
            jvm.removeTransformer(weaver);
            notices.error(refusal.getMessage(), null);
            throw refusal;
        } catch (RuntimeException | LinkageError e) {
            jvm.removeTransformer(weaver);
            notices.error("the program cannot be woven", e);
            throw new Refusal("the program cannot be woven: " + e, 1);
        }
    }

    private static void requireNoWarnings(int warnings, AgentOptions options) throws Refusal {
        if (!options.strict() || warnings == 0) return;
        String counted =
                warnings == 1
                        ? "1 warning counts as an error"
                        : warnings + " warnings count as errors";
        throw new Refusal(
                counted + ": mend what is named, or accept what is fine by accept=CALLEE", 1);
    }
}
