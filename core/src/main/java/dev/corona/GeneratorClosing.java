package dev.corona;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The closing of a generator as woven code, one run after the other; and the frame of that call, if an enclosing continuation is
 * left from inside a body which is unwound.
 */
@Stored
final class GeneratorClosing extends Frame {
    private static final Code CODE =
            Code.of(
                    Generator.class,
                    "close",
                    "()V",
                    (frame, strand) -> ((GeneratorClosing) frame).goOn(strand));

    private final List<? extends Generator<?>> generators;
    private final Failures failures = new Failures();

    /** The index of the one that is being closed. */
    private int current;

    /**
     * @param generators in the order in which they are to be closed
     */
    GeneratorClosing(List<? extends Generator<?>> generators) {
        super(CODE);
        this.generators = generators;
    }

    /** Closes the runs from the current one on. */
    void run(Strand strand) {
        for (; current < generators.size(); current++) {
            Throwable thrown = null;
            try {
                generators.get(current).closeOwnRun(strand);
                if (strand.pausing) {
                    strand.push(this);
                    return;
                }
            } catch (RuntimeException | Error e) {
                strand.settle();
                thrown = e;
            }
            closed(thrown);
        }
        failures.throwIfAny();
    }

    private void closed(@Nullable Throwable thrown) {
        if (thrown != null) failures.add(thrown);
        generators.get(current).closedOwnRun();
    }

    private void goOn(Strand strand) {
        closed(strand.takeThrown());
        current++;
        run(strand);
    }
}
