package dev.corona.bench.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.bench.BenchException;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void takesTheMedianOfTheRounds() {
        Figures figures = new Figures();
        for (String round : new String[] {"a=3\nb=1\n", "a=1\n", "a=2\nsome text\n"})
            figures.addAll(round);
        assertThat(figures.median("a")).isEqualTo(2);
        assertThat(figures.requireMedian("b")).isEqualTo(1);
    }

    @Test
    void namesWhatIsMissing() {
        Figures figures = new Figures();
        figures.addAll("a=3\n");
        assertThat(figures.median("c")).isNaN();
        assertThatThrownBy(() -> figures.requireMedian("c"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("c");
    }
}
