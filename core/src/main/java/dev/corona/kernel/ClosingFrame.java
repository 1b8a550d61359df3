package dev.corona.kernel;

import dev.corona.errors.Unwinding;
import dev.corona.woven.Code;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

/** The frame of a close: an enclosing woven continuation was left from inside what it unwinds. */
@Stored
final class ClosingFrame extends EngineFrame {
    private static final Code CODE =
            Code.of(
                    Continuation.class,
                    "close",
                    "()V",
                    (frame, strand) -> ((ClosingFrame) frame).goOn(strand));

    private final Continuation closing;
    private final Unwinding error;

    ClosingFrame(Continuation closing, Unwinding error) {
        super(CODE);
        this.closing = closing;
        this.error = error;
    }

    private void goOn(Strand strand) {
        Throwable thrown = strand.takeThrown();
        if (thrown != null && thrown != error) throw Continuation.<RuntimeException>thrown(thrown);
        closing.requireClosed();
    }
}
