package dev.corona;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Engine;

import org.jspecify.annotations.Nullable;

/**
 * An asymmetric coroutine: a body that its caller enters with a value, and that leaves with a value, again and again.
 *
 * <pre>{@code
 * Coexpression<Integer, Integer> total = Coexpression.of((self, first) -> {
 *     int sum = first;
 *     while (sum < 100) sum += self.yieldReturn(sum);
 *     return sum;
 * });
 * total.yieldCall(40);  // 40
 * total.yieldCall(50);  // 90
 * total.yieldCall(30);  // 120, and total.isFinished()
 * }</pre>
 *
 * <p><b>Values.</b> The input of the first {@link #yieldCall} is the argument of the body; the input of every later one is
 * what the body's {@link #yieldReturn} returns. A call returns what the body yields next, or, when the body ends, the
 * body's result: after it {@link #isFinished()} is true, and another call throws. A new coexpression is not finished and
 * has run nothing. Values may be null.
 *
 * <p><b>Forms.</b> {@link #of} is the general one; {@link #generator} has no inputs, {@link #sink} has no outputs, and
 * {@link #transformer} has both but no result. Where there is no input, or no result, null stands for it. A subclass
 * that implements {@link #run} keeps the body's state in fields. For values in one direction that a loop or a stream
 * takes, {@link Generator} is handier.
 *
 * <p><b>Nesting.</b> The body may yield from any depth of calls, and also from inside another coexpression or generator that
 * it runs: that one leaves the stack too, and the next call goes on inside it.
 *
 * <p><b>Threads.</b> Not safe for use by two threads at a time. On the HotSpot engine it stays on the thread of its first
 * call, and a call on another throws {@link CoroutineStateException.ForeignThread}.
 *
 * <p><b>Closing.</b> {@link #close()} ends a suspended body by an {@link Unwinding} error out of its {@code yieldReturn}, so
 * that {@code finally} blocks run. A suspended one that is dropped without it is collected, but its {@code finally} blocks
 * never run.
 *
 * <p><b>Errors.</b> An unchecked error of the body comes out of the call as it is, with the frames of the body and of the
 * caller in its stack trace; a checked one as the cause of a {@link CoroutineFailedException}. Either way the
 * coexpression is finished.
 *
 * <p>After the coexpressions of L. Stadler, <i>Coroutines for the HotSpot VM</i> (2010).
 *
 * @param <In> what goes in with a call
 * @param <Out> what a call returns
 */
