package dev.corona;

import dev.corona.errors.CoroutineStateException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Inspection;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NoSuchElementException;

/** The run of a generator of primitive values: all but the value. */
@Stored
abstract sealed class PrimitiveGenerator permits IntGenerator, LongGenerator, DoubleGenerator {
    static {
        Inspection.register(PrimitiveGenerator.class, false, g -> List.of(g.flow.continuation()));
    }

    private final Flow flow;
    private final Continuation continuation;

    /** The strand on which it ran last; null before that. */
    private @Nullable Strand strand;

    /** Whether a value has been yielded and not been taken. */
    private boolean ready;

    PrimitiveGenerator(String label, @Nullable Engine engine, boolean woven) {
        flow = new Flow(label, engine, new Work(woven));
        continuation = flow.continuation();
    }

    abstract void runBody() throws Exception;

    abstract void runBody(Strand strand) throws Exception;

    /** Whether there is another value; runs the body to its next yield to find out, unless it has. */
    public final boolean hasNext() {
        return ready || find();
    }

    private boolean find() {
        Strand last = strand;
        if (last == null || !continuation.isReadyOn(last)) return findSlowly();
        if (!continuation.step(last)) flow.throwFailure();
        return ready;
    }

    private boolean findSlowly() {
        if (flow.isFinished()) return false;
        flow.resume();
        strand = flow.strand();
        return ready;
    }

    /** Takes the value that is ready, after running to it. */
    final void require() {
        if (!ready && !find()) {
            throw new NoSuchElementException(
                    "%s has no more values; ask hasNext() first".formatted(flow));
        }
        ready = false;
    }

    final void suspend() {
        boolean before = ready;
        ready = true;
        try {
            flow.suspend();
        } catch (Throwable refused) {
            ready = before;
            throw refused;
        }
    }

    /** {@link #suspend()} as woven code, if it can be done so: whether the strand pauses. */
    final boolean pause(Strand own) {
        if (!continuation.pause(own)) return false;
        ready = true;
        return true;
    }

    /**
     * Ends the run: a suspended body runs its {@code finally} blocks, and there are no more values.
     *
     * @throws CoroutineStateException.Running if it is called from inside the run
     */
    public final void close() {
        flow.close();
        ready = false;
    }

    /** What reports and errors call it: its kind and its name. */
    @Override
    public final String toString() {
        return flow.toString();
    }

    /** The work of the continuation. */
    @Stored
    private final class Work implements Flow.Work {
        private final boolean woven;

        Work(boolean woven) {
            this.woven = woven;
        }

        @Override
        public void run() throws Exception {
            runBody();
        }

        @Override
        public boolean isWoven() {
            return woven;
        }

        @Override
        public void run(Strand strand) throws Exception {
            runBody(strand);
        }

        @Override
        public @Nullable Object resumed() {
            return null;
        }

        @Override
        public void ended(@Nullable Object result) {}
    }
}
