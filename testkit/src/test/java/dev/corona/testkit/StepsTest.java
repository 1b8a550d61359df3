package dev.corona.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StepsTest {
    private final Steps steps = new Steps();

    @Test
    void stepsFollowEachOther() {
        steps.reach(1);
        steps.reach(2);
        assertThat(steps.reached()).isEqualTo(2);
        steps.last(3);
        assertThatCode(steps::requireEnd).doesNotThrowAnyException();
    }

    @Test
    void aStepTooEarlyFailsThere() {
        steps.reach(1);
        assertThatThrownBy(() -> steps.reach(3))
                .isInstanceOf(AssertionError.class)
                .hasMessage("step 3 was reached when it was the turn of step 2");
    }

    @Test
    void aStepTwiceFails() {
        steps.reach(1);
        assertThatThrownBy(() -> steps.reach(1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void nothingFollowsTheLastStep() {
        steps.last(1);
        assertThatThrownBy(() -> steps.reach(2))
                .isInstanceOf(AssertionError.class)
                .hasMessage("step 2 comes after the last one, 1");
    }

    @Test
    void aMissingEndFails() {
        steps.reach(1);
        assertThatThrownBy(steps::requireEnd)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ended after step 1");
    }
}
