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

    boolean run(Frame frame, @Nullable Throwable failure) {
        return enter(frame, failure);
    }

    boolean runInStep(Frame frame) {
        return enterInStep(frame);
    }

    boolean runInPrimitiveStep(Frame frame) {
        return enterInPrimitiveStep(frame);
    }

    boolean runInRing(Frame frame) {
        return enterInRing(frame);
    }

    /** Goes back to who resumed the innermost continuation that is suspended. */
    void leaveSuspended() {
        Continuation c = current;
        while (c != null && c.state() != Continuation.State.SUSPENDED) c = c.parent;
        if (c != null) c.toResumer(this);
    }

    /** Continuations that were left meanwhile are lost; the caller's is the one that the outermost of them was resumed in. */
    @Override
    protected void stay(@Nullable Frame first, @Nullable Frame last) {
        for (Frame f = first; f != null; f = f == last ? null : f.parent) {
            if (f instanceof Passage p) current = p.inner().lost();
        }
        while (current != null && current.isFinished()) current = current.parent;
        Continuation c = current;
        while (c != null && c.state() != Continuation.State.SUSPENDED) c = c.parent;
        if (c != null) c.stay();
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
