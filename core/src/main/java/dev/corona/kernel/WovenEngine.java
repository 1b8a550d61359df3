package dev.corona.kernel;

import dev.corona.errors.CoroutineStateException;
import dev.corona.woven.Frame;
import dev.corona.woven.Linkage;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The engine for woven code: a suspended continuation is a list of small frames on the heap. Needs no flag; its
 * continuations may be resumed by any thread, one at a time.
 *
 * <p>A resumption enters the innermost frame; when that ends, its parent, and so on until one suspends again or none is
 * left ({@link Strand} tells the methods' side). Below a frame that nobody wove it cannot suspend: the plain form of
 * a method runs there, and its suspension fails with {@link CoroutineStateException.Pinned}. Inside a {@code synchronized}
 * block woven code calls plain forms too: there it is {@link CoroutineStateException.MonitorHeld}.
 */
final class WovenEngine implements Engine {
    static final WovenEngine INSTANCE = new WovenEngine();

    private static final MethodType RUN = MethodType.methodType(void.class, Strand.class);

    /** For classes of bodies of which nothing more is known: the handle of the twin; empty if there is none. */
    private static final ClassValue<Optional<MethodHandle>> TWINS =
            new ClassValue<>() {
                @Override
                protected Optional<MethodHandle> computeValue(Class<?> type) {
                    return Optional.ofNullable(Linkage.twin(type, "run", RUN))
                            .map(t -> t.asType(RUN.insertParameterTypes(0, Runnable.class)));
                }
            };

    static {
        LogicalStack.prepare();
    }

    private WovenEngine() {}

    @Override
    public String name() {
        return "woven";
    }

    @Override
    public Traits traits() {
        return new Traits(true, true, false);
    }

    @Override
    public boolean accepts(Runnable body) {
        return body instanceof Body both ? both.isWoven() : TWINS.get(body.getClass()).isPresent();
    }

    @Override
    public Continuation create(String label, Runnable body) {
        return new Framed(
                label,
                body instanceof Body both ? both : new Linked(body, TWINS.get(body.getClass())));
    }

    /** Steps until it is suspended again, which is returned, or has ended. */
    static boolean steps(Continuation entered, KernelStrand on) {
        Throwable thrown;
        do {
            try {
                if (step(entered, on)) return true;
                thrown = null;
            } catch (Throwable e) {
                thrown = e;
            }
        } while (((Framed) entered).endStep(on, thrown));
        return !entered.isFinished();
    }

    /** {@link Continuation#stepInRing}. */
    static boolean stepInRing(Continuation entered, KernelStrand on) {
        Continuation resumer = begin(entered, on);
        Frame frame = entered.top;
        Throwable thrown = null;
        try {
            if (frame != null && on.runInRing(frame)) return left(resumer, on);
        } catch (Throwable e) {
            thrown = e;
        }
        return ((Framed) entered).endStep(on, thrown) ? steps(entered, on) : !entered.isFinished();
    }

    /**
     * {@link Continuation#step}. What stands here is done at each step, in the place where the step was asked for; what is rare is
     * elsewhere. The continuation is not needed behind the call of its frame's method: what is not kept while that runs, JIT compilers
     * need not store and load again.
     */
    static boolean step(Continuation entered, KernelStrand on) {
        Continuation resumer = begin(entered, on);
        Frame frame = entered.top;
        return frame != null && on.runInStep(frame) && left(resumer, on);
    }

    /** {@link Continuation#primitiveStep}. */
    static boolean primitiveStep(Continuation entered, KernelStrand on) {
        Continuation resumer = begin(entered, on);
        Frame frame = entered.top;
        return frame != null && on.runInPrimitiveStep(frame) && left(resumer, on);
    }

    private static @Nullable Continuation begin(Continuation entered, KernelStrand on) {
        Continuation resumer = on.current;
        if (resumer != null) entered.parent = resumer;
        on.current = entered;
        entered.status = Continuation.ACTIVE;
        return resumer;
    }

    /** After a frame's method was left in place. */
    private static boolean left(@Nullable Continuation resumer, KernelStrand on) {
        on.pausing = false;
        if (resumer == null) on.current = null;
        else on.leaveSuspended();
        return true;
    }

    /** A {@code Runnable} of which nothing more is known; one that is not woven runs, but cannot suspend. */
    @Stored
    static final class Linked extends Body {
        private final Runnable plain;
        private transient @Nullable MethodHandle twin;

        Linked(Runnable plain, Optional<MethodHandle> twin) {
            this.plain = plain;
            this.twin = twin.orElse(null);
        }

        Runnable plain() {
            return plain;
        }

        @SuppressWarnings("unused") // Stored says who calls it
        private void restored() {
            twin = TWINS.get(plain.getClass()).orElse(null);
        }

        @Override
        public boolean isWoven() {
            return twin != null;
        }

        @Override
        public void run() {
            plain.run();
        }

        @Override
        public void run(Strand strand) {
            if (twin == null) {
                plain.run();
                return;
            }
            try {
                twin.invokeExact(plain, strand);
            } catch (Throwable thrown) {
                throw Continuation.<RuntimeException>thrown(thrown);
            }
        }
    }

    /** A continuation of this engine. */
    @Stored
    static final class Framed extends Continuation {
        Framed(String label, Body code) {
            super(label, code, true);
        }

        @Override
        public Engine engine() {
            return INSTANCE;
        }

        @Override
        protected void requireThread() {}

        @Override
        void transferIn(KernelStrand on, byte seen) {
            if (isNew(seen)) start(on);
            else if ((seen & AWAITS_RESULT) != 0 && closing() == null) deliver(on);
            else run(on, closing());
        }

        private void start(KernelStrand on) {
            Runnable code = body();
            if (code instanceof Body both) runWoven(both, on);
            if (on.pausing) paused(on, null);
            if (code instanceof Linked) forgetBody();
        }

        private void deliver(KernelStrand on) {
            Throwable failure = null;
            try {
                if (body() instanceof Body code) on.deliver(code);
            } catch (Throwable thrown) {
                on.settle();
                LogicalStack.splice(thrown, top);
                failure = thrown;
            }
            run(on, failure);
        }

        @Override
        void passThrough(KernelStrand on, @Nullable Throwable failure) {
            run(on, failure);
        }

        /**
         * {@link Continuation#endStep}. The outermost frame is entered by a step again: so each consumer has a loop around the place where
         * frames are entered, which a JIT compiler sees run more than once. It keeps the safepoint of the consumer's own loop then; else it
         * may keep that of the loop in the body, where most variables are alive, and stores them for it at each step.
         */
        boolean endStep(KernelStrand on, @Nullable Throwable failure) {
            if (failure != null) on.settle();
            if (failure != null && state() == State.SUSPENDED) throw thrown(failure);
            try {
                return goesOn(on, failure);
            } catch (Throwable broken) {
                on.current = parent;
                status = (byte) (status & ~STATE | FINISHED);
                throw broken;
            }
        }

        private boolean goesOn(KernelStrand on, @Nullable Throwable failure) {
            Frame entered = top;
            Frame caller = entered == null ? null : entered.parent;
            if (failure != null && entered != null) LogicalStack.splice(failure, caller);
            if (on.pausing) {
                paused(on, entered);
            } else if (run(on, caller, failure, true)) {
                status = READY;
                toResumer(on);
                return true;
            }
            leaveStep(on);
            return false;
        }

        /** Whether the frame can be entered by a step: there is nothing that a step does not think of. */
        private boolean isForStep(Frame frame, KernelStrand on) {
            return frame.parent == null && status == ACTIVE && on.ra == null;
        }

        private void run(KernelStrand on, @Nullable Throwable delivered) {
            run(on, top, delivered, false);
        }

        /**
         * Enters the frames from {@code first} on until one is left again, or none is left.
         *
         * @param stepping whether to stop before the outermost, if that can be entered by a step
         * @return whether it stopped there
         */
        private boolean run(
                KernelStrand on,
                @Nullable Frame first,
                @Nullable Throwable delivered,
                boolean stepping) {
            Throwable failure = delivered;
            Frame entry = top;
            Frame frame = first;
            while (frame != null) {
                if (top != frame) top = frame;
                if (stepping && failure == null && isForStep(frame, on)) return true;
                try {
                    on.run(frame, failure);
                    failure = null;
                } catch (Throwable thrown) {
                    on.settle();
                    if (thrown != failure) LogicalStack.splice(thrown, frame.parent);
                    failure = thrown;
                }
                if (on.pausing) {
                    if (frame != entry && on.ra != null) on.ra = null;
                    paused(on, frame);
                    return false;
                }
                frame = frame.parent;
            }
            top = null;
            finish(on, failure);
            return false;
        }

        private void finish(KernelStrand on, @Nullable Throwable failure) {
            Throwable last = failure;
            if (last == null) {
                try {
                    if (body() instanceof Body code) code.ended(on.ra);
                } catch (Throwable thrown) {
                    last = thrown;
                }
            }
            on.forget();
            ended(last);
        }

        private void paused(KernelStrand on, @Nullable Frame bottom) {
            Frame first = on.paused(bottom);
            if (first != top) top = first;
            if (state() == State.SUSPENDED) on.pausing = false;
        }

        @Override
        protected void transferOut(Continuation innermost) {
            if (innermost != this) {
                throw new CoroutineStateException.Pinned(
                        toString(),
                        "a resume of %s by code that is not woven".formatted(innermost));
            }
            String unwoven = LogicalStack.unwovenFrame();
            throw unwoven == null
                    ? new CoroutineStateException.MonitorHeld(toString())
                    : new CoroutineStateException.Pinned(toString(), unwoven);
        }

        @Override
        public List<Frame> waiting() {
            List<Frame> frames = new ArrayList<>();
            Frame running = top;
            if (running == null) return frames;
            for (Frame f = running.parent; f != null; f = f.parent) frames.add(f);
            return frames;
        }

        @Override
        protected boolean isShownBy(Continuation enclosing) {
            return false;
        }

        @Override
        protected List<StackTraceElement> ownStack() {
            List<StackTraceElement> stack = new ArrayList<>();
            for (Frame f = top; f != null; f = f.parent) {
                if (!(f instanceof EngineFrame)) stack.add(f.position());
            }
            return stack;
        }
    }
}
