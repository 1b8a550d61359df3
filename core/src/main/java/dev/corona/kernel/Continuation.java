package dev.corona.kernel;

import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A one-shot, delimited computation: {@link #resume()} runs its body until the body suspends this continuation or ends.
 *
 * <p>Continuations nest. A body may create and resume others, and code inside an inner one may suspend an outer one:
 * then the whole chain from the inner to the outer leaves the stack, {@code outer.resume()} returns, and the next
 * {@code outer.resume()} goes on inside the inner one, which cannot be resumed by itself in between.
 *
 * <p><b>State.</b>
 *
 * <pre>
 *   NEW ──resume──▶ RUNNING ──suspend──▶ SUSPENDED ──resume──▶ RUNNING
 *                      └──body ends──▶ FINISHED ◀──close── NEW, SUSPENDED
 * </pre>
 *
 * A continuation below a suspended outer one stays RUNNING. The state is written by the thread that resumes, or by the
 * body while that thread waits for it. It is a plain field: whoever moves a continuation between threads, where its engine
 * allows that, hands it over safely.
 *
 * <p><b>Errors.</b> What the body throws comes out of {@code resume()} and leaves the continuation FINISHED. Misuse throws
 * a {@link CoroutineStateException} and changes nothing.
 */
public abstract class Continuation {
    /** The life of a continuation; see the class comment for the transitions. */
    public enum State {
        NEW,
        RUNNING,
        SUSPENDED,
        FINISHED
    }

    /*
     * The status is the ordinal of the state and some flags: one number to look at on the way in and on the way out, and a
     * number costs no barrier of the collector.
     */
    private static final byte NEW = (byte) State.NEW.ordinal();
    private static final byte RUNNING = (byte) State.RUNNING.ordinal();
    private static final byte SUSPENDED = (byte) State.SUSPENDED.ordinal();
    static final byte FINISHED = (byte) State.FINISHED.ordinal();
    static final byte STATE = 3;

    /** Woven code may leave it by returning, in place of {@link #transferOut}. Never changes. */
    private static final byte FRAMED = 4;

    /** {@link Body#resumed} is to be called at the next resumption; while SUSPENDED. */
    static final byte AWAITS_RESULT = 8;

    /** Woven code resumed it, so that an enclosing one can be left through it; while RUNNING, and of no meaning while SUSPENDED. */
    private static final byte PASSABLE = 16;

    /** {@link #rare} is there. */
    private static final byte RARE = 32;

    /** Suspended by frames, and nothing else to be thought of. */
    static final byte READY = (byte) (SUSPENDED | FRAMED);

    static final byte ACTIVE = (byte) (RUNNING | FRAMED);

    private static final State[] STATES = State.values();

    private final String label;
    private @Nullable Runnable body;
    private @Nullable Rare rare;
    private @Nullable Object attachment;

    /** The continuation in which {@link #resume()} was called; meaningful while RUNNING. */
    @Nullable Continuation parent;

    /** The frame that it goes on in, if it is woven and was left by frames; the caller's is its parent. */
    @Nullable Frame top;

    byte status;

    /** One that leaves the stack by {@link #transferOut}. */
    protected Continuation(String label, Runnable body) {
        this(label, body, false);
    }

    /**
     * @param framed whether woven code may leave it by returning, in place of {@link #transferOut}
     */
    Continuation(String label, Runnable body, boolean framed) {
        this.label = label;
        this.body = body;
        status = framed ? FRAMED : NEW;
    }

    /**
     * The strand of the calling thread.
     *
     * @param last one that it may be, so that it need not be looked up
     */
    public static Strand strand(@Nullable Strand last) {
        return last instanceof KernelStrand own && own.thread == Thread.currentThread()
                ? own
                : KernelStrand.current();
    }

    /** {@link #current()} for woven code. */
    public static @Nullable Continuation current(Strand caller) {
        return ((KernelStrand) caller).current;
    }

    /** The innermost continuation that the caller runs in; null outside of any. */
    public static @Nullable Continuation current() {
        return KernelStrand.current().current;
    }

    /** The engine that runs it. */
    public abstract Engine engine();

    /** What it is doing; exact on the thread that runs it. */
    public final State state() {
        return STATES[status & STATE];
    }

    private void state(byte next) {
        status = (byte) (status & ~STATE | next);
    }

    /** Whether its body has not begun. */
    public final boolean isNew() {
        return isNew(status);
    }

    /** Whether its body has ended or was unwound. */
    public final boolean isFinished() {
        return (status & STATE) == FINISHED;
    }

    /** The continuation whose body resumed this one; null when that was plain code, or when this one does not run. */
    public final @Nullable Continuation parent() {
        return parent;
    }

    /** What a policy attached, such as the task that this continuation is the body of; null if nothing. */
    public final @Nullable Object attachment() {
        return attachment;
    }

    /** Attaches something of a policy's in place of what was attached before; null for nothing. */
    public final void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    /**
     * Runs the body until it suspends this continuation or ends.
     *
     * @throws CoroutineStateException if it is running, finished, or bound to another thread
     */
    public final void resume() {
        resumeOn(KernelStrand.current());
    }

    /**
     * {@link #resume()} for callers that know their strand.
     *
     * @param own what {@link #strand} returned to this thread
     */
    public final void resumeOn(Strand own) {
        KernelStrand strand = (KernelStrand) own;
        if (status == READY) {
            if (!WovenEngine.steps(this, strand)) throwFailure();
            return;
        }
        byte seen = enter(strand, RUNNING);
        try {
            transferIn(strand, seen);
            leaveStep(strand);
        } catch (Throwable broken) {
            // Inline, since there may be no stack for a call.
            strand.current = parent;
            status = (byte) (status & ~STATE | FINISHED);
            throw broken;
        }
        throwFailure();
    }

    /** {@link #isReadyOn} for who knows that the strand is that of the calling thread. */
    public final boolean isReady() {
        return status == READY;
    }

    /** Whether {@link #step} may be called: it is suspended by frames, on {@code own}'s thread nothing else is to be done. */
    public final boolean isReadyOn(Strand own) {
        return status == READY && ((KernelStrand) own).thread == Thread.currentThread();
    }

    /**
     * {@link #resume()} of one that {@link #isReadyOn} the strand, by the shortest way. If it returns false or throws, {@link #endStep} is to
     * be called next, and after the last step {@link #throwFailure}, which says how the body ended. Callers do best to hold the
     * continuation in a field, and in no variable while it runs.
     *
     * @return whether it is suspended again
     */
    public final boolean step(Strand own) {
        return WovenEngine.step(this, (KernelStrand) own);
    }

    /** {@link #step} of a generator of primitive values. */
    public final boolean primitiveStep(Strand own) {
        return WovenEngine.primitiveStep(this, (KernelStrand) own);
    }

    /**
     * Ends a {@link #step} that returned false, or threw {@code thrown}.
     *
     * @return whether to step at once again: a method has ended, and its caller is to go on
     */
    public final boolean endStep(Strand own, @Nullable Throwable thrown) {
        return ((WovenEngine.Framed) this).endStep((KernelStrand) own, thrown);
    }

    /**
     * {@link #step} of a member of a ring, with what follows it.
     *
     * @return whether it is suspended again; if not, {@link #throwFailure} is to be called next
     */
    public final boolean stepInRing(Strand own) {
        return WovenEngine.stepInRing(this, (KernelStrand) own);
    }

    /** Ends a resumption by plain code, but for the error by which the body may have ended. */
    final void leaveStep(KernelStrand strand) {
        if (strand.pausing) throw new AssertionError("woven code suspended through plain " + this);
        toResumer(strand);
    }

    /** {@link #resume()} as woven code: an enclosing continuation may be suspended from inside this one. */
    public final void resume(Strand caller) {
        KernelStrand strand = (KernelStrand) caller;
        byte seen = enter(strand, (byte) (RUNNING | PASSABLE));
        try {
            transferIn(strand, seen);
            if (strand.pausing) {
                strand.push(new Passage(this));
                return;
            }
        } catch (Throwable broken) {
            strand.current = parent;
            status = (byte) (status & ~STATE | FINISHED);
            throw broken;
        }
        leave(strand);
    }

    static boolean isNew(byte status) {
        return (status & STATE) == NEW;
    }

    /** Becomes the current one; returns the status that it had. */
    private byte enter(KernelStrand strand, byte running) {
        byte seen = status;
        if ((seen & ~PASSABLE) != READY) requireResumable(seen);
        Continuation resumer = strand.current;
        if (parent != resumer) parent = resumer;
        strand.current = (seen & RARE) == 0 ? this : leaf();
        status = (byte) (seen & (FRAMED | RARE) | running);
        return seen;
    }

    private void requireResumable(byte seen) {
        switch (STATES[seen & STATE]) {
            case FINISHED -> throw new CoroutineStateException.Finished(toString());
            case RUNNING -> throw new CoroutineStateException.Running(toString(), "resume");
            case NEW, SUSPENDED -> requireThread();
        }
    }

    private void leave(KernelStrand strand) {
        toResumer(strand);
        throwFailure();
    }

    final void toResumer(KernelStrand strand) {
        Continuation resumer = parent;
        if (resumer == null) {
            strand.current = null;
        } else {
            strand.current = resumer;
            parent = null;
        }
    }

    /** Throws the error by which the body ended, if there is one that was not thrown yet. */
    public final void throwFailure() {
        if ((status & RARE) != 0) rethrowFailure();
    }

    /** Ends a resumption that went through {@code passage}, or leaves once more through it. */
    final void leaveOrPass(KernelStrand strand, Passage passage) {
        if (strand.pausing) strand.push(passage);
        else leave(strand);
    }

    /** The innermost continuation that left the stack with this one, which it is itself as a rule; while SUSPENDED. */
    final Continuation leaf() {
        Continuation inner = rare == null ? null : rare.leaf;
        return inner == null ? this : inner;
    }

    /** Goes on in this continuation after an enclosing one was left through it and resumed. */
    void passThrough(KernelStrand strand, @Nullable Throwable delivered) {
        throw new AssertionError("nothing is left through " + this);
    }

    /**
     * Suspends this continuation, which must be the current one or enclose it. Returns when it is resumed.
     *
     * @throws CoroutineStateException.Outside if the caller does not run inside it
     * @throws CoroutineStateException.MonitorHeld if a monitor is held across the suspension and the engine can tell
     * @throws CoroutineStateException.Pinned if a frame on the stack cannot be suspended
     * @throws Unwinding if it is closed instead of resumed
     */
    public final void suspend() {
        Continuation innermost = aboutToSuspend(strandOfCaller());
        try {
            transferOut(innermost);
        } finally {
            state(RUNNING);
        }
        Unwinding closing = closing();
        if (closing != null) throw closing;
    }

    /**
     * {@link #suspend()} as woven code. If the strand pauses when it returns, the caller stores its variables and returns,
     * and goes on from there when this continuation is resumed.
     */
    public final void suspend(Strand caller) {
        if (!pause(caller)) suspend();
    }

    /**
     * {@link #suspend(Strand)}, where that can be done by frames; otherwise does nothing.
     *
     * @return whether the strand pauses
     */
    public final boolean pause(Strand caller) {
        KernelStrand strand = (KernelStrand) caller;
        byte seen = status;
        if (strand.current != this || (seen & ~PASSABLE) != ACTIVE) return pauseOutward(strand);
        status = (byte) (seen ^ RUNNING ^ SUSPENDED);
        strand.pausing = true;
        return true;
    }

    private boolean pauseOutward(KernelStrand strand) {
        if (!canLeaveByFrames(strand.current)) return false;
        aboutToSuspend(strand);
        status = (byte) (status & (RARE | PASSABLE) | READY);
        strand.pausing = true;
        return true;
    }

    /** Runs on, since it could not be left. */
    final void stay() {
        status = (byte) (status & (FRAMED | RARE | PASSABLE) | RUNNING);
        if (body instanceof Body policy) policy.stayed();
    }

    /** Ends without a word: nothing of it is left. Returns the one in which it was resumed. */
    final @Nullable Continuation lost() {
        Continuation resumer = parent;
        parent = null;
        top = null;
        body = null;
        state(FINISHED);
        return resumer;
    }

    /**
     * {@link #suspend(Strand)}, where the suspended call has a result, or something to do before it returns: what
     * {@link Body#resumed} gives and does.
     */
    public final void suspendForResult(Strand caller) {
        suspend(caller);
        if (caller.pausing) status |= AWAITS_RESULT;
    }

    /** Lets the next resumption call {@link Body#resumed}, if it is suspended and was left by frames. */
    public final void askForResult() {
        if ((status & (STATE | FRAMED)) == READY) status |= AWAITS_RESULT;
    }

    private boolean canLeaveByFrames(@Nullable Continuation innermost) {
        for (Continuation c = innermost; c != null; c = c.parent) {
            if ((c.status & FRAMED) == 0) return false;
            if (c == this) return true;
            if ((c.status & PASSABLE) == 0) return false;
        }
        return false;
    }

    /** The strand of the calling thread, which may be any. */
    KernelStrand strandOfCaller() {
        return KernelStrand.current();
    }

    private Continuation aboutToSuspend(KernelStrand strand) {
        Continuation innermost = requireInside(strand.current);
        Rare known = rare;
        if (known != null) known.throwIfUnwinding();
        if (innermost != this) rare().leaf = innermost;
        else if (known != null) known.leaf = null;
        state(SUSPENDED);
        return innermost;
    }

    /**
     * Ends it: a new one never runs; a suspended one is resumed with an {@link Unwinding} so that its {@code finally}
     * blocks run; nothing happens to a finished one. An error other than the unwinding comes out of this call.
     *
     * @throws CoroutineStateException.Running if it is running
     * @throws CoroutineStateException.CloseIgnored if the body does not let itself be unwound; it stays suspended
     */
    public final void close() {
        switch (state()) {
            case FINISHED -> {}
            case RUNNING -> throw new CoroutineStateException.Running(toString(), "close");
            case NEW -> {
                body = null;
                state(FINISHED);
            }
            case SUSPENDED -> unwind();
        }
    }

    private void unwind() {
        Unwinding error = beginUnwinding();
        try {
            resume();
        } catch (Unwinding thrown) {
            if (thrown != error) throw thrown;
        }
        requireClosed();
    }

    private Unwinding beginUnwinding() {
        return rare().beginUnwinding(toString());
    }

    /** Ends an unwinding; throws if the body did not let itself be unwound. */
    final void requireClosed() {
        if (!isFinished()) throw new CoroutineStateException.CloseIgnored(toString());
    }

    /** {@link #close()} as woven code: an enclosing continuation may be suspended from inside what is unwound. */
    public final void close(Strand caller) {
        if (state() != State.SUSPENDED) {
            close();
            return;
        }
        Unwinding error = beginUnwinding();
        try {
            resume(caller);
        } catch (Unwinding thrown) {
            if (thrown != error) throw thrown;
        }
        if (caller.pausing) caller.push(new ClosingFrame(this, error));
        else requireClosed();
    }

    /** The stack of a suspended continuation, innermost frame first; empty in any other state. */
    public final List<StackTraceElement> stack() {
        if (state() != State.SUSPENDED) return List.of();
        List<StackTraceElement> frames = new ArrayList<>();
        for (Continuation c = leaf(); c != null; c = c == this ? null : c.parent) {
            if (c == this || c.parent == null || !c.isShownBy(c.parent))
                frames.addAll(c.ownStack());
        }
        return frames;
    }

    /**
     * While it runs: the frames of woven code that wait below those on the thread's stack, innermost first. Empty until it has
     * been suspended for the first time, and on engines that suspend a whole stack.
     */
    public List<Frame> waiting() {
        return List.of();
    }

    /** The frames of a suspended continuation, if it is woven, innermost first; else those of the woven ones inside it. */
    public final List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        if (state() != State.SUSPENDED) return frames;
        for (Continuation c = leaf(); c != null; c = c == this ? null : c.parent) {
            for (Frame f = c.top; f != null; f = f.parent) {
                if (!(f instanceof EngineFrame)) frames.add(f);
            }
        }
        return frames;
    }

    @SuppressWarnings("unused") // Stored says who calls it
    private @Nullable String unstorable() {
        Continuation c = this;
        while (c != null && c.state() == State.RUNNING) c = c.parent;
        return c != null ? null : "it is running; store it while it is suspended";
    }

    /** The frames of this continuation, and of those inside it that {@link #isShownBy} it. */
    protected abstract List<StackTraceElement> ownStack();

    /** Whether the stack of {@code enclosing}, in which this one was resumed, has this one's frames too. */
    protected abstract boolean isShownBy(Continuation enclosing);

    /** Throws if the engine binds continuations to a thread and the caller is on another; binds a new one to the caller's. */
    protected abstract void requireThread();

    /**
     * Runs the body, on whatever the engine runs bodies on, until it suspends or has ended. Throws nothing.
     *
     * @param seen the status before
     */
    abstract void transferIn(KernelStrand strand, byte seen);

    /** Leaves the body; returns, or throws a refusal, when it runs again. */
    protected abstract void transferOut(Continuation innermost);

    /** The error that unwinds it, while it is being closed; null while it is not. */
    public final @Nullable Unwinding closing() {
        return rare == null ? null : rare.unwinding();
    }

    private Rare rare() {
        if (rare == null) {
            rare = new Rare();
            status |= RARE;
        }
        return rare;
    }

    /** Runs the woven form of the body from its beginning; if the strand pauses then, it has not ended. */
    final void runWoven(Body code, Strand strand) {
        Throwable thrown = null;
        try {
            code.run(strand);
        } catch (Throwable e) {
            strand.settle();
            thrown = e;
        }
        if (!strand.pausing) ended(thrown);
    }

    /** What it runs; null once it does not need that any more. */
    final @Nullable Runnable body() {
        return body;
    }

    final void forgetBody() {
        body = null;
    }

    /** Its body has ended, by an error if there is one. */
    final void ended(@Nullable Throwable thrown) {
        if (thrown != null) {
            LogicalStack.tidy(thrown);
            rare().failure = thrown;
        }
        body = null;
        state(FINISHED);
    }

    /** Throws {@code thrown} without a declaration; never returns. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> RuntimeException thrown(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** Runs the body from its beginning; the engine calls this inside the new stack. */
    protected final void runBody() {
        Runnable toRun = body;
        body = null;
        try {
            if (toRun != null) toRun.run();
        } catch (Throwable thrown) {
            rare().failure = thrown;
        } finally {
            state(FINISHED);
        }
    }

    private Continuation requireInside(@Nullable Continuation innermost) {
        Continuation c = innermost;
        while (c != null && c != this) c = c.parent;
        if (innermost == null || c == null) throw new CoroutineStateException.Outside(toString());
        return innermost;
    }

    private void rethrowFailure() {
        Rare last = rare;
        if (last == null) return;
        Throwable thrown = last.takeFailure();
        if (thrown != null) throw thrown(thrown);
    }

    @Override
    public String toString() {
        return label;
    }
}
