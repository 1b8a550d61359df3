package dev.corona.kernel;

import dev.corona.errors.Unwinding;
import dev.corona.woven.Stored;

import org.jspecify.annotations.Nullable;

/** What most continuations never have. */
@Stored
final class Rare {
    /** How often a body that is being closed may try to suspend again before the closing is given up. */
    private static final int CLOSE_ATTEMPTS = 100;

    /** The innermost continuation that left the stack with this one, if that is another; while SUSPENDED. */
    @Nullable Continuation leaf;

    /** The error that the body ended by. */
    @Nullable Throwable failure;

    /** The error that unwinds it, and how often it ignored that. */
    private @Nullable Unwinding unwinding;

    private int ignored;

    @Nullable Throwable takeFailure() {
        Throwable taken = failure;
        failure = null;
        return taken;
    }

    @Nullable Unwinding unwinding() {
        return unwinding;
    }

    /**
     * Begins to unwind it.
     *
     * @param name what it is called
     */
    Unwinding beginUnwinding(String name) {
        Unwinding error = new Unwinding(name);
        unwinding = error;
        ignored = 0;
        return error;
    }

    /** Unwinds on, in place of a suspension, unless that was ignored too often. */
    void throwIfUnwinding() {
        if (unwinding != null && ++ignored < CLOSE_ATTEMPTS) throw unwinding;
    }
}
