package dev.corona;

import dev.corona.errors.CoroutineStateException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Inspection;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * The run of a generator of primitive values: all but the value.
 *
 * @param <B> the class of the boxed values
 */
@Stored
abstract sealed class PrimitiveGenerator<B> permits IntGenerator, LongGenerator, DoubleGenerator {
    /** What a consumer asks a run for. */
    private enum Asked {
        WHETHER,
        VALUE,
        BOXED_VALUE
    }

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
        flow = new Work(label, engine, woven);
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
        return last != null && continuation.isReadyOn(last) ? step() : findSlowly();
    }

    /** {@link #findSlowly()} by the shortest way; the strand, too, is in no variable while the body runs. */
    private boolean step() {
        Throwable thrown;
        do {
            try {
                if (continuation.primitiveStep(requireStrand())) return ready;
                thrown = null;
            } catch (Throwable e) {
                thrown = e;
            }
        } while (continuation.endStep(requireStrand(), thrown));
        flow.throwFailure();
        return ready;
    }

    private Strand requireStrand() {
        Strand last = strand;
        if (last == null) throw new AssertionError(flow + " has not run");
        return last;
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

    /** The resumable form of {@link #hasNext()}; for woven code. */
    public final boolean hasNext(Strand strand) {
        if (!ready && !flow.isFinished()) find(strand, Asked.WHETHER);
        return ready;
    }

    /** {@link #require()} as woven code; if the strand pauses, the value is {@linkplain #give given} later. */
    final void require(Strand strand) {
        require(strand, Asked.VALUE);
    }

    /** The resumable form of {@code next()}; for woven code. */
    public B next(Strand strand) {
        require(strand, Asked.BOXED_VALUE);
        return boxed();
    }

    private void require(Strand strand, Asked asked) {
        if (!ready && !flow.isFinished()) find(strand, asked);
        if (!strand.pausing) require();
    }

    private void find(Strand caller, Asked asked) {
        flow.resume(caller);
        if (caller.pausing) caller.push(new FindFrame(this, asked));
    }

    /** Makes the value the result of the call that a resumed method waits for. */
    abstract void give(Strand strand);

    /** The value; after {@link #require()}. */
    abstract B boxed();

    /** The frame of {@link #hasNext()} or of one that takes the value: an enclosing continuation was left from inside the body. */
    @Stored
    private static final class FindFrame extends Frame {
        private static final Code CODE =
                Code.of(
                        PrimitiveGenerator.class,
                        "hasNext",
                        "()Z",
                        (frame, strand) -> ((FindFrame) frame).goOn(strand));

        private final PrimitiveGenerator<?> generator;
        private final Asked asked;

        FindFrame(PrimitiveGenerator<?> generator, Asked asked) {
            super(CODE);
            this.generator = generator;
            this.asked = asked;
        }

        private void goOn(Strand strand) {
            generator.flow.passed(strand);
            if (asked == Asked.WHETHER) {
                strand.ri = generator.ready ? 1 : 0;
                return;
            }
            generator.require();
            if (asked == Asked.VALUE) generator.give(strand);
            else strand.ra = generator.boxed();
        }
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

    /** The resumable form of {@link #close()}; for woven code. */
    public final void close(Strand strand) {
        flow.close(strand);
        ready = false;
    }

    /** What reports and errors call it: its kind and its name. */
    @Override
    public final String toString() {
        return flow.toString();
    }

    /** The work of the continuation. */
    @Stored
    private final class Work extends Flow {
        Work(String label, @Nullable Engine engine, boolean woven) {
            super(label, engine, woven);
        }

        @Override
        void runBody() throws Exception {
            PrimitiveGenerator.this.runBody();
        }

        @Override
        void runBody(Strand strand) throws Exception {
            PrimitiveGenerator.this.runBody(strand);
        }

        @Override
        public void stayed() {
            ready = false;
        }
    }
}
