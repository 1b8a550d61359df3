package dev.corona.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Corona does with random programs what a model without coroutines does, event by event, at the same moments of virtual time.
 * {@code -Dcorona.model.seed=N} begins with the programs of another seed; {@code -Dcorona.model.programs=N} runs more or fewer.
 */
@Timeout(300)
class ModelTest {
    private static final long SEED = Long.getLong("corona.model.seed", System.nanoTime());

    private static final int PROGRAMS = Integer.getInteger("corona.model.programs", 10_000);

    /** So many run however long they take; no more once the time is over. */
    private static final int ENOUGH = 1_000;

    private static final long NANOS = 20_000_000_000L;

    @Test
    void doesWhatTheModelDoes() {
        Map<String, Integer> seen = new TreeMap<>();
        long start = System.nanoTime();
        for (int i = 0; i < PROGRAMS; i++) {
            if (i >= ENOUGH && System.nanoTime() - start > NANOS) break;
            long seed = SEED + i;
            Program program = RandomProgram.of(seed);
            List<String> lines = outcome(program);
            if (!lines.equals(Model.run(program))) throw different(seed, program);
            for (String line : lines) seen.merge(kind(line), 1, Integer::sum);
        }
        assertThat(seen.keySet())
                .as("what the programs of seed %d did", SEED)
                .contains("Send", "Receive", "Choose", "Cancel", "Timeout", "Scoped", "Shield")
                .contains("Await", "AwaitFor", "AwaitFuture", "Finally", "CloseNow", "uncaught");
    }

    /** The third word of {@code 3 ms t1: Send sent}. */
    private static String kind(String line) {
        return line.split(": ", 2)[1].split(" ", 2)[0];
    }

    private static List<String> outcome(Program program) {
        try {
            return Actual.run(program);
        } catch (RuntimeException | AssertionError error) {
            return List.of("the run failed: " + error);
        }
    }

    private static boolean isDifferent(Program program) {
        return !outcome(program).equals(Model.run(program));
    }

    private static AssertionError different(long seed, Program program) {
        Program small = Shrinker.shrink(program, ModelTest::isDifferent);
        return new AssertionError(
                "seed %d: Corona and the model differ in%n%s%nCorona:%n%s%nmodel:%n%s"
                        .formatted(seed, small, text(outcome(small)), text(Model.run(small))));
    }

    private static String text(List<String> lines) {
        return "  " + String.join("\n  ", lines);
    }
}
