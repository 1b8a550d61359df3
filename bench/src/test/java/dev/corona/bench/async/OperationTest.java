package dev.corona.bench.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.async.Corona;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CompletableFuture;

/** Whoever is measured takes all the steps. */
class OperationTest {
    private static final int STEPS = 400;

    @ParameterizedTest
    @EnumSource(Operation.class)
    void tasksTakeAllSteps(Operation operation) {
        assertThat(Corona.<Integer>run(() -> TaskOperations.run(operation, STEPS)))
                .isEqualTo(STEPS);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void threadsTakeAllSteps(Operation operation) throws Exception {
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread.startVirtualThread(() -> taken.complete(ThreadOperations.run(operation, STEPS)));
        int steps = taken.get();
        // the count of bodies is exact on one carrier only
        if (operation == Operation.SPAWN) assertThat(steps).isBetween(1, STEPS);
        else assertThat(steps).isEqualTo(STEPS);
    }
}
