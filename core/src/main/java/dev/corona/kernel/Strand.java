package dev.corona.kernel;

import org.jspecify.annotations.Nullable;

/** What one thread runs now: the innermost continuation that is mounted on it, or none. */
final class Strand {
    private static final ThreadLocal<Strand> STRANDS = ThreadLocal.withInitial(Strand::new);

    /** Written by the thread itself only. */
    @Nullable Continuation current;

    static Strand current() {
        return STRANDS.get();
    }
}
