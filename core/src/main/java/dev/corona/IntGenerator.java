package dev.corona;

import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Engine;
import dev.corona.woven.Linkage;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodType;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A sequence of ints that is written as a loop: one run of a body that yields them, unboxed.
 *
 * <pre>{@code
 * IntGenerator squares = Generator.ofInts(out -> {
 *     for (int i = 1; ; i++) out.yield(i * i);
 * });
 * squares.nextInt();
 * }</pre>
 *
 * <p>Unlike a {@link Generator} it is a single run: it ends once, and is not iterated anew. Threads, closing and errors are as
 * there. Asking for a value allocates nothing if the body is woven.
 */
public final class IntGenerator extends PrimitiveGenerator<Integer>
        implements PrimitiveIterator.OfInt, AutoCloseable {
    /** What it runs, once. */
    @FunctionalInterface
    public interface Body {
        void run(Yielder out) throws Exception;

        /** The resumable form; for woven code. */
        default void run(Yielder out, Strand strand) throws Exception {
            run(out);
        }
    }

    /** The way out of a body; it works inside the run that it was handed to, at any depth of calls. */
    @Stored
    public static final class Yielder {
        private final IntGenerator generator;

        private Yielder(IntGenerator generator) {
            this.generator = generator;
        }

        /**
         * Hands a value to the consumer; returns when the next one is asked for.
         *
         * @throws CoroutineStateException.Outside if the caller does not run inside this run
         * @throws CoroutineStateException.MonitorHeld if a monitor is held across the yield, on engines that can tell
         * @throws Unwinding if the run is closed instead
         */
        public void yield(int value) {
            int before = generator.value;
            generator.value = value;
            try {
                generator.suspend();
            } catch (Throwable refused) {
                generator.value = before;
                throw refused;
            }
        }

        /** The resumable form of {@link #yield(int)}; for woven code. */
        public void yield(int value, Strand strand) {
            if (generator.pause(strand)) generator.value = value;
            else this.yield(value);
        }
    }

    private static final Labels LABELS = new Labels("generator");
    private static final ClassValue<Boolean> WOVEN =
            Linkage.twinOf("run", MethodType.methodType(void.class, Yielder.class, Strand.class));

    private final Body body;
    private final Yielder out = new Yielder(this);
    private int value;

    private IntGenerator(String label, @Nullable Engine engine, Body body) {
        super(label, engine, WOVEN.get(body.getClass()));
        this.body = body;
    }

    static IntGenerator of(@Nullable Engine engine, Body body) {
        return new IntGenerator(LABELS.of(body), engine, body);
    }

    /**
     * The next value.
     *
     * @throws java.util.NoSuchElementException if the body has ended, failed or been closed
     */
    @Override
    public int nextInt() {
        require();
        return value;
    }

    /** The resumable form of {@link #nextInt()}; for woven code. */
    public int nextInt(Strand strand) {
        require(strand);
        return value;
    }

    /** The resumable form of {@link #next()}; for woven code. */
    @Override
    public Integer next(Strand strand) {
        return super.next(strand);
    }

    @Override
    void give(Strand strand) {
        strand.ri = value;
    }

    @Override
    Integer boxed() {
        return value;
    }

    /** The rest of the values. Closing the stream closes the generator. */
    public IntStream stream() {
        Spliterator.OfInt rest = Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED);
        return StreamSupport.intStream(rest, false).onClose(this::close);
    }

    @Override
    void runBody() throws Exception {
        body.run(out);
    }

    @Override
    void runBody(Strand strand) throws Exception {
        body.run(out, strand);
    }
}
