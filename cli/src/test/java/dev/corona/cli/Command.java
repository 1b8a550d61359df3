package dev.corona.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own, with the JVM options of this one. */
final class Command implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    private Command(Process process, Path errors) {
        this.process = process;
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.errors = errors;
    }

    /** Starts {@code corona args}; its standard error goes to a file in {@code folder}. */
    static Command start(Path folder, String... args) throws IOException {
        Path errors = folder.resolve("errors-" + System.nanoTime());
        return new Command(builder(args).redirectError(errors.toFile()).start(), errors);
    }

    /** Starts {@code corona args} with standard error joined to standard output, and PORT set to 0. */
    static Command startJoined(String... args) throws IOException {
        ProcessBuilder builder = builder(args).redirectErrorStream(true);
        builder.environment().put("PORT", "0");
        return new Command(builder.start(), Path.of("/dev/null"));
    }

    /** Starts {@code corona args} with further options of the JVM, standard error joined to standard output. */
    static Command startOn(List<String> options, String... args) throws IOException {
        ProcessBuilder builder = builder(args).redirectErrorStream(true);
        builder.command().addAll(builder.command().indexOf("-cp"), options);
        return new Command(builder.start(), Path.of("/dev/null"));
    }

    private static ProcessBuilder builder(String... args) {
        // a build in the background ignores interrupts, and what it starts would too
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
                command.add(option);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        // a machine that is short of time would have the start reported
        command.addAll(List.of("--busy-limit", "0"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    /** Its next line; null at its end. */
    String readLine() throws IOException {
        return out.readLine();
    }

    /** What it still prints, to its end. */
    String rest() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = out.read(); c >= 0; c = out.read()) text.append((char) c);
        return text.toString();
    }

    /** What it has printed to standard error. */
    String errors() throws IOException {
        return java.nio.file.Files.readString(errors);
    }

    void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        int code = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        if (code != 0) throw new IOException("kill -" + name + " " + pid + " failed with " + code);
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
