package dev.corona.weave.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Random programs do the same plain and woven, wherever they suspend.
 *
 * <p>The property {@code corona.random.programs} says how many, {@code corona.random.seed} where the seeds begin: the seed
 * that a failure prints, with one program, runs that program again.
 */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("corona.random.programs", 2000);
    private static final int BATCH = 40;

    /** A build tries the same programs each time, so that it fails by a change and not by chance. */
    private static final long FIRST_SEED = 20_261_127;

    @Test
    void doTheSameSuspendedAnywhere() throws Exception {
        long first = Long.getLong("corona.random.seed", FIRST_SEED);
        System.out.printf("random programs: %d from -Dcorona.random.seed=%d%n", PROGRAMS, first);
        int unsound = 0;
        for (long seed = first; seed < first + PROGRAMS; seed += BATCH) {
            unsound += check(seed, (int) Math.min(BATCH, first + PROGRAMS - seed));
        }
        assertThat(unsound)
                .as("programs of which javac made wrong code, or a method too large")
                .isLessThan(2 + PROGRAMS / 100);
    }

    /** Gives the number of programs that could not be compared. */
    private static int check(long first, int count) throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        for (long seed = first; seed < first + count; seed++) {
            sources.put("R" + seed, ProgramWriter.write("R" + seed, seed).toString());
        }
        Batch batch = new Batch(sources);
        int unsound = 0;
        for (long seed = first; seed < first + count; seed++) {
            if (!batch.isSound("R" + seed)) {
                unsound++;
                continue;
            }
            String program = seed % 2 == 0 ? "R" + seed : "R" + seed + "$Sub";
            String difference = batch.difference(program, seed);
            if (difference != null) explain(seed, program, difference);
        }
        return unsound;
    }

    private static void explain(long seed, String program, String difference) {
        Text text = ProgramWriter.write("R" + seed, seed);
        new Shrinker("R" + seed, program, seed).shrink(text);
        fail(
                "-Dcorona.random.programs=1 -Dcorona.random.seed=%d: %s %s%n%s",
                seed, program, difference, text);
    }

    @Test
    void theSameSeedGivesTheSameProgram() {
        assertThat(ProgramWriter.write("R", 7).toString())
                .isEqualTo(ProgramWriter.write("R", 7).toString())
                .isNotEqualTo(ProgramWriter.write("R", 8).toString());
    }
}
