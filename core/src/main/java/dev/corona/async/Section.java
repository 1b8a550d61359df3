package dev.corona.async;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/**
 * Something that holds while a body runs: entered before it, left once after it, however that ends. The body may be woven: then
 * a frame of the section waits below it while it is suspended. For the loop's thread.
 */
abstract class Section {
    /**
     * Called once when the body has ended.
     *
     * @param thrown what the body threw; null if it returned
     * @return what is thrown instead of it, or after the body has returned; null for nothing
     */
    abstract @Nullable Throwable left(@Nullable Throwable thrown);

    final <T extends @Nullable Object, X extends Exception> T run(Body<? extends T, X> body)
            throws X {
        T result;
        try {
            result = body.call();
        } catch (Throwable thrown) {
            throw Failures.sneak(leave(thrown));
        }
        leaveInPeace();
        return result;
    }

    final <T extends @Nullable Object, X extends Exception> T run(
            Body<? extends T, X> body, Strand strand) throws X {
        T result;
        try {
            result = body.call(strand);
            if (strand.pausing) {
                strand.push(new Waiting(this));
                return result;
            }
        } catch (Throwable thrown) {
            strand.settle();
            throw Failures.sneak(leave(thrown));
        }
        leaveInPeace();
        return result;
    }

    private Throwable leave(Throwable thrown) {
        try {
            Throwable instead = left(thrown);
            return instead == null ? thrown : instead;
        } catch (Throwable inLeaving) {
            if (inLeaving != thrown) thrown.addSuppressed(inLeaving);
            return thrown;
        }
    }

    private void leaveInPeace() {
        Throwable instead = left(null);
        if (instead != null) throw Failures.sneak(instead);
    }

    /** The frame of {@link #run(Body, Strand)}. */
    private static final class Waiting extends Frame {
        private static final Code CODE =
                Code.of(
                        Section.class,
                        "run",
                        "(Ldev/corona/async/Body;)Ljava/lang/Object;",
                        (frame, strand) -> ((Waiting) frame).goOn(strand));

        private final Section section;

        Waiting(Section section) {
            super(CODE);
            this.section = section;
        }

        private void goOn(Strand strand) {
            Throwable thrown = strand.takeThrown();
            if (thrown != null) throw Failures.sneak(section.leave(thrown));
            section.leaveInPeace();
        }
    }
}
