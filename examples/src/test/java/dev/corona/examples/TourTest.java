package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the README shows is what runs. */
class TourTest {
    @Test
    void addsWhatTheTaskAndTheGeneratorGive() {
        assertThat(Tour.total()).isEqualTo(42);
    }
}
