package dev.corona.stress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs every jcstress model for a short time, in a process of its own; an outcome that no model expects fails it. For a long run:
 * {@code -Dcorona.stress.millis=5000}.
 */
class StressTest {
    private static final String MILLIS = System.getProperty("corona.stress.millis", "300");
    private static final int MODELS = 7;
    private static final int LONGEST_MINUTES = 10;

    private static Path folder() throws IOException {
        return Files.createDirectories(Path.of("target", "jcstress").toAbsolutePath());
    }

    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("org.openjdk.jcstress.Main");
        // one way of compiling, one process for each model
        command.addAll(List.of("-t", "dev\\.corona\\..*", "-sc", "false", "-jvmArgs", "-Xmx256m"));
        command.addAll(List.of("-f", "1", "-fsm", "1", "-iters", "1", "-time", MILLIS));
        command.addAll(List.of("-strideSize", "2000", "-c", "2", "-r", folder.toString()));
        return command;
    }

    @Test
    void noModelHasAnOutcomeThatItDoesNotExpect() throws Exception {
        Path folder = folder();
        Path log = folder.resolve("log.txt");
        Process process =
                new ProcessBuilder(command(folder))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said)
                .contains("%1$d planned; %1$d passed, 0 failed, 0 soft errs".formatted(MODELS));
    }
}
