package dev.corona.kernel;

import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/** What one thread runs now: the innermost continuation that is mounted on it, or none. */
final class KernelStrand extends Strand {
    private static final ThreadLocal<KernelStrand> STRANDS =
            ThreadLocal.withInitial(KernelStrand::new);

    final Thread thread = Thread.currentThread();

    /** Written by the thread itself only. */
    @Nullable Continuation current;

    static KernelStrand current() {
        return STRANDS.get();
    }

    void run(Frame frame, @Nullable Throwable failure) {
        enter(frame, failure);
    }

    void runInRing(Frame frame) {
        enterInRing(frame);
    }

    /** Whether a suspended continuation was left by the frame that was entered last and by no other; the pause is over then. */
    boolean leftInPlace() {
        if (hasFrames()) return false;
        pausing = false;
        return true;
    }

    @Nullable Frame paused(@Nullable Frame bottom) {
        return takeFrames(bottom);
    }

    /** Takes what the call that the innermost frame waits for returns. */
    void deliver(Body code) {
        Object result = code.resumed();
        if (result != ra) ra = result;
    }

    /** Lets go of what belonged to a continuation that has ended. */
    void forget() {
        ra = null;
    }
}
