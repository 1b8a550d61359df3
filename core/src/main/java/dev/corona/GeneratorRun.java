package dev.corona;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Continuation;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of a generator: a stack of levels, of which the consumer resumes the top directly.
 *
 * <p>A level is one body in its own continuation. {@code yieldAll} of a generator pushes a level and suspends the one that
 * called it; when the new body ends, its level is popped and the one below goes on. The continuations are siblings, so
 * asking for a value is one switch at any depth. (The classic treatment of delegating iterators: B. Jacobs, E. Meijer,
 * F. Piessens, W. Schulte, <i>Iterators Revisited</i>, 2005.) All bodies of a run share it as their way out: a yield
 * suspends the top.
 *
 * <p>Between woven bodies a {@code yieldAll} is a call in the same level, for a resumption enters the innermost frame alone anyway. Every
 * {@link #CALLS} calls it is a level again, so that the thread's stack has an end.
 *
 * <p><b>Closing</b> unwinds the bodies from the innermost, each by itself: one that fails, or ends in order, does not keep
 * those that delegated to it from being unwound.
 */
@Stored
final class GeneratorRun<T extends @Nullable Object> implements Generator.Yielder<T> {
    /** One body of the stack. */
    @Stored
    private static final class Level<T extends @Nullable Object> extends Flow {
        private final GeneratorRun<T> run;
        private final Generator<T> generator;
        private final @Nullable Level<T> below;

        /** What the level above failed with; this level's {@code yieldAll} throws it. */
        private @Nullable Throwable failureAbove;

        Level(GeneratorRun<T> run, Generator<T> generator, @Nullable Level<T> below) {
            super(generator.toString(), generator.engine(), generator.isWoven());
            this.run = run;
            this.generator = generator;
            this.below = below;
        }

        @Override
        void runBody() throws Exception {
            generator.body().run(run);
        }

        @Override
        void runBody(Strand strand) throws Exception {
            generator.body().run(run, strand);
        }

        @Override
        public @Nullable Object resumed() {
            throwFailureAbove(this);
            return null;
        }

        /** What it has yielded, or delegated to, it has not. */
        @Override
        public void stayed() {
            run.value = null;
            run.top(this);
        }
    }

    /** Stands for null where null has another meaning. */
    private enum Absent {
        VALUE
    }

    /** How many bodies may be called inside each other on the thread's stack. */
    private static final int CALLS = 50;

    private final String label;
    private @Nullable Level<T> top;

    /** The top's continuation; null if there is no top. */
    private @Nullable Continuation continuation;

    /** The strand on which it ran last; null before that. */
    private @Nullable Strand strand;

    /** What has been yielded and not been taken, {@link Absent#VALUE} for null; null if that is nothing. */
    private @Nullable Object value;

    /** How many bodies are called on the thread's stack by others. */
    private transient int calls;

    /** What failed so far while it is being closed; null while it is not. */
    private @Nullable Failures closing;

    GeneratorRun(Generator<T> generator) {
        label = generator.toString();
        generator.requireOpen();
        top(new Level<>(this, generator, null));
    }

    private void top(@Nullable Level<T> level) {
        top = level;
        continuation = level == null ? null : level.continuation();
    }

    /** Whether the top can be resumed by {@link #step}, the shortest way. */
    boolean canStep() {
        Strand last = strand;
        Continuation next = continuation;
        return last != null && next != null && next.isReadyOn(last);
    }

    /** {@link Continuation#step} of the top. */
    boolean step() {
        return requireContinuation().step(requireStrand());
    }

    /** {@link Continuation#endStep} of what was the top when {@link #step} was called. How a body ended {@link #advance()} will see. */
    boolean endStep(@Nullable Throwable thrown) {
        return stepped().endStep(requireStrand(), thrown);
    }

    private Continuation stepped() {
        Continuation current = requireContinuation();
        return current.isNew() ? below().continuation() : current;
    }

    private Level<T> below() {
        Level<T> below = requireTop().below;
        if (below == null) throw new CoroutineStateException.Outside(label);
        return below;
    }

    private Continuation requireContinuation() {
        Continuation current = continuation;
        if (current == null) throw new CoroutineStateException.Outside(label);
        return current;
    }

    private Strand requireStrand() {
        Strand last = strand;
        if (last == null) throw new AssertionError(label + " has not run");
        return last;
    }

    private void failedTop(Throwable thrown) {
        Level<T> level = requireTop();
        try {
            throw level.failed(thrown);
        } catch (RuntimeException | Error mapped) {
            if (!level.isFinished()) throw mapped;
            failed(level, mapped);
        }
    }

    boolean isFinished() {
        return top == null;
    }

    boolean isReady() {
        return value != null;
    }

    /** Runs until a value is ready, if none is. False if the body ended instead. */
    boolean advance() {
        while (value == null) {
            Level<T> level = top;
            if (level == null) return false;
            if (level.isFinished()) pop(level);
            else resume(level);
        }
        return true;
    }

    /** Goes on after the body of the top has ended, perhaps in a {@link #step}. */
    private void pop(Level<T> level) {
        try {
            level.throwFailure();
        } catch (RuntimeException | Error thrown) {
            failed(level, thrown);
            return;
        }
        top(level.below);
    }

    /** The value that {@link #advance()} found. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of T, which may be null, are yielded
    T take() {
        Object taken = value;
        value = null;
        return taken == Absent.VALUE ? null : (T) taken;
    }

    private static Object orAbsent(@Nullable Object yielded) {
        return yielded == null ? Absent.VALUE : yielded;
    }

    private void resume(Level<T> level) {
        try {
            level.resume();
            strand = level.strand();
        } catch (RuntimeException | Error thrown) {
            if (!level.isFinished()) throw thrown;
            failed(level, thrown);
            return;
        }
        if (level.isFinished()) top(level.below);
    }

    /** {@link #advance()} as woven code; false too if the strand pauses. */
    boolean advance(Strand strand) {
        while (value == null) {
            Level<T> level = top;
            if (level == null) return false;
            if (level.isFinished()) {
                top(level.below);
                continue;
            }
            try {
                level.resume(strand);
            } catch (RuntimeException | Error thrown) {
                strand.settle();
                if (!level.isFinished()) throw thrown;
                failed(level, thrown);
                continue;
            }
            if (strand.pausing) return false;
            if (level.isFinished()) top(level.below);
        }
        return true;
    }

    /** The resumption of the top, through which an enclosing continuation was left, has ended. */
    void passed(@Nullable Throwable thrown) {
        Level<T> level = requireTop();
        if (thrown != null) failedTop(thrown);
        else if (level.isFinished()) {
            top(level.below);
        }
    }

    private void failed(Level<T> level, Throwable thrown) {
        Level<T> below = level.below;
        top(below);
        if (below == null) throw Flow.<RuntimeException>sneak(thrown);
        below.failureAbove = thrown;
    }

    @Override
    public void yield(T yielded) {
        Level<T> level = requireTop();
        Object before = value;
        value = orAbsent(yielded);
        try {
            level.suspend();
        } catch (Throwable refused) {
            value = before;
            throw refused;
        }
    }

    @Override
    public void yield(T yielded, Strand strand) {
        Continuation leaving = continuation;
        if (leaving != null && leaving.pause(strand)) value = orAbsent(yielded);
        else this.yield(yielded);
    }

    @Override
    public void yieldAll(Iterable<? extends T> values) {
        if (values instanceof Generator<? extends T> generator) delegate(generator);
        else for (T each : values) this.yield(each);
    }

    @Override
    public void yieldAll(Iterable<? extends T> values, Strand strand) {
        Generator<? extends T> generator =
                values instanceof Generator<? extends T> given ? given : Generator.over(values);
        if (isCallable(generator, strand)) call(generator, strand);
        else delegate(generator, strand);
    }

    /** Whether the body can be called by the running one, as woven code of the same continuation. */
    private boolean isCallable(Generator<? extends T> generator, Strand strand) {
        return calls < CALLS
                && continuation != null
                && Continuation.current(strand) == continuation
                && generator.runsWoven();
    }

    @SuppressWarnings(
            "unchecked") // a body that yields a subtype of T may be given a way out that takes T
    private void call(Generator<? extends T> generator, Strand strand) {
        generator.requireOpen();
        Throwable thrown = null;
        calls++;
        try {
            ((Generator<T>) generator).body().run(this, strand);
        } catch (Throwable e) {
            strand.settle();
            thrown = e;
        } finally {
            calls--;
        }
        if (strand.pausing) strand.push(new DelegationFrame(this, generator));
        else if (thrown != null || closing != null) called(generator, thrown);
    }

    /** A body that was called has ended. */
    void called(Generator<?> generator, @Nullable Throwable thrown) {
        Throwable mapped = thrown;
        if (thrown != null && !(thrown instanceof RuntimeException || thrown instanceof Error))
            mapped = new CoroutineFailedException(generator.toString(), thrown);
        Failures failures = closing;
        Unwinding unwinding = failures == null ? null : requireContinuation().closing();
        if (failures != null && unwinding != null) {
            if (mapped != null && mapped != unwinding) failures.add(mapped);
            throw unwinding;
        }
        if (mapped != null) throw Flow.<RuntimeException>sneak(mapped);
    }

    /** Suspends the running body until that of the generator, as a level of its own, has ended. */
    private void delegate(Generator<? extends T> generator, Strand strand) {
        Level<T> caller = requireTop();
        Level<T> level = push(generator, caller);
        try {
            caller.suspendForResult(strand);
        } catch (Throwable refused) {
            if (top == level) top(caller);
            throw refused;
        }
        if (!strand.pausing) throwFailureAbove(caller);
    }

    @SuppressWarnings(
            "unchecked") // a body that yields a subtype of T may be given a way out that takes T
    private Level<T> push(Generator<? extends T> generator, Level<T> caller) {
        generator.requireOpen();
        Level<T> level = new Level<>(this, (Generator<T>) generator, caller);
        top(level);
        return level;
    }

    private void delegate(Generator<? extends T> generator) {
        Level<T> caller = requireTop();
        Level<T> level = push(generator, caller);
        try {
            caller.suspend();
        } catch (Throwable refused) {
            if (top == level) top(caller);
            throw refused;
        }
        throwFailureAbove(caller);
    }

    private static void throwFailureAbove(Level<?> level) {
        Throwable failure = level.failureAbove;
        if (failure == null) return;
        level.failureAbove = null;
        Flow.showCaller(failure);
        throw Flow.<RuntimeException>sneak(failure);
    }

    /** Those of all levels, the top first. */
    List<Continuation> continuations() {
        List<Continuation> all = new ArrayList<>();
        for (Level<T> level = top; level != null; level = level.below) {
            all.add(level.continuation());
        }
        return all;
    }

    /** Unwinds every level. One that does not end stays, with those below it, and its error is thrown at once. */
    void close() {
        Failures failures = new Failures();
        closing = failures;
        for (Level<T> level = top; level != null; level = level.below) {
            closeLevel(level, failures);
            top(level.below);
        }
        value = null;
        failures.throwIfAny();
    }

    private static void closeLevel(Level<?> level, Failures failures) {
        try {
            level.close();
        } catch (RuntimeException | Error thrown) {
            failedClosing(level, thrown, failures);
        }
    }

    private static void failedClosing(Level<?> level, Throwable thrown, Failures failures) {
        if (!level.isFinished()) throw Flow.<RuntimeException>sneak(thrown);
        failures.add(thrown);
    }

    /** {@link #close()} as woven code. */
    void close(Strand strand) {
        Failures failures = new Failures();
        closing = failures;
        close(failures, strand, null);
    }

    private void close(Failures failures, Strand strand, @Nullable CloseFrame frame) {
        for (Level<T> level = top; level != null; level = level.below) {
            try {
                level.close(strand);
                if (strand.pausing) {
                    strand.push(frame == null ? new CloseFrame(this, failures) : frame);
                    return;
                }
            } catch (RuntimeException | Error thrown) {
                strand.settle();
                failedClosing(level, thrown, failures);
            }
            top(level.below);
        }
        value = null;
        failures.throwIfAny();
    }

    /** The frame of {@link #close(Strand)}: an enclosing continuation was left from inside the top, which is unwound. */
    @Stored
    private static final class CloseFrame extends Frame {
        private static final Code CODE =
                Code.of(
                        GeneratorRun.class,
                        "close",
                        "()V",
                        (frame, strand) -> ((CloseFrame) frame).goOn(strand));

        private final GeneratorRun<?> run;
        private final Failures failures;

        CloseFrame(GeneratorRun<?> run, Failures failures) {
            super(CODE);
            this.run = run;
            this.failures = failures;
        }

        private void goOn(Strand strand) {
            run.closed(strand.takeThrown(), failures);
            run.close(failures, strand, this);
        }
    }

    /** The closing of the top, through which an enclosing continuation was left, has ended. */
    private void closed(@Nullable Throwable thrown, Failures failures) {
        Level<T> level = requireTop();
        if (thrown != null) failedClosing(level, thrown, failures);
        top(level.below);
    }

    private Level<T> requireTop() {
        Level<T> level = top;
        if (level == null) throw new CoroutineStateException.Outside(label);
        return level;
    }
}
