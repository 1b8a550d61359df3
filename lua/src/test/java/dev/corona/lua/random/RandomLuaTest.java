package dev.corona.lua.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Random programs print what they print on {@code lua5.4}, plainly, paused at every possible point, and moved from runtime to runtime.
 *
 * <p>The property {@code corona.lua.programs} says how many, {@code corona.lua.seed} where the seeds begin: the seed that a failure
 * prints, with one program, runs that program again.
 */
class RandomLuaTest {
    private static final int PROGRAMS = Integer.getInteger("corona.lua.programs", 2000);
    private static final int WORKERS = 2;

    /** A build tries the same programs each time, so that it fails by a change and not by chance. */
    private static final long FIRST_SEED = 20_261_128;

    /** A program for which the reference and we differ. */
    private record Difference(long seed, String text) {}

    /** What became of a worker's programs. */
    private static final class Tally {
        int whole;
        int crashes;
        Difference difference;
    }

    static String prelude() throws IOException {
        try (InputStream in = RandomLuaTest.class.getResourceAsStream("prelude.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Timeout(600)
    void printWhatTheReferencePrintsPausedAnywhere() throws Exception {
        long first = Long.getLong("corona.lua.seed", FIRST_SEED);
        System.out.printf("random programs: %d from -Dcorona.lua.seed=%d%n", PROGRAMS, first);
        int whole = 0;
        int crashes = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<Tally>> tallies = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                long start = first + i;
                tallies.add(workers.submit(() -> compare(start, first + PROGRAMS)));
            }
            for (Future<Tally> tally : tallies) {
                Difference difference = tally.get().difference;
                if (difference != null)
                    fail(
                            "-Dcorona.lua.programs=1 -Dcorona.lua.seed=%d%n%s",
                            difference.seed, difference.text);
                whole += tally.get().whole;
                crashes += tally.get().crashes;
            }
        }
        assertThat(crashes)
                .as("programs that lua5.4 does not survive")
                .isLessThan(2 + PROGRAMS / 200);
        if (PROGRAMS >= 100)
            assertThat(whole).as("programs that came to their end").isGreaterThan(PROGRAMS / 2);
    }

    /** Compares every other program, until one differs. */
    private static Tally compare(long first, long end) throws IOException {
        Tally tally = new Tally();
        OwnPrograms own = new OwnPrograms(prelude());
        try (ReferencePrograms reference = new ReferencePrograms(prelude())) {
            for (long seed = first; seed < end && tally.difference == null; seed += WORKERS) {
                String text = Statement.text(Statements.program(seed));
                String expected = reference.run(text);
                if (expected == null) tally.crashes++;
                else if (own.difference(text, expected, OwnPrograms.Kind.of(seed)) != null)
                    tally.difference = new Difference(seed, explanation(seed, reference, own));
                else if (expected.endsWith("true\n")) tally.whole++;
            }
        }
        return tally;
    }

    /** A smaller program that differs too, and what both print. */
    static String explanation(long seed, ReferencePrograms reference, OwnPrograms own) {
        Shrinker shrinker =
                new Shrinker(
                        text -> {
                            String expected = reference.run(text);
                            return expected != null
                                    && own.difference(text, expected, OwnPrograms.Kind.of(seed))
                                            != null;
                        },
                        1000);
        String text = Statement.text(shrinker.shrink(Statements.program(seed)));
        String expected = reference.run(text);
        return "%s--- lua5.4:%n%s--- %s"
                .formatted(
                        text, expected, own.difference(text, expected, OwnPrograms.Kind.of(seed)));
    }

    @Test
    void theSameSeedGivesTheSameProgram() {
        String program = Statement.text(Statements.program(7));
        assertThat(program)
                .isEqualTo(Statement.text(Statements.program(7)))
                .isNotEqualTo(Statement.text(Statements.program(8)));
    }
}
