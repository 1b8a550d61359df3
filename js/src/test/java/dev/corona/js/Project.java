package dev.corona.js;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A folder of scripts, and runs of them in this process with captured streams. */
final class Project {
    private final Path folder;

    Project(Path folder) {
        try {
            this.folder = folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a program did.
     *
     * @param out what it printed, with {@code <dir>} for the project's folder
     * @param err what it printed to standard error, likewise
     */
    record Result(int code, String out, String err) {}

    Project file(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Runs the file called {@code name}. */
    Result run(String name) {
        return run(name, UnaryOperator.identity());
    }

    Result run(String name, UnaryOperator<JsOptions> options) {
        return run(new JsProgram.File(Path.of(name)), options);
    }

    /** Runs {@code text} as the file main.js. */
    Result script(String text) {
        return file("main.js", text).run("main.js");
    }

    /** Runs {@code text} as the file main.mjs. */
    Result module(String text) {
        return file("main.mjs", text).run("main.mjs");
    }

    Result run(JsProgram program, UnaryOperator<JsOptions> more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(new byte[0]);
        JsOptions options =
                more.apply(JsOptions.ofThisProcess().withCwd(folder).withStreams(in, out, err));
        try {
            int code = JsRuntime.run(program, options);
            return new Result(code, text(out), text(err));
        } catch (InterruptedException e) {
            throw new AssertionError(
                    "the program did not end; it printed:\n" + text(out) + text(err), e);
        }
    }

    private String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace(folder.toString(), "<dir>");
    }
}
