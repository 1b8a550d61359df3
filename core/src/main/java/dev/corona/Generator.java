package dev.corona;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.kernel.Inspection;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Iterators;
import dev.corona.woven.Linkage;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A sequence that is written as a loop: a body that yields values, and that runs only as far as somebody asks for them.
 *
 * <pre>{@code
 * Generator<Integer> squares = Generator.of(out -> {
 *     for (int i = 1; ; i++) out.yield(i * i);
 * });
 * squares.stream().limit(5).forEach(System.out::println);
 * }</pre>
 *
 * <p><b>Runs.</b> A generator is an {@link Iterable}: each {@link #iterator()}, each {@code for} loop, each {@link #stream()}
 * runs the body anew, from its beginning, in a coroutine of its own. It is also an {@link Iterator}: {@link #hasNext()} and
 * {@link #next()} walk one run that is the generator's own, which neither loops nor streams touch. What
 * {@code iterator()} returns is a generator again, so a single run can be closed.
 *
 * <p><b>Laziness.</b> Nothing runs before the first value is asked for. {@code next()} and {@code hasNext()} run the body to
 * its next yield, and not further; {@code hasNext()} keeps the value that it found. Values may be null.
 *
 * <p><b>Delegation.</b> {@link Yielder#yieldAll} hands over to another generator: its values go to the consumer directly,
 * and cost the same at any depth of generators in generators. A loop that yields again costs a switch for each level.
 *
 * <p><b>Threads.</b> Generators may be shared, runs may not: one run belongs to the thread that started it. On the HotSpot
 * engine another thread is refused by {@link CoroutineStateException.ForeignThread}.
 *
 * <p><b>Cancellation.</b> Used by a task of an event loop, the body may wait, and the task waits with it. A cancellation of the task
 * arrives there, and leaves the body as an error does; one that is suspended at a yield hears nothing of it.
 *
 * <p><b>Closing.</b> {@link #close()} ends every run that has started and not ended, as does closing a stream: the body leaves
 * its yield by an {@link Unwinding} error, so that {@code finally} blocks run. A loop that is left early needs it; one that
 * comes to the end does not. Until it is closed, a generator keeps the runs that were left early.
 *
 * <p><b>Errors.</b> An unchecked error of the body comes out of {@code hasNext()} or {@code next()} as it is; a checked one
 * as the cause of a {@link CoroutineFailedException}. Then the run has ended.
 *
 * @param <T> what it yields
 */
@Stored
@SuppressWarnings("IterableAndIterator") // the class comment says which run each of the two walks
public final class Generator<T extends @Nullable Object>
        implements Iterable<T>, Iterator<T>, AutoCloseable {
    /** What a generator runs, once for each run. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {
        void run(Yielder<T> out) throws Exception;

        /** The resumable form; for woven code. */
        default void run(Yielder<T> out, Strand strand) throws Exception {
            run(out);
        }
    }

    /** The way out of a body; it works inside the run that it was handed to, at any depth of calls. */
    public sealed interface Yielder<T extends @Nullable Object> permits GeneratorRun {
        /**
         * Hands a value to the consumer; returns when the next one is asked for.
         *
         * @throws CoroutineStateException.Outside if the caller does not run inside this run
         * @throws CoroutineStateException.MonitorHeld if a monitor is held across the yield, on engines that can tell
         * @throws Unwinding if the run is closed instead; let it pass
         */
        @SuppressWarnings(
                "NamedLikeContextualKeyword") // always called on a way out, where the word is
        // allowed
        void yield(T value);

        /**
         * Hands all of {@code values} to the consumer, one by one. A generator among them is run anew and then delegated
         * to: what its body throws comes out of this call.
         */
        void yieldAll(Iterable<? extends T> values);

        /** The resumable form of {@link #yield(Object)}; for woven code. */
        void yield(T value, Strand strand);

        /** The resumable form of {@link #yieldAll(Iterable)}; for woven code. */
        void yieldAll(Iterable<? extends T> values, Strand strand);
    }

    /** A body that hands on what an iterable has; resumable without being woven. */
    @Stored
    private static final class Items<T extends @Nullable Object> implements Body<T> {
        private final Iterable<? extends T> values;

        Items(Iterable<? extends T> values) {
            this.values = values;
        }

        @Override
        public void run(Yielder<T> out) {
            for (T each : values) out.yield(each);
        }

        @Override
        public void run(Yielder<T> out, Strand strand) {
            goOn(Iterators.of(values), out, strand, null);
        }

        static <T extends @Nullable Object> void goOn(
                Iterator<? extends T> rest, Yielder<T> out, Strand strand, @Nullable Frame frame) {
            while (rest.hasNext()) {
                out.yield(rest.next(), strand);
                if (strand.pausing) {
                    strand.push(frame == null ? new ItemsFrame<>(rest, out) : frame);
                    return;
                }
            }
        }
    }

    /** The frame of {@link Items}. */
    @Stored
    private static final class ItemsFrame<T extends @Nullable Object> extends Frame {
        private static final Code CODE =
                Code.of(
                        Items.class,
                        "run",
                        "(Ldev/corona/Generator$Yielder;)V",
                        (frame, strand) -> ((ItemsFrame<?>) frame).goOn(strand));

        private final Iterator<? extends T> rest;
        private final Yielder<T> out;

        ItemsFrame(Iterator<? extends T> rest, Yielder<T> out) {
            super(CODE);
            this.rest = rest;
            this.out = out;
        }

        private void goOn(Strand strand) {
            strand.throwFailure();
            Items.goOn(rest, out, strand, this);
        }
    }

    private static final ClassValue<Boolean> WOVEN =
            Linkage.twinOf("run", MethodType.methodType(void.class, Yielder.class, Strand.class));

    private static final Labels LABELS = new Labels("generator");

    private final String label;
    private final @Nullable Engine engine;
    private final Body<T> body;

    /** The generator whose {@code iterator()} made this one; null if none did. */
    private final @Nullable Generator<T> owner;

    /** The generators that {@code iterator()} made, that have started and not ended; null before the first. Guarded by this. */
    private transient @Nullable Set<Generator<T>> open;

    /** The own run: null before it has started and after it has ended. */
    private @Nullable GeneratorRun<T> run;

    private boolean ended;
    private volatile boolean closed;

    static {
        Inspection.register(Generator.class, false, Generator::continuations);
    }

    private Generator(
            String label, @Nullable Engine engine, Body<T> body, @Nullable Generator<T> owner) {
        this.label = label;
        this.engine = engine;
        this.body = body;
        this.owner = owner;
    }

    /** A generator that is called after the class that {@code body} is written in. */
    public static <T extends @Nullable Object> Generator<T> of(Body<T> body) {
        return new Generator<>(LABELS.of(body), null, body, null);
    }

    /** A generator that reports and errors call {@code name}. */
    public static <T extends @Nullable Object> Generator<T> of(String name, Body<T> body) {
        return new Generator<>(LABELS.of(name), null, body, null);
    }

    /** A generator of ints, unboxed; a single run. */
    public static IntGenerator ofInts(IntGenerator.Body body) {
        return IntGenerator.of(null, body);
    }

    /** A generator of longs, unboxed; a single run. */
    public static LongGenerator ofLongs(LongGenerator.Body body) {
        return LongGenerator.of(null, body);
    }

    /** A generator of doubles, unboxed; a single run. */
    public static DoubleGenerator ofDoubles(DoubleGenerator.Body body) {
        return DoubleGenerator.of(null, body);
    }

    static <T extends @Nullable Object> Generator<T> on(Engine engine, String name, Body<T> body) {
        return new Generator<>(LABELS.of(name), engine, body, null);
    }

    /**
     * A new run of the body, which starts when its first value is asked for.
     *
     * @throws CoroutineStateException.Closed if this generator was closed
     */
    @Override
    public Generator<T> iterator() {
        requireOpen();
        return new Generator<>(label, engine, body, this);
    }

    /**
     * The values of a new run, in order, for one thread. Closing the stream closes the run; a stream that stops early, as by
     * {@code limit}, should be closed, or the generator should.
     *
     * @throws CoroutineStateException.Closed if this generator was closed
     */
    public Stream<T> stream() {
        Generator<T> fresh = iterator();
        Spliterator<T> values = Spliterators.spliteratorUnknownSize(fresh, Spliterator.ORDERED);
        return StreamSupport.stream(values, false).onClose(fresh::close);
    }

    /** Whether the own run has another value; runs the body to its next yield to find out, unless it has. */
    @Override
    public boolean hasNext() {
        GeneratorRun<T> found = run;
        if (found != null) {
            if (found.isReady()) return true;
            if (found.canStep()) {
                step();
                if (requireRun().isReady()) return true;
            }
        }
        return find();
    }

    /** Resumes the run by the shortest way. It is in no variable while the body runs, as {@link Continuation#step} wants it. */
    private void step() {
        Throwable thrown;
        do {
            try {
                if (requireRun().step()) return;
                thrown = null;
            } catch (Throwable e) {
                thrown = e;
            }
        } while (requireRun().endStep(thrown));
    }

    private GeneratorRun<T> requireRun() {
        GeneratorRun<T> current = run;
        if (current == null) throw new AssertionError(label + " has no run");
        return current;
    }

    private boolean find() {
        if (ended || (run == null && isClosed())) return false;
        GeneratorRun<T> current = run == null ? start() : run;
        try {
            return current.advance();
        } finally {
            if (current.isFinished()) end();
        }
    }

    /** The resumable form of {@link #hasNext()}; for woven code. */
    public boolean hasNext(Strand strand) {
        GeneratorRun<T> found = run;
        if (found != null && found.isReady()) return true;
        if (ended || (found == null && isClosed())) return false;
        GeneratorRun<T> current = found == null ? start() : found;
        boolean ready = find(current, strand);
        if (strand.pausing) strand.push(new FindFrame<>(this, current, false));
        return ready;
    }

    /** The resumable form of {@link #next()}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public T next(Strand strand) {
        GeneratorRun<T> found = run;
        if (found != null && found.isReady()) return found.take();
        if (ended || (found == null && isClosed())) return next();
        GeneratorRun<T> current = found == null ? start() : found;
        if (find(current, strand)) return current.take();
        if (!strand.pausing) return next();
        strand.push(new FindFrame<>(this, current, true));
        return null;
    }

    private boolean find(GeneratorRun<T> current, Strand strand) {
        try {
            return current.advance(strand);
        } finally {
            if (current.isFinished()) end();
        }
    }

    /** The frame of {@link #hasNext()} or {@link #next()}: an enclosing continuation was left from inside the body. */
    @Stored
    private static final class FindFrame<T extends @Nullable Object> extends Frame {
        private static final Code CODE =
                Code.of(
                        Generator.class,
                        "next",
                        "()Ljava/lang/Object;",
                        (frame, strand) -> ((FindFrame<?>) frame).goOn(strand));

        private final Generator<T> generator;
        private final GeneratorRun<T> current;
        private final boolean takes;

        FindFrame(Generator<T> generator, GeneratorRun<T> current, boolean takes) {
            super(CODE);
            this.generator = generator;
            this.current = current;
            this.takes = takes;
        }

        private void goOn(Strand strand) {
            boolean found;
            try {
                current.passed(strand.takeThrown());
                found = current.advance(strand);
            } finally {
                if (current.isFinished()) generator.end();
            }
            if (strand.pausing) strand.push(this);
            else if (!takes) strand.ri = found ? 1 : 0;
            else strand.ra = found ? current.take() : generator.next();
        }
    }

    /**
     * The next value of the own run.
     *
     * @throws NoSuchElementException if the body has ended, failed or been closed
     */
    @Override
    public T next() {
        GeneratorRun<T> found = run;
        if (found != null && found.isReady()) return found.take();
        if (!hasNext() || run == null) {
            throw new NoSuchElementException(
                    "%s has no more values; ask hasNext() first".formatted(label));
        }
        return run.take();
    }

    /**
     * Ends the own run and all runs that {@link #iterator()} and {@link #stream()} started: a suspended one runs its
     * {@code finally} blocks. After it, there are no values and no new runs. What a body throws meanwhile comes out of this
     * call when all have ended.
     *
     * @throws CoroutineStateException.Running if it is called from inside a run
     */
    @Override
    public void close() {
        Failures failures = new Failures();
        for (Generator<T> each : allOpen()) failures.attempt(each::closeOwnRun);
        failures.throwIfAny();
    }

    /** The resumable form of {@link #close()}; for woven code. */
    public void close(Strand strand) {
        new GeneratorClosing(allOpen()).run(strand);
    }

    /** This one and those that {@link #iterator()} made, in the order in which they are to be closed; none begins a run any more. */
    private List<Generator<T>> allOpen() {
        closed = true;
        List<Generator<T>> all = new ArrayList<>(List.of(this));
        for (Generator<T> child : openOnes()) all.addAll(child.allOpen());
        return all;
    }

    /** What reports and errors call it: its kind and its name. */
    @Override
    public String toString() {
        return label;
    }

    /** How many runs of {@link #iterator()} have started and not ended. */
    int openRuns() {
        return openOnes().size();
    }

    /** A generator of what {@code values} has. */
    static <T extends @Nullable Object> Generator<T> over(Iterable<? extends T> values) {
        return new Generator<>(LABELS.of(values), null, new Items<>(values), null);
    }

    Body<T> body() {
        return body;
    }

    boolean isWoven() {
        return WOVEN.get(body.getClass());
    }

    /** Whether its runs are woven, and no engine was asked for that is another. */
    boolean runsWoven() {
        return (engine == null || engine == Engines.woven()) && isWoven();
    }

    /** The one that was asked for; null for the one that fits. */
    @Nullable Engine engine() {
        return engine;
    }

    private void closeOwnRun() {
        try {
            GeneratorRun<T> current = run;
            if (current != null) current.close();
        } finally {
            closedOwnRun();
        }
    }

    /** Begins to close the own run as woven code; {@link #closedOwnRun} is to follow. */
    void closeOwnRun(Strand strand) {
        GeneratorRun<T> current = run;
        if (current != null) current.close(strand);
    }

    /** After an attempt to close the own run. */
    void closedOwnRun() {
        if (run == null || run.isFinished()) end();
    }

    private GeneratorRun<T> start() {
        GeneratorRun<T> started = new GeneratorRun<>(this);
        run = started;
        if (owner != null) owner.opened(this);
        return started;
    }

    private void end() {
        ended = true;
        run = null;
        if (owner != null) owner.ended(this);
    }

    @SuppressWarnings("unused") // Stored says who calls it
    private @Nullable String unstorable() {
        return isWoven() ? null : Flow.NOT_WOVEN;
    }

    @SuppressWarnings("unused") // Stored says who calls it
    private void restored() {
        if (owner != null && run != null) owner.opened(this);
    }

    private List<Continuation> continuations() {
        GeneratorRun<T> current = run;
        return current == null ? List.of() : current.continuations();
    }

    private synchronized void opened(Generator<T> child) {
        if (open == null) open = Collections.newSetFromMap(new IdentityHashMap<>(0));
        open.add(child);
    }

    private synchronized void ended(Generator<T> child) {
        if (open != null) open.remove(child);
    }

    private synchronized List<Generator<T>> openOnes() {
        return open == null ? List.of() : new ArrayList<>(open);
    }

    void requireOpen() {
        if (isClosed()) throw new CoroutineStateException.Closed(label);
    }

    private boolean isClosed() {
        return closed || (owner != null && owner.isClosed());
    }
}
