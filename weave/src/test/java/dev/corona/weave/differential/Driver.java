package dev.corona.weave.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.kernel.Engine;

import java.util.BitSet;
import java.util.List;

/** Runs one program; woven together with them, so that the way to the program's first call is woven too. */
public final class Driver {
    private Driver() {}

    /**
     * @param engine null to run it plainly
     * @param before is called before each resumption
     */
    public static Outcome run(String program, BitSet suspending, Engine engine, Runnable before)
            throws Exception {
        Points p = new Points();
        Object[] result = new Object[1];
        if (engine == null) {
            body(program, p, result).run();
        } else {
            p.suspending = suspending;
            p.self = engine.create("program " + program, body(program, p, result));
            int resumptions = 0;
            while (!p.self.isFinished()) {
                before.run();
                p.self.resume();
                resumptions++;
            }
            BitSet reached = suspending.get(0, p.count);
            assertThat(resumptions).as("resumptions").isEqualTo(reached.cardinality() + 1);
        }
        return new Outcome(List.copyOf(p.trace), String.valueOf(result[0]));
    }

    static Runnable body(String program, Points p, Object[] result) {
        return () -> {
            try {
                result[0] = call(program, p);
            } catch (Throwable thrown) {
                result[0] = thrown.toString().replaceAll(" is in .*", "");
            }
        };
    }

    private static Object call(String program, Points p) throws Exception {
        return switch (program) {
            case "locals" -> Corpus.locals(p);
            case "stacks" -> Corpus.stacks(p);
            case "compound" -> Corpus.compound(p);
            case "construction" -> Corpus.construction(p);
            case "exceptions" -> Corpus.exceptions(p);
            case "uncaught" -> Corpus.uncaught(p);
            case "resources" -> Corpus.resources(p);
            case "switches" -> Corpus.switches(p);
            case "objects" -> Corpus.objects(p);
            case "lambdas" -> Corpus.lambdas(p);
            case "iteration" -> Corpus.iteration(p);
            case "wide" -> Corpus.wide(p);
            case "narrow" -> Corpus.narrow(p);
            case "arithmetic" -> Opcodes.arithmetic(p);
            case "conversions" -> Opcodes.conversions(p);
            case "comparisons" -> Opcodes.comparisons(p);
            case "arrays" -> Opcodes.arrays(p);
            case "duplicates" -> Opcodes.duplicates(p);
            case "constants" -> Opcodes.constants(p);
            case "jumps" -> Opcodes.jumps(p);
            case "many" -> Opcodes.many(p);
            case "lowSlots" -> Opcodes.lowSlots(p);
            default -> throw new AssertionError("no program " + program);
        };
    }
}
