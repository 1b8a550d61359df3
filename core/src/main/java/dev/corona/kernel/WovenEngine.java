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

    /**
     * {@link Continuation#step}. What stands here is done at each step, in the place where the step was asked for; what is rare is
     * elsewhere.
     */
    static boolean step(Continuation entered, KernelStrand on, boolean inRing) {
        Continuation resumer = on.current;
        if (resumer != null) entered.parent = resumer;
        on.current = entered;
        entered.status = Continuation.ACTIVE;
        Frame frame = entered.top;
        if (frame == null) return ((Framed) entered).endStep(on, null);
        try {
            if (inRing) on.runInRing(frame);
            else on.run(frame, null);
        } catch (Throwable thrown) {
            Frame left = entered.top;
            if (left != null) LogicalStack.splice(thrown, left.parent);
            return ((Framed) entered).endStep(on, thrown);
        }
        if (on.pausing && on.leftInPlace()) {
            if (resumer == null) on.current = null;
            else entered.toResumer(on);
            return true;
        }
        Framed framed = (Framed) entered;
        if (on.pausing) framed.paused(on, framed.top);
        else framed.run(on, framed.top == null ? null : framed.top.parent, null);
        return entered.leaveStep(on);
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
                LogicalStack.splice(thrown, top);
                failure = thrown;
            }
            run(on, failure);
        }

        @Override
        void passThrough(KernelStrand on, @Nullable Throwable failure) {
            run(on, failure);
        }

        /** Goes on after the innermost frame, if it was not left in place. */
        boolean endStep(KernelStrand on, @Nullable Throwable failure) {
            Frame entered = top;
            if (on.pausing) paused(on, entered);
            else run(on, entered == null ? null : entered.parent, failure);
            return leaveStep(on);
        }

        private void run(KernelStrand on, @Nullable Throwable delivered) {
            run(on, top, delivered);
        }

        /** Enters the frames from {@code first} on until one is left again, or none is left. */
        private void run(KernelStrand on, @Nullable Frame first, @Nullable Throwable delivered) {
            Throwable failure = delivered;
            Frame entry = top;
            Frame frame = first;
            while (frame != null) {
                if (top != frame) top = frame;
                try {
                    on.run(frame, failure);
                    failure = null;
                } catch (Throwable thrown) {
                    if (thrown != failure) LogicalStack.splice(thrown, frame.parent);
                    failure = thrown;
                }
                if (on.pausing) {
                    if (frame != entry && on.ra != null) on.ra = null;
                    paused(on, frame);
                    return;
                }
                frame = frame.parent;
            }
            top = null;
            finish(on, failure);
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
