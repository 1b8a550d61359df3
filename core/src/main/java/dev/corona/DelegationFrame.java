package dev.corona;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

/** The frame of a {@code yieldAll} that is a call: the body of another generator was left from inside. */
@Stored
final class DelegationFrame extends Frame {
    private static final Code CODE =
            Code.of(
                    GeneratorRun.class,
                    "yieldAll",
                    "(Ljava/lang/Iterable;)V",
                    (frame, strand) -> ((DelegationFrame) frame).goOn(strand));

    private final GeneratorRun<?> run;
    private final Generator<?> generator;

    DelegationFrame(GeneratorRun<?> run, Generator<?> generator) {
        super(CODE);
        this.run = run;
        this.generator = generator;
    }

    private void goOn(Strand strand) {
        run.called(generator, strand.takeThrown());
    }
}
