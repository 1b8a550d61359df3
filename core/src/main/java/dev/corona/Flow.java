package dev.corona;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.kernel.Body;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * The continuation under a coexpression, or under one level of a generator, with what both need: the choice of the engine,
 * errors that show the stacks of both sides, and the way to the caller's ring.
 *
 * <p>An unchecked error of the body leaves {@link #resume()} as it is; a checked one is the cause of a
 * {@link CoroutineFailedException}.
 */
@Stored
abstract class Flow extends Body {
    /** Why most coroutines cannot be stored that cannot. */
    static final String NOT_WOVEN =
            "only woven coroutines can be stored, so weave the class that its body is written in";

    /** A stack trace of this many frames was cut off by the JVM; nothing fits under it. */
    private static final int CUT_OFF = 1024;

    private static final Set<String> GENERATOR =
            Set.of(Flow.class.getName(), GeneratorRun.class.getName(), Generator.class.getName());

    /** The frames above the caller of {@link #resume} in a trace that {@link #showCaller} takes. */
    private static final int OWN_FRAMES = 2;

    private final Continuation continuation;
    private final boolean ownThread;
    private final boolean woven;

    /** The strand of who called last. */
    private @Nullable Strand strand;

    /** The ring of who called last; kept only where the body may run on another thread than its caller. */
    private transient @Nullable Ring callerRing;

    /**
     * @param engine null for the one that fits
     * @param woven whether {@link #runBody(Strand)} can suspend
     */
    Flow(String label, @Nullable Engine engine, boolean woven) {
        this.woven = woven;
        Engine chosen = engine == null ? Engines.forBody(this) : engine;
        continuation = chosen.create(label, this);
        continuation.attach(this);
        ownThread = chosen.traits().ownThread();
    }

    /** {@link #run()} that may throw what it likes. */
    abstract void runBody() throws Exception;

    /** {@link #run(Strand)} that may throw what it likes. */
    abstract void runBody(Strand strand) throws Exception;

    /** The body's side; the continuation runs it. */
    @Override
    public final void run() {
        try {
            runBody();
        } catch (Exception e) {
            throw Flow.<RuntimeException>sneak(e);
        }
    }

    @Override
    public final boolean isWoven() {
        return woven;
    }

    @Override
    public final void run(Strand strand) {
        try {
            runBody(strand);
        } catch (Exception e) {
            throw Flow.<RuntimeException>sneak(e);
        }
    }

    @SuppressWarnings("unused") // Stored says who calls it
    private @Nullable String unstorable() {
        return continuation.engine() == Engines.woven() ? null : NOT_WOVEN;
    }

    boolean isFinished() {
        return continuation.isFinished();
    }

    void resume() {
        if (ownThread) callerRing = Ring.current();
        Strand own = Continuation.strand(strand);
        if (strand != own) strand = own;
        try {
            continuation.resumeOn(own);
        } catch (RuntimeException | Error thrown) {
            if (continuation.isFinished()) showCaller(thrown);
            throw thrown;
        } catch (Throwable checked) {
            throw new CoroutineFailedException(continuation.toString(), checked);
        }
    }

    /** {@link #resume()} as woven code: if the strand pauses, an enclosing continuation is being left through this one. */
    void resume(Strand caller) {
        if (ownThread) callerRing = Ring.current();
        try {
            continuation.resume(caller);
        } catch (Throwable thrown) {
            throw failed(thrown);
        }
    }

    /** The way to resume it directly, for who does not need the rest of {@link #resume()}. */
    Continuation continuation() {
        return continuation;
    }

    /** The strand of the last caller, if it ran on its own thread; null before the first. */
    @Nullable Strand strand() {
        return strand;
    }

    /** After a {@link Continuation#step}: throws what {@link #resume} would have thrown. */
    void throwFailure() {
        try {
            continuation.throwFailure();
        } catch (Throwable thrown) {
            throw failed(thrown);
        }
    }

    /** What {@link #resume} throws for what came out of the continuation. */
    RuntimeException failed(Throwable thrown) {
        if (!(thrown instanceof RuntimeException || thrown instanceof Error)) {
            throw new CoroutineFailedException(continuation.toString(), thrown);
        }
        if (continuation.isFinished()) showCaller(thrown);
        throw Flow.<RuntimeException>sneak(thrown);
    }

    void suspend() {
        continuation.suspend();
    }

    /** {@link #suspend()} as woven code, if it can be done so: whether the strand pauses. */
    boolean pause(Strand strand) {
        return continuation.pause(strand);
    }

    /** {@link #suspend()} as woven code that goes on with what {@link #resumed} gives. */
    void suspendForResult(Strand strand) {
        continuation.suspendForResult(strand);
    }

    void close() {
        try {
            continuation.close();
        } catch (RuntimeException | Error thrown) {
            if (continuation.isFinished()) showCaller(thrown);
            throw thrown;
        } catch (Throwable checked) {
            throw new CoroutineFailedException(continuation.toString(), checked);
        }
    }

    /** {@link #close()} as woven code. */
    void close(Strand caller) {
        try {
            continuation.close(caller);
        } catch (Throwable thrown) {
            throw failed(thrown);
        }
        if (caller.pausing) caller.push(new CloseFrame(this));
    }

    /** The frame of {@link #close()}: an enclosing continuation was left from inside the body, which is unwound. */
    @Stored
    private static final class CloseFrame extends Frame {
        private static final Code CODE =
                Code.of(
                        Flow.class,
                        "close",
                        "()V",
                        (frame, strand) -> ((CloseFrame) frame).goOn(strand));

        private final Flow closing;

        CloseFrame(Flow closing) {
            super(CODE);
            this.closing = closing;
        }

        private void goOn(Strand strand) {
            closing.passed(strand);
        }
    }

    /** What an enclosing continuation was left through has ended, its resumption or its closing: throws what that failed with. */
    void passed(Strand caller) {
        Throwable thrown = caller.takeThrown();
        if (thrown != null) throw failed(thrown);
    }

    /** The ring of the last caller; null if the body runs on its caller's thread, which knows its ring. */
    @Nullable Ring callerRing() {
        return callerRing;
    }

    @Override
    public String toString() {
        return continuation.toString();
    }

    /**
     * Puts the frames of this method's caller's caller under those of {@code thrown} if they are not there: an engine that
     * runs a body on a thread of its own leaves them out.
     */
    static void showCaller(Throwable thrown) {
        StackTraceElement[] own = thrown.getStackTrace();
        if (own.length == 0 || own.length >= CUT_OFF) return;
        StackTraceElement[] caller = new Throwable().getStackTrace();
        int wanted = caller.length - OWN_FRAMES;
        if (wanted <= 0 || endsWith(own, caller, framesBelowGenerator(caller, wanted))) return;
        StackTraceElement[] both = new StackTraceElement[own.length + wanted];
        System.arraycopy(own, 0, both, 0, own.length);
        System.arraycopy(caller, OWN_FRAMES, both, own.length, wanted);
        thrown.setStackTrace(both);
    }

    /** How many frames lie below those of generators: their failures take other ways than their values. */
    private static int framesBelowGenerator(StackTraceElement[] caller, int most) {
        int frames = most;
        while (frames > 0 && GENERATOR.contains(caller[caller.length - frames].getClassName()))
            frames--;
        return frames == 0 ? most : frames;
    }

    private static boolean endsWith(
            StackTraceElement[] trace, StackTraceElement[] end, int frames) {
        if (trace.length < frames) return false;
        for (int i = 1; i <= frames; i++) {
            if (!trace[trace.length - i].equals(end[end.length - i])) return false;
        }
        return true;
    }

    /** Throws {@code thrown} without a declaration; never returns. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> RuntimeException sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
