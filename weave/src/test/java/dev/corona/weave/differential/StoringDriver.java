package dev.corona.weave.differential;

import dev.corona.kernel.Engines;

import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs one program of the corpus and sends it through {@code journey} wherever it suspends; woven with the programs. */
public final class StoringDriver {
    private StoringDriver() {}

    public static Outcome run(String program, BitSet suspending, UnaryOperator<Object[]> journey) {
        Points p = new Points();
        Object[] result = new Object[1];
        p.suspending = suspending;
        p.self = Engines.woven().create("program " + program, Driver.body(program, p, result));
        Object[] state = {p, result};
        while (!p.self.isFinished()) {
            p.self.resume();
            if (p.self.isFinished()) break;
            state = journey.apply(state);
            p = (Points) state[0];
        }
        return new Outcome(List.copyOf(p.trace), String.valueOf(((Object[]) state[1])[0]));
    }
}
