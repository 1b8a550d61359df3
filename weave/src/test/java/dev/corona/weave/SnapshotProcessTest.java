package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Coroutines outlive their process, even one that is killed. */
class SnapshotProcessTest {
    private static final int MANY = 10_000;

    /** What kill -9 gives on every Unix. */
    private static final int KILLED = 128 + 9;

    @TempDir private Path folder;

    private Process start(String mode, Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SnapshotProcess.class.getName(),
                        mode,
                        file.toString(),
                        "" + MANY)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void tenThousandGoOnAfterTheirProcessWasKilled() throws Exception {
        Path file = folder.resolve("jobs");
        Process first = start("store", file);
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(first.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("stored");
        } finally {
            first.destroyForcibly();
        }
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(KILLED);
        System.out.printf(
                "%d coroutines in %d bytes, %.1f each%n",
                MANY, Files.size(file), (double) Files.size(file) / MANY);
        Process second = start("restore", file);
        String rest = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor()).isZero();
        assertThat(rest).isEqualTo(DurableJobs.rest(DurableJobs.many(MANY)));
        assertThat(rest.lines().count()).isGreaterThan(MANY * 3L);
    }
}
