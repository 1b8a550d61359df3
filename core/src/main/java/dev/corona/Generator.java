package dev.corona;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Engine;

import org.jspecify.annotations.Nullable;

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
 * <p><b>Closing.</b> {@link #close()} ends every run that has started and not ended, as does closing a stream: the body leaves
 * its yield by an {@link Unwinding} error, so that {@code finally} blocks run. A loop that is left early needs it; one that
 * comes to the end does not. Until it is closed, a generator keeps the runs that were left early.
 *
 * <p><b>Errors.</b> An unchecked error of the body comes out of {@code hasNext()} or {@code next()} as it is; a checked one
 * as the cause of a {@link CoroutineFailedException}. Then the run has ended.
 *
 * @param <T> what it yields
 */
@SuppressWarnings("IterableAndIterator") // the class comment says which run each of the two walks
public final class Generator<T extends @Nullable Object>
        implements Iterable<T>, Iterator<T>, AutoCloseable {
    /** What a generator runs, once for each run. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {
        void run(Yielder<T> out) throws Exception;
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
    }

    private static final Labels LABELS = new Labels("generator");

    private final String label;
    private final @Nullable Engine engine;
    private final Body<T> body;

    /** The generator whose {@code iterator()} made this one; null if none did. */
    private final @Nullable Generator<T> owner;

    /** The generators that {@code iterator()} made, that have started and not ended. */
    private final Set<Generator<T>> open = Collections.newSetFromMap(new IdentityHashMap<>(0));

    /** The own run: null before it has started and after it has ended. */
    private @Nullable GeneratorRun<T> run;

    private boolean ended;
    private volatile boolean closed;

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
        if (ended || (run == null && isClosed())) return false;
        GeneratorRun<T> current = run == null ? start() : run;
        try {
            return current.advance();
        } finally {
            if (current.isFinished()) end();
        }
    }

    /**
     * The next value of the own run.
     *
     * @throws NoSuchElementException if the body has ended, failed or been closed
     */
    @Override
    public T next() {
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
        closed = true;
        Failures failures = new Failures();
        failures.attempt(this::closeOwnRun);
        for (Generator<T> child : openOnes()) failures.attempt(child::close);
        failures.throwIfAny();
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

    /** A new continuation that runs the body with {@code out}. */
    Flow newFlow(Yielder<T> out) {
        requireOpen();
        return new Flow(label, engine, () -> body.run(out));
    }

    private void closeOwnRun() {
        GeneratorRun<T> current = run;
        if (current != null) current.close();
        end();
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

    private void opened(Generator<T> child) {
        synchronized (open) {
            open.add(child);
        }
    }

    private void ended(Generator<T> child) {
        synchronized (open) {
            open.remove(child);
        }
    }

    private List<Generator<T>> openOnes() {
        synchronized (open) {
            return new ArrayList<>(open);
        }
    }

    private void requireOpen() {
        if (isClosed()) throw new CoroutineStateException.Closed(label);
    }

    private boolean isClosed() {
        return closed || (owner != null && owner.isClosed());
    }
}
