package dev.corona.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@link ModelTest} shows of woven code; run by {@code WovenEngineTest}, which weaves both. */
class WovenModelContract {
    private static final int PROGRAMS = 100;

    @Test
    void everyTaskOfAProgramRunsOnTheWovenEngine() {
        for (int seed = 0; seed < PROGRAMS; seed++)
            assertThat(Actual.engines(RandomProgram.of(seed)))
                    .as("engines of the program of seed %d", seed)
                    .containsExactly("woven");
    }
}
