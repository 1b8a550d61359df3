package dev.corona.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How {@code bench/run} answers arguments that start nothing. */
class RunScriptTest {
    private record Answer(int code, String text) {}

    private static Answer run(String... arguments) throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("corona.root"), "bench", "run");
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    @Test
    void refusesAnUnknownSuite() throws Exception {
        assertThat(run("nonsense"))
                .isEqualTo(
                        new Answer(
                                2,
                                "bench/run: unknown suite nonsense; the suites are: kernel woven async lua http storm, all\n"));
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        Answer answer = run("kernel", "--fast");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.text().lines()).hasSize(1).first().asString().contains("--fast");
    }

    @Test
    void asksForAName() throws Exception {
        Answer answer = run();
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.text().lines()).hasSize(1);
    }

    @Test
    void printsHelp() throws Exception {
        Answer answer = run("--help");
        assertThat(answer.code()).isZero();
        assertThat(answer.text()).startsWith("usage: bench/run NAME [--quick]\n");
    }
}
