package dev.corona.kernel;

import dev.corona.woven.Code;
import dev.corona.woven.Stored;

/** The frame of a resume: through it an enclosing woven continuation was left from inside an inner one. */
@Stored
final class Passage extends EngineFrame {
    private static final Code CODE =
            Code.of(
                    Continuation.class,
                    "resume",
                    "()V",
                    (frame, strand) -> ((Passage) frame).goOn((KernelStrand) strand));

    private final Continuation inner;

    Passage(Continuation inner) {
        super(CODE);
        this.inner = inner;
    }

    Continuation inner() {
        return inner;
    }

    private void goOn(KernelStrand strand) {
        Throwable failure = strand.takeThrown();
        inner.passThrough(strand, failure);
        inner.leaveOrPass(strand, this);
    }
}
