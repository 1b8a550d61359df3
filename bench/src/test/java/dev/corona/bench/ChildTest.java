package dev.corona.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What is said to processes, and what they answer. */
class ChildTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Setup setup = Setup.of(Path.of("..").toAbsolutePath().normalize(), true);

    private Child shell(String script) {
        return Child.startToTell(setup, "child-test", List.of("sh", "-c", script));
    }

    @Test
    void answersALineForALine() throws InterruptedException {
        try (Child child = shell("while read -r line; do echo \"got $line\"; done")) {
            for (String each : List.of("one", "two")) {
                child.tell(each);
                assertThat(child.nextLine(LIMIT)).isEqualTo("got " + each);
            }
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void returnsLinesThatWereWrittenTogetherOneByOne() throws InterruptedException {
        try (Child child = shell("echo a; echo; echo b")) {
            assertThat(child.nextLine(LIMIT)).isEqualTo("a");
            assertThat(child.nextLine(LIMIT)).isEmpty();
            assertThat(child.nextLine(LIMIT)).isEqualTo("b");
        }
    }

    @Test
    void saysThatAProcessEndedWithoutAnAnswer() {
        try (Child child = shell("read -r line; echo \"bad $line\" >&2; exit 3")) {
            child.tell("word");
            assertThatThrownBy(() -> child.nextLine(LIMIT))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("child-test ended with exit code 3")
                    .hasMessageContaining("bad word");
        }
    }

    @Test
    void saysThatAProcessDoesNotAnswer() {
        try (Child child = shell("read -r line; read -r more")) {
            child.tell("word");
            assertThatThrownBy(() -> child.nextLine(Duration.ZERO))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("child-test did not answer within 0 s");
        }
    }
}
