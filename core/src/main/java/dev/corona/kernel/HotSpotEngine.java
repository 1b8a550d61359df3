package dev.corona.kernel;

import dev.corona.errors.CoroutineStateException;

import jdk.internal.vm.ContinuationScope;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * The engine on HotSpot's internal continuation: runs code that nobody prepared, libraries and interpreters included.
 *
 * <p>HotSpot's continuation breaks the JVM when it is misused, so every use is checked first: a continuation stays on the
 * thread of its first resume (compiled frames keep that thread in a register), a mounted or finished one is never run,
 * and after each suspension the lock counts of the chunks are read. If one is not zero, the monitors that left with the
 * stack are given back by running the continuation at once, and the suspension fails inside it with
 * {@link CoroutineStateException.MonitorHeld}. A monitor that is <em>inflated</em> (contended, or waited on) stays with the
 * thread and cannot be seen: it is neither lost nor an exclusion between coroutines of one thread.
 */
final class HotSpotEngine implements Engine {
    static final HotSpotEngine INSTANCE = new HotSpotEngine();

    private HotSpotEngine() {}

    @Override
    public String name() {
        return "hotspot";
    }

    @Override
    public Traits traits() {
        return new Traits(false, true, false);
    }

    @Override
    public boolean accepts(Runnable body) {
        return true;
    }

    @Override
    public Continuation create(String label, Runnable body) {
        return new Mounted(label, body);
    }

    /** A continuation of this engine. */
    private static final class Mounted extends Continuation {
        private final Stack stack = new Stack(this);

        private static final VarHandle STRAND = strandHandle();

        /**
         * That of the thread which has resumed it, and to which it is bound; null before. Written once, atomically: threads that
         * resume it at the same time must not all come through to HotSpot, which runs what it is given.
         */
        private @Nullable KernelStrand strand;

        private boolean refused;

        Mounted(String label, Runnable body) {
            super(label, body);
        }

        @Override
        public Engine engine() {
            return INSTANCE;
        }

        private static VarHandle strandHandle() {
            try {
                return MethodHandles.lookup()
                        .findVarHandle(Mounted.class, "strand", KernelStrand.class);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected void requireThread() {
            KernelStrand bound = strand;
            if (bound == null) {
                KernelStrand own = KernelStrand.current();
                bound = (KernelStrand) STRAND.compareAndExchange(this, null, own);
                if (bound == null) return;
            }
            Thread caller = Thread.currentThread();
            if (bound.thread != caller)
                throw new CoroutineStateException.ForeignThread(toString(), bound.thread, caller);
        }

        @Override
        KernelStrand strandOfCaller() {
            return (KernelStrand) strand(strand);
        }

        @Override
        void transferIn(KernelStrand on, byte seen) {
            Thread thread = Thread.currentThread();
            Object bindings = HotSpotSupport.scopedBindings(thread);
            HotSpotSwitch.enter(stack);
            while (!stack.isDone() && tookMonitors()) giveMonitorsBack();
            if (HotSpotSupport.scopedBindings(thread) != bindings) {
                HotSpotSupport.setScopedBindings(thread, bindings);
            }
        }

        private boolean tookMonitors() {
            Continuation c = leaf();
            while (c != null) {
                if (c instanceof Mounted m && HotSpotSupport.monitorsOf(m.stack) != 0) return true;
                c = c == this ? null : c.parent;
            }
            return false;
        }

        /** Runs on from the yield that must not happen; it throws in the body, which may yield again or end. */
        private void giveMonitorsBack() {
            refused = true;
            HotSpotSwitch.enter(stack);
        }

        @Override
        protected void transferOut(Continuation innermost) {
            ThreadEngine.Handed handed = ThreadEngine.outermostBetween(innermost, this);
            if (handed == null) leave();
            else handed.runOnResumer(this::leave);
            if (refused) {
                refused = false;
                throw new CoroutineStateException.MonitorHeld(toString());
            }
        }

        private void leave() {
            Thread thread = Thread.currentThread();
            Object bindings = HotSpotSupport.scopedBindings(thread);
            try {
                HotSpotSwitch.leave(stack);
            } catch (StackOverflowError e) {
                throw tooDeep(e);
            }
            if (HotSpotSupport.scopedBindings(thread) != bindings) {
                HotSpotSupport.setScopedBindings(thread, bindings);
            }
        }

        /** HotSpot tells the two apart by the message alone: a chunk that is too large, or really no stack left. */
        private RuntimeException tooDeep(StackOverflowError e) {
            if (e.getMessage() == null) throw e;
            CoroutineStateException named = new CoroutineStateException.TooDeep(toString());
            named.initCause(e);
            return named;
        }

        @Override
        protected boolean isShownBy(Continuation enclosing) {
            return enclosing instanceof Mounted;
        }

        @Override
        protected List<StackTraceElement> ownStack() {
            return List.of(stack.getStackTrace());
        }
    }

    /** HotSpot's side of a continuation. Its scope is its own, so that an outer one can be suspended from an inner one. */
    private static final class Stack extends jdk.internal.vm.Continuation {
        private final Mounted mounted;

        Stack(Mounted mounted) {
            super(new ContinuationScope("corona"), mounted::runBody);
            this.mounted = mounted;
        }

        @Override
        protected void onPinned(Pinned reason) {
            throw new CoroutineStateException.Pinned(
                    mounted.toString(),
                    switch (reason) {
                        case NATIVE -> "a native frame or a class initializer";
                        case CRITICAL_SECTION -> "a critical section of the JDK";
                        case MONITOR -> "a monitor";
                        default -> "a frame of kind " + reason;
                    });
        }
    }
}
