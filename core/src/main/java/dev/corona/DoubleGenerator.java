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
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * A sequence of doubles that is written as a loop: one run of a body that yields them, unboxed.
 *
 * <pre>{@code
 * DoubleGenerator squares = Generator.ofDoubles(out -> {
 *     for (double i = 1; ; i++) out.yield(i * i);
 * });
 * squares.nextDouble();
 * }</pre>
 *
 * <p>Unlike a {@link Generator} it is a single run: it ends once, and is not iterated anew. Threads, closing and errors are as
 * there. Asking for a value allocates nothing if the body is woven.
 */
public final class DoubleGenerator extends PrimitiveGenerator<Double>
        implements PrimitiveIterator.OfDouble, AutoCloseable {
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
        private final DoubleGenerator generator;

        private Yielder(DoubleGenerator generator) {
            this.generator = generator;
        }

        /**
         * Hands a value to the consumer; returns when the next one is asked for.
         *
         * @throws CoroutineStateException.Outside if the caller does not run inside this run
         * @throws CoroutineStateException.MonitorHeld if a monitor is held across the yield, on engines that can tell
         * @throws Unwinding if the run is closed instead
         */
        public void yield(double value) {
            double before = generator.value;
            generator.value = value;
            try {
                generator.suspend();
            } catch (Throwable refused) {
                generator.value = before;
                throw refused;
            }
        }

        /** The resumable form of {@link #yield(double)}; for woven code. */
        public void yield(double value, Strand strand) {
            if (generator.pause(strand)) generator.value = value;
            else this.yield(value);
        }
    }

    private static final Labels LABELS = new Labels("generator");
    private static final ClassValue<Boolean> WOVEN =
            Linkage.twinOf("run", MethodType.methodType(void.class, Yielder.class, Strand.class));

    private final Body body;
    private final Yielder out = new Yielder(this);
    private double value;

    private DoubleGenerator(String label, @Nullable Engine engine, Body body) {
        super(label, engine, WOVEN.get(body.getClass()));
        this.body = body;
    }

    static DoubleGenerator of(@Nullable Engine engine, Body body) {
        return new DoubleGenerator(LABELS.of(body), engine, body);
    }

    /**
     * The next value.
     *
     * @throws java.util.NoSuchElementException if the body has ended, failed or been closed
     */
    @Override
    public double nextDouble() {
        require();
        return value;
    }

    /** The resumable form of {@link #nextDouble()}; for woven code. */
    public double nextDouble(Strand strand) {
        require(strand);
        return value;
    }

    /** The resumable form of {@link #next()}; for woven code. */
    @Override
    public Double next(Strand strand) {
        return super.next(strand);
    }

    @Override
    void give(Strand strand) {
        strand.rd = value;
    }

    @Override
    Double boxed() {
        return value;
    }

    /** The rest of the values. Closing the stream closes the generator. */
    public DoubleStream stream() {
        Spliterator.OfDouble rest = Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED);
        return StreamSupport.doubleStream(rest, false).onClose(this::close);
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