public abstract class Coexpression<In extends @Nullable Object, Out extends @Nullable Object>
        implements AutoCloseable {
    /** The body of the general form. */
    @FunctionalInterface
    public interface Body<In extends @Nullable Object, Out extends @Nullable Object> {
        /**
         * Runs once.
         *
         * @param self the coexpression, to yield from
         * @param first the input of the first call
         * @return what the last call returns
         */
        Out run(Coexpression<In, Out> self, In first) throws Exception;
    }

    /** The body of a coexpression without inputs. */
    @FunctionalInterface
    public interface GeneratorBody<Out extends @Nullable Object> {
        void run(Coexpression<@Nullable Void, Out> self) throws Exception;
    }

    /** The body of a coexpression with inputs and outputs, but no result. */
    @FunctionalInterface
    public interface TransformerBody<In extends @Nullable Object, Out extends @Nullable Object> {
        void run(Coexpression<In, Out> self, In first) throws Exception;
    }

    private static final Labels LABELS = new Labels("coexpression");

    private final Flow flow;
    private @Nullable In input;
    private @Nullable Out output;

    /** A new one that is called after its class. */
    protected Coexpression() {
        flow = new Flow(LABELS.of(this), null, this::runBody);
    }

    /** A new one that reports and errors call {@code name}. */
    protected Coexpression(String name) {
        this(LABELS.of(name), null);
    }

    Coexpression(String label, @Nullable Engine engine) {
        flow = new Flow(label, engine, this::runBody);
    }

    /** A coexpression with inputs, outputs and a result. */
    public static <In extends @Nullable Object, Out extends @Nullable Object>
            Coexpression<In, Out> of(Body<In, Out> body) {
        return new Lambda<>(LABELS.of(body), null, body);
    }

    /** {@link #of(Body)} with a name. */
    public static <In extends @Nullable Object, Out extends @Nullable Object>
            Coexpression<In, Out> of(String name, Body<In, Out> body) {
        return new Lambda<>(LABELS.of(name), null, body);
    }

    static <In extends @Nullable Object, Out extends @Nullable Object> Coexpression<In, Out> on(
            Engine engine, String name, Body<In, Out> body) {
        return new Lambda<>(LABELS.of(name), engine, body);
    }

    /** A coexpression without inputs: {@link #yieldCall()} returns the next value, and null when the body has ended. */
    public static <Out extends @Nullable Object> Coexpression<@Nullable Void, Out> generator(
            GeneratorBody<Out> body) {
        return new Lambda<>(LABELS.of(body), null, withoutInput(body));
    }

    /**
     * A coexpression without outputs: each call hands the body one value, and returns null when the body asks for the next
     * with {@link #yieldReturn()}. {@link #close()} tells it that there are no more.
     */
    public static <In extends @Nullable Object> Coexpression<In, @Nullable Void> sink(
            TransformerBody<In, @Nullable Void> body) {
        return new Lambda<>(LABELS.of(body), null, withoutResult(body));
    }

    /** A coexpression that answers each input by one {@link #yieldReturn(Object)}; the call in which it ends returns null. */
    public static <In extends @Nullable Object, Out extends @Nullable Object>
            Coexpression<In, Out> transformer(TransformerBody<In, Out> body) {
        return new Lambda<>(LABELS.of(body), null, withoutResult(body));
    }

    @SuppressWarnings("NullAway") // null is the result of a body that has none
    private static <Out extends @Nullable Object> Body<@Nullable Void, Out> withoutInput(
            GeneratorBody<Out> body) {
        return (self, first) -> {
            body.run(self);
            return null;
        };
    }

    @SuppressWarnings("NullAway") // null is the result of a body that has none
    private static <In extends @Nullable Object, Out extends @Nullable Object>
            Body<In, Out> withoutResult(TransformerBody<In, Out> body) {
        return (self, first) -> {
            body.run(self, first);
            return null;
        };
    }

    /**
     * The body; runs once, entered by the first call.
     *
     * @param first the input of the first call
     * @return what the last call returns
     */
    protected abstract Out run(In first) throws Exception;

    /**
     * Enters the body with a value; for callers outside of it.
     *
     * @return what the body yields next, or its result if it ended
     * @throws CoroutineStateException.Finished if it had ended, failed or been closed before
     * @throws CoroutineStateException.Running if it is running: the call comes from inside it
     */
    public final Out yieldCall(In value) {
        input = value;
        flow.resume();
        return takeOutput();
    }

    /** {@link #yieldCall(Object)} with null, for bodies that take no input. */
    @SuppressWarnings("NullAway") // no input is null
    public final Out yieldCall() {
        return yieldCall(null);
    }

    /**
     * Leaves the body with a value; for the body itself and what it calls. Returns at the next call.
     *
     * @return the input of that call
     * @throws CoroutineStateException.Outside if the caller does not run inside this coexpression
     * @throws CoroutineStateException.MonitorHeld if a monitor is held across the yield, on engines that can tell
     * @throws Unwinding if it is closed instead of called; let it pass
     */
    public final In yieldReturn(Out value) {
        @Nullable Out before = output;
        output = value;
        try {
            flow.suspend();
        } catch (Throwable refused) {
            output = before;
            throw refused;
        }
        return takeInput();
    }

    /** {@link #yieldReturn(Object)} with null, for bodies that have no output. */
    @SuppressWarnings("NullAway") // no output is null
    public final In yieldReturn() {
        return yieldReturn(null);
    }

    /** Whether its body has ended, failed or been closed. */
    public final boolean isFinished() {
        return flow.isFinished();
    }

    /**
     * Ends it: a new one never runs, a suspended one runs its {@code finally} blocks, a finished one stays as it is. What
     * the body throws meanwhile, other than the unwinding itself, comes out of this call.
     *
     * @throws CoroutineStateException.Running if it is running
     * @throws CoroutineStateException.CloseIgnored if the body catches the unwinding and goes on yielding
     */
    @Override
    public final void close() {
        flow.close();
    }

    /** The name it was given, or one after the class that wrote its body. */
    public final String name() {
        return LABELS.nameIn(toString());
    }

    /** What reports and errors call it: its kind and its name. */
    @Override
    public final String toString() {
        return flow.toString();
    }

    private void runBody() throws Exception {
        output = run(takeInput());
    }

    @SuppressWarnings("NullAway") // the field is as nullable as In itself when a call has set it
    private In takeInput() {
        In value = input;
        input = null;
        return value;
    }

    @SuppressWarnings("NullAway") // the field is as nullable as Out itself when the body has set it
    private Out takeOutput() {
        Out value = output;
        output = null;
        return value;
    }

    /** A coexpression whose body is a lambda. */
    private static final class Lambda<In extends @Nullable Object, Out extends @Nullable Object>
            extends Coexpression<In, Out> {
        private final Body<In, Out> body;

        Lambda(String label, @Nullable Engine engine, Body<In, Out> body) {
            super(label, engine);
            this.body = body;
        }

        @Override
        protected Out run(In first) throws Exception {
            return body.run(this, first);
        }
    }
}
