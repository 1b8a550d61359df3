package dev.corona.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.bench.BenchException;

import org.junit.jupiter.api.Test;

class MassTest {
    @Test
    void readsWhatTheProcessPrinted() {
        Mass mass = Mass.parse("median.ns=95.5\nused.mb=280.0\n");
        assertThat(mass.value("median.ns")).isEqualTo(95.5);
        assertThat(mass.value("used.mb")).isEqualTo(280);
    }

    @Test
    void namesWhatIsMissing() {
        Mass mass = Mass.parse("median.ns=95.5\n");
        assertThatThrownBy(() -> mass.value("used.mb"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("used.mb");
    }
}
