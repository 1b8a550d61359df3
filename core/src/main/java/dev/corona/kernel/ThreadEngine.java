package dev.corona.kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The engine on virtual threads with hand-off: public API only, no flag. Each body runs on a virtual thread of its own
 * while its resumer waits, so exactly one of the two runs at any moment. Thread-locals and scoped values are the virtual
 * thread's. A suspended continuation keeps its thread until it is closed: the JDK keeps a list of its virtual threads.
 */
final class ThreadEngine implements Engine {
    @Override
    public String name() {
        return "threads";
    }

    @Override
    public Traits traits() {
        return new Traits(true, false, true);
    }

    @Override
    public boolean accepts(Runnable body) {
        return true;
    }

    @Override
    public Continuation create(String label, Runnable body) {
        return new Handed(this, label, body);
    }

    /**
     * The continuation of this engine that lies between {@code innermost} and {@code outer} and is nearest to
     * {@code outer}; null if there is none. The thread that waits in its resume is the thread on which {@code outer} is
     * mounted.
     */
    static @Nullable Handed outermostBetween(Continuation innermost, Continuation outer) {
        Handed found = null;
        for (Continuation c = innermost; c != null && c != outer; c = c.parent) {
            if (c instanceof Handed handed) found = handed;
        }
        return found;
    }

    /** A continuation of this engine. */
    static final class Handed extends Continuation {
        private final ThreadEngine engine;
        private @Nullable Thread own;

        /** The thread inside {@link #transferIn}, and the one that {@link #transferOut} parked. */
        private @Nullable Thread resumer;

        private @Nullable Thread suspended;

        /** Whose turn it is; everything else is published by its volatile write. */
        private volatile boolean bodysTurn;

        /** What the body's side asks the resumer's thread to run, and what that threw. */
        private @Nullable Runnable errand;

        private @Nullable Throwable errandFailure;

        Handed(ThreadEngine engine, String label, Runnable body) {
            super(label, body);
            this.engine = engine;
        }

        @Override
        public Engine engine() {
            return engine;
        }

        @Override
        protected void requireThread() {}

        @Override
        void transferIn(KernelStrand strand, byte seen) {
            resumer = Thread.currentThread();
            bodysTurn = true;
            wakeBody();
            awaitTurn(false);
            while (errand != null) {
                runErrand(errand);
                bodysTurn = true;
                LockSupport.unpark(suspended);
                awaitTurn(false);
            }
        }

        private void wakeBody() {
            if (suspended != null) {
                LockSupport.unpark(suspended);
                return;
            }
            own = Thread.ofVirtual().name(toString()).unstarted(this::runOnOwnThread);
            own.start();
        }

        private void runOnOwnThread() {
            KernelStrand.current().current = this;
            runBody();
            giveTurnToResumer();
        }

        @Override
        protected void transferOut(Continuation innermost) {
            suspended = Thread.currentThread();
            giveTurnToResumer();
            awaitTurn(true);
        }

        private void giveTurnToResumer() {
            Thread waiting = resumer;
            bodysTurn = false;
            LockSupport.unpark(waiting);
        }

        /** Parks until it is the body's or the resumer's turn. An interrupt is kept for later: it must not spin. */
        private void awaitTurn(boolean body) {
            boolean interrupted = false;
            while (bodysTurn != body) {
                LockSupport.park(this);
                if (Thread.interrupted()) interrupted = true;
            }
            if (interrupted) Thread.currentThread().interrupt();
        }

        /** Runs {@code work} on the thread that waits in this continuation's resume, as the body's caller would. */
        void runOnResumer(Runnable work) {
            Thread before = suspended;
            suspended = Thread.currentThread();
            errand = work;
            giveTurnToResumer();
            awaitTurn(true);
            suspended = before;
            Throwable thrown = errandFailure;
            errandFailure = null;
            if (thrown instanceof RuntimeException e) throw e;
            if (thrown instanceof Error e) throw e;
        }

        private void runErrand(Runnable work) {
            errand = null;
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                errandFailure = e;
            }
        }

        @Override
        protected boolean isShownBy(Continuation enclosing) {
            return false;
        }

        @Override
        protected List<StackTraceElement> ownStack() {
            return own == null ? List.of() : List.of(own.getStackTrace());
        }
    }
}
