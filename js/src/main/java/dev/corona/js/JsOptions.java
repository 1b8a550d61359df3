package dev.corona.js;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What a JavaScript program sees of its process, and how the runtime treats it.
 *
 * @param args arguments of the program, without the name of the command and the script
 * @param env environment variables
 * @param cwd working directory; absolute
 * @param in standard input
 * @param out standard output; the runtime buffers and flushes it
 * @param err standard error
 * @param javaFrames whether error reports show Java frames too
 * @param busyLimit how long the loop's thread may be busy or blocked before it is reported; null for never
 * @param handleSignals whether {@code process.on('SIGINT')} takes over the signals of the JVM
 * @param exit ends the process for {@code process.exit}; null if the program must only stop running
 */
public record JsOptions(
        List<String> args,
        Map<String, String> env,
        Path cwd,
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean javaFrames,
        @Nullable Duration busyLimit,
        boolean handleSignals,
        @Nullable IntConsumer exit) {

    /** This process's own streams, environment and directory; no arguments, no watchdog. */
    public static JsOptions ofThisProcess() {
        return new JsOptions(
                List.of(),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                System.in,
                System.out,
                System.err,
                false,
                null,
                false,
                null);
    }

    public JsOptions withArgs(List<String> newArgs) {
        return new JsOptions(
                List.copyOf(newArgs),
                env,
                cwd,
                in,
                out,
                err,
                javaFrames,
                busyLimit,
                handleSignals,
                exit);
    }

    public JsOptions withEnv(Map<String, String> newEnv) {
        return new JsOptions(
                args,
                Map.copyOf(newEnv),
                cwd,
                in,
                out,
                err,
                javaFrames,
                busyLimit,
                handleSignals,
                exit);
    }

    public JsOptions withCwd(Path newCwd) {
        return new JsOptions(
                args,
                env,
                newCwd.toAbsolutePath(),
                in,
                out,
                err,
                javaFrames,
                busyLimit,
                handleSignals,
                exit);
    }

    public JsOptions withStreams(InputStream newIn, OutputStream newOut, OutputStream newErr) {
        return new JsOptions(
                args, env, cwd, newIn, newOut, newErr, javaFrames, busyLimit, handleSignals, exit);
    }

    public JsOptions withJavaFrames(boolean shown) {
        return new JsOptions(args, env, cwd, in, out, err, shown, busyLimit, handleSignals, exit);
    }

    public JsOptions withBusyLimit(@Nullable Duration limit) {
        return new JsOptions(args, env, cwd, in, out, err, javaFrames, limit, handleSignals, exit);
    }

    public JsOptions withSignals(boolean handled) {
        return new JsOptions(args, env, cwd, in, out, err, javaFrames, busyLimit, handled, exit);
    }

    public JsOptions withExit(IntConsumer newExit) {
        return new JsOptions(
                args, env, cwd, in, out, err, javaFrames, busyLimit, handleSignals, newExit);
    }
}
