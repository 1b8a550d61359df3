package dev.corona.weave.random;

import dev.corona.kernel.Engine;
import dev.corona.weave.differential.Outcome;
import dev.corona.weave.differential.Points;

import java.util.BitSet;
import java.util.List;

/** Runs one program; woven together with them, so that the way to the program's first call is woven too. */
public final class Runner {
    private static final int MOST_POINTS = 300;

    private Runner() {}

    /**
     * @param engine null to run it plainly
     * @param before is called before each resumption
     */
    public static Outcome run(Class<?> program, BitSet suspending, Engine engine, Runnable before)
            throws Exception {
        Points p = new Points();
        p.limit = MOST_POINTS;
        Object[] result = new Object[1];
        Kit.Program code = (Kit.Program) program.getDeclaredConstructor().newInstance();
        if (engine == null) {
            body(code, p, result).run();
        } else {
            p.suspending = suspending;
            p.self = engine.create("program", body(code, p, result));
            int resumptions = 0;
            while (!p.self.isFinished()) {
                before.run();
                p.self.resume();
                resumptions++;
            }
            int reached = suspending.get(0, p.count).cardinality();
            if (resumptions != reached + 1)
                throw new AssertionError(resumptions + " resumptions for " + reached + " points");
        }
        return new Outcome(List.copyOf(p.trace), String.valueOf(result[0]));
    }

    private static Runnable body(Kit.Program program, Points p, Object[] result) {
        return () -> {
            try {
                result[0] = program.run(p);
            } catch (Throwable thrown) {
                result[0] = Failures.describe(thrown);
            }
        };
    }
}
