package dev.corona.async;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;

/** Waits that only the end of the loop ends, in both forms. */
final class Parking {
    private Parking() {}

    static void park(Task<?> task, Object what) {
        while (true) {
            try {
                task.suspend(new Waiter<@Nullable Object>(task, what, false));
            } catch (CancellationException notForThisWait) {
                // parks again
            }
        }
    }

    static void park(Task<?> task, Object what, Strand strand) {
        while (!strand.pausing) {
            try {
                task.suspend(new Waiter<@Nullable Object>(task, what, false), strand);
            } catch (CancellationException notForThisWait) {
                // parks again
            }
        }
        strand.push(new ParkFrame(task, what));
    }

    /** The frame of {@link #parkForever}. */
    static final class ParkFrame extends Frame {
        private static final Code CODE =
                Code.of(
                        Corona.class,
                        "parkForever",
                        "(Ljava/lang/Object;)V",
                        (frame, strand) -> ((ParkFrame) frame).goOn(strand));

        private final Task<?> task;
        private final Object what;

        ParkFrame(Task<?> task, Object what) {
            super(CODE);
            this.task = task;
            this.what = what;
        }

        private void goOn(Strand strand) {
            Throwable thrown = strand.takeThrown();
            if (thrown != null && !(thrown instanceof CancellationException))
                throw Failures.sneak(thrown);
            park(task, what, strand);
        }
    }
}
