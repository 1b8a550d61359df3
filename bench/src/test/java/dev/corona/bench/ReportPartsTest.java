package dev.corona.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tables, medians, and what is read from the launcher and from the system. */
class ReportPartsTest {
    @Test
    void alignsNamesLeftAndNumbersRight() {
        Table table = new Table("server", "requests/s");
        table.add("corona", 12345.0);
        table.add("node", 1.5);
        assertThat(table.toString())
                .isEqualTo(
                        """
                          server  requests/s
                          corona       12345
                          node          1.50
                        """);
    }

    @Test
    void refusesARowOfAnotherLength() {
        Table table = new Table("server", "requests/s");
        assertThatThrownBy(() -> table.add("corona"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 cells");
    }

    @Test
    void takesMediansAndPercentiles() {
        assertThat(Numbers.median(9, 1, 5)).isEqualTo(5);
        assertThat(Numbers.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(Numbers.median()).isNaN();
        double[] hundred = new double[100];
        for (int i = 0; i < 100; i++) hundred[i] = 100 - i;
        assertThat(Numbers.percentile(0, hundred)).isEqualTo(1);
        assertThat(Numbers.percentile(50, hundred)).isEqualTo(50);
        assertThat(Numbers.percentile(99, hundred)).isEqualTo(99);
        assertThat(Numbers.percentile(100, hundred)).isEqualTo(100);
    }

    @Test
    void comparesSeriesRoundByRound() {
        double[] values = {30, 10, 40};
        double[] peers = {10, 5, 10};
        assertThat(Numbers.medianRatio(values, peers)).isEqualTo(3);
        assertThat(Numbers.medianRatio(new double[] {1}, new double[] {Double.NaN})).isNaN();
    }

    @Test
    void readsTheHeapSettingsOfTheLauncher() {
        String launcher =
                """
                case $x in
                    *GC*) collector= ;;
                    *)
                        collector='-XX:+UseParallelGC -Xms48m'
                        ;;
                esac
                """;
        assertThat(Setup.collectorIn(launcher)).containsExactly("-XX:+UseParallelGC", "-Xms48m");
        assertThatThrownBy(() -> Setup.collectorIn("collector=\n"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("collector='-XX...'");
    }

    @Test
    void readsTheHeapSettingsOfOurOwnLauncher() {
        assertThat(Setup.of(root(), true).collector())
                .isNotEmpty()
                .allMatch(o -> o.startsWith("-X"));
    }

    @Test
    void readsMemoryOfAProcess() {
        Memory memory =
                Memory.in(List.of("Name:\tjava", "VmHWM:\t  204800 kB", "VmRSS:\t  102400 kB"));
        assertThat(memory).isEqualTo(new Memory(100, 200));
        assertThat(Memory.in(List.of("Name:\tgone")).resident()).isNaN();
    }

    @Test
    void scriptKnowsTheSuitesOfTheProgram() throws IOException {
        String script = Files.readString(root().resolve("bench/run"));
        assertThat(script)
                .contains("suites='%s'\n".formatted(String.join(" ", Main.SUITES.keySet())));
    }

    private static Path root() {
        return Path.of(System.getProperty("corona.root"));
    }
}
