package dev.corona;

import dev.corona.woven.Stored;

import org.jspecify.annotations.Nullable;

/** The errors of several closings that must all be tried: the first is thrown in the end, the others are suppressed in it. */
@Stored
final class Failures {
    private @Nullable Throwable first;

    /** Runs {@code work} and keeps what it throws. */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            add(e);
        }
    }

    void add(Throwable thrown) {
        if (first == null) first = thrown;
        else if (first != thrown) first.addSuppressed(thrown);
    }

    void throwIfAny() {
        if (first != null) throw Flow.<RuntimeException>sneak(first);
    }
}
