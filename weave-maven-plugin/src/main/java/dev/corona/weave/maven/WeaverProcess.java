package dev.corona.weave.maven;

import org.apache.maven.plugin.MojoExecutionException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the weaver's command. */
final class WeaverProcess {
    private static final String MAIN = "dev.corona.weave.Main";

    /** What it printed, line by line, and its exit code. */
    record Answer(int code, List<String> lines) {}

    private WeaverProcess() {}

    static Answer run(String java, String weaver, List<String> arguments)
            throws MojoExecutionException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dstdout.encoding=UTF-8",
                                "-Dstderr.encoding=UTF-8",
                                "-cp",
                                weaver,
                                MAIN));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text.lines().toList());
        } catch (IOException e) {
            throw new MojoExecutionException("cannot start the weaver by " + java, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted while the weaver ran", e);
        }
    }
}
