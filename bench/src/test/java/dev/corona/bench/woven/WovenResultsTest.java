package dev.corona.bench.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.bench.BenchException;

import org.junit.jupiter.api.Test;

class WovenResultsTest {
    private final WovenResults results = new WovenResults();

    @Test
    void takesTheMedianOfTheRounds() {
        results.add("A", "call=2.0\nints 1=10.0\nnoise\n");
        results.add("A", "ints 1=30.0\n");
        results.add("A", "ints 1=12.0\n");
        assertThat(results.median("A", "ints 1")).isEqualTo(12);
        assertThat(results.median("A", "call")).isEqualTo(2);
    }

    @Test
    void comparesRoundByRound() {
        results.add("A", "step=10\n");
        results.add("B", "step=20\n");
        results.add("A", "step=90\n");
        results.add("B", "step=100\n");
        results.add("A", "step=6\n");
        results.add("B", "step=10\n");
        assertThat(results.ratio("A", "step", "B", "step")).isEqualTo(0.6);
    }

    @Test
    void givesNoNumberForWhatWasNotMeasured() {
        results.add("A", "step=10\n");
        assertThat(results.median("B", "step")).isNaN();
        assertThat(results.ratio("A", "step", "B", "step")).isNaN();
        assertThatThrownBy(() -> results.requireMedian("A", "other"))
                .isInstanceOf(BenchException.class)
                .hasMessage("the process A did not print other");
    }
}
