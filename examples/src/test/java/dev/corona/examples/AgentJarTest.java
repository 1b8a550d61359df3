package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.ToolProvider;

/** The weaver's jar, as the build has packed it, as an agent of a program that nobody has woven. */
class AgentJarTest {
    private static final Path ROOT = Path.of(System.getProperty("corona.root"));
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private static final String SOURCE =
            """
            import dev.corona.async.Corona;
            import java.time.Duration;

            class Napper {
                public static void main(String[] args) {
                    Corona.run(() -> { nap(); System.out.println(Corona.dump()); return null; });
                }
                private static void nap() { Corona.sleep(Duration.ofMillis(1)); }
            }
            """;

    @TempDir private Path folder;

    private static Path jar(String module) {
        return ROOT.resolve("%s/target/corona-%s-%s.jar".formatted(module, module, VERSION));
    }

    @Test
    void weavesWhatItsManifestIsStartedFor() throws Exception {
        Path source = Files.writeString(folder.resolve("Napper.java"), SOURCE);
        String core = jar("core").toString();
        int compiled =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", core, source.toString());
        assertThat(compiled).isZero();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-javaagent:" + jar("weave") + "=quiet",
                                "-cp",
                                folder + File.pathSeparator + core,
                                "Napper")
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        assertThat(text).contains("main runs (woven)");
    }
}
