package dev.corona.bench;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a suite started; its outputs go to two files among the logs. It ends with the suite at the latest. */
public final class Child implements AutoCloseable {
    private static final int TAIL_LINES = 10;
    private static final int POLL_MILLIS = 10;

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    /** How much of the output {@link #nextLine} has returned. */
    private int returned;

    private Child(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code command} with {@code environment} beside that of this process. */
    public static Child start(
            Setup setup, String name, Map<String, String> environment, List<String> command) {
        return start(setup, name, environment, command, Redirect.from(new File("/dev/null")));
    }

    /** Starts {@code command}, to which lines can be {@link #tell told}. */
    public static Child startToTell(Setup setup, String name, List<String> command) {
        return start(setup, name, Map.of(), command, Redirect.PIPE);
    }

    private static Child start(
            Setup setup,
            String name,
            Map<String, String> environment,
            List<String> command,
            Redirect input) {
        Path out = setup.logs().resolve(name + ".out");
        Path err = setup.logs().resolve(name + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(setup.root().toFile())
                        .redirectInput(input)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), out, err);
        } catch (IOException e) {
            throw new BenchException("%s cannot be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Runs {@code command} to its end, and returns what it wrote to its standard output. */
    public static String output(Setup setup, String name, Duration limit, List<String> command)
            throws InterruptedException {
        try (Child child = start(setup, name, Map.of(), command)) {
            if (!child.waitFor(limit)) {
                throw new BenchException(
                        "%s did not end within %d s".formatted(name, limit.toSeconds()));
            }
            child.requireSuccess();
            return child.output();
        }
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            Writer input = process.outputWriter();
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw failure("takes no more lines (" + e.getMessage() + ")");
        }
    }

    /** The first line of its standard output that this has not returned yet; waits for it. */
    public String nextLine(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            boolean alive = isAlive();
            String text = output();
            int end = text.indexOf('\n', returned);
            if (end >= 0) {
                String line = text.substring(returned, end);
                returned = end + 1;
                return line;
            }
            if (!alive) throw failure("ended with exit code " + process.exitValue());
            if (System.nanoTime() - start > limit.toNanos())
                throw failure("did not answer within %d s".formatted(limit.toSeconds()));
            Thread.sleep(POLL_MILLIS);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ended within {@code limit}. */
    public boolean waitFor(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Throws unless it ended with exit code 0. */
    public void requireSuccess() {
        if (process.exitValue() != 0) throw failure("ended with exit code " + process.exitValue());
    }

    /** Processor time so far, of user and system, in seconds; NaN of an ended process. */
    public double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    public String output() {
        return read(out);
    }

    public String errors() {
        return read(err);
    }

    /** An exception that says what {@code happened} to this process, and ends with what it last wrote. */
    public BenchException failure(String happened) {
        List<String> lines = (output() + errors()).lines().toList();
        List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        String said =
                tail.isEmpty()
                        ? "it wrote nothing"
                        : "it wrote:\n    " + String.join("\n    ", tail);
        return new BenchException("%s %s; %s".formatted(name, happened, said));
    }

    /** Ends the process, at first politely. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchException("the log %s cannot be read: %s".formatted(file, e), e);
        }
    }
}
