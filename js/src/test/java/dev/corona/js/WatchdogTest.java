package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** The report of code that keeps the loop busy. */
class WatchdogTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private Project.Result run(String script) {
        return run(script, Duration.ofMillis(150));
    }

    private Project.Result run(String script, Duration limit) {
        return project.file("main.js", script)
                .run("main.js", options -> options.withBusyLimit(limit));
    }

    @Test
    void busyCoroutineIsReportedOnceWithItsJavaScriptStack() {
        Project.Result result =
                run(
                        """
                        function busy() {
                          const end = Date.now() + 1500; while (Date.now() < end);
                        }
                        function middle() {
                          [1].forEach(function each() {
                            busy();
                          });
                        }
                        sleep(1);
                        spawn(function worker() {
                          sleep(1);
                          middle();
                        }).value;
                        """);
        assertThat(result.code()).isZero();
        // a loop that is compiled while it runs is shown as the function it stands in
        String report =
                """
                worker blocks or computes, and nothing else can run.
                    at busy (<dir>/main.js:PLACE)
                    at each (<dir>/main.js:6:5)
                    at middle (<dir>/main.js:5:3)
                    at worker (<dir>/main.js:12:3)
                """;
        String[] reports = result.err().replaceAll("js:[12]:\\d+", "js:PLACE").split("corona: ");
        assertThat(reports)
                .filteredOn(r -> r.contains("worker"))
                .singleElement()
                .asString()
                .matches("(?s)The event loop has not had a break for \\d+ ms: .*")
                .endsWith(report);
    }

    @Test
    void deepStackIsCutShort() {
        Project.Result result =
                run(
                        """
                        function dig(n) {
                          if (n > 0) return dig(n - 1) + 1;
                          const end = Date.now() + 1500; while (Date.now() < end);
                          return 0;
                        }
                        sleep(1);
                        dig(200);
                        """);
        assertThat(result.err())
                .containsPattern("    at dig \\(<dir>/main.js:[13]:")
                .contains("    at dig (<dir>/main.js:2:21)\n")
                .containsPattern("    at \\.\\.\\. 1\\d\\d more\n");
    }

    @Test
    void coroutinesThatWaitAreNotReported() {
        Project.Result result =
                run(
                        "sleep(900);\nnew Future((r) => setTimeout(r, 900)).value;\nsleep(1);\n",
                        Duration.ofMillis(800));
        assertThat(result.err()).doesNotContain("main.js");
    }
}
