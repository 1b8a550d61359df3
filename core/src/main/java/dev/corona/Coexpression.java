package dev.corona;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Inspection;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Linkage;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodType;
import java.util.List;

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
 * <p><b>Cancellation.</b> Used by a task of an event loop, the body may wait, and the task waits with it. A cancellation of the task
 * arrives there, and leaves the body as an error does; one that is suspended at a yield hears nothing of it.
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
@Stored
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

        /** The resumable form; for woven code. */
        default Out run(Coexpression<In, Out> self, In first, Strand strand) throws Exception {
            return run(self, first);
        }
    }

    /** The body of a coexpression without inputs. */
    @FunctionalInterface
    public interface GeneratorBody<Out extends @Nullable Object> {
        void run(Coexpression<@Nullable Void, Out> self) throws Exception;

        /** The resumable form; for woven code. */
        default void run(Coexpression<@Nullable Void, Out> self, Strand strand) throws Exception {
            run(self);
        }
    }

    /** The body of a coexpression with inputs and outputs, but no result. */
    @FunctionalInterface
    public interface TransformerBody<In extends @Nullable Object, Out extends @Nullable Object> {
        void run(Coexpression<In, Out> self, In first) throws Exception;

        /** The resumable form; for woven code. */
        default void run(Coexpression<In, Out> self, In first, Strand strand) throws Exception {
            run(self, first);
        }
    }

    private static final Labels LABELS = new Labels("coexpression");
    private static final MethodType SUBCLASS_TWIN =
            MethodType.methodType(Object.class, Object.class, Strand.class);
    private static final ClassValue<Boolean> SUBCLASS_WOVEN =
            Linkage.overridesTwin("run", SUBCLASS_TWIN);

    private static final ClassValue<Boolean> BODY_WOVEN =
            Linkage.twinOf(
                    "run",
                    MethodType.methodType(
                            Object.class, Coexpression.class, Object.class, Strand.class));

    static {
        Inspection.register(Coexpression.class, false, c -> List.of(c.flow.continuation()));
    }

    private final Flow flow;
    private @Nullable In input;
    private @Nullable Out output;

    /** A new one that is called after its class. */
    protected Coexpression() {
        flow = new Run(LABELS.of(this), null, SUBCLASS_WOVEN.get(getClass()));
    }

    /** A new one that reports and errors call {@code name}. */
    protected Coexpression(String name) {
        this(LABELS.of(name), (Engine) null);
    }

    Coexpression(String label, @Nullable Engine engine) {
        flow = new Run(label, engine, SUBCLASS_WOVEN.get(getClass()));
    }

    Coexpression(String label, @Nullable Engine engine, boolean woven) {
        flow = new Run(label, engine, woven);
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

    private static <Out extends @Nullable Object> Body<@Nullable Void, Out> withoutInput(
            GeneratorBody<Out> body) {
        return new WithoutInput<>(body);
    }

    private static <In extends @Nullable Object, Out extends @Nullable Object>
            Body<In, Out> withoutResult(TransformerBody<In, Out> body) {
        return new WithoutResult<>(body);
    }

    /** A body that takes no input. */
    @SuppressWarnings("NullAway") // null is the result of a body that has none
    private record WithoutInput<Out extends @Nullable Object>(GeneratorBody<Out> body)
            implements Body<@Nullable Void, Out> {
        private static final ClassValue<Boolean> WOVEN =
                Linkage.twinOf(
                        "run", MethodType.methodType(void.class, Coexpression.class, Strand.class));

        @Override
        public Out run(Coexpression<@Nullable Void, Out> self, @Nullable Void first)
                throws Exception {
            body.run(self);
            return null;
        }

        @Override
        public Out run(Coexpression<@Nullable Void, Out> self, @Nullable Void first, Strand strand)
                throws Exception {
            body.run(self, strand);
            return null;
        }
    }

    /** A body that has no result. */
    @SuppressWarnings("NullAway") // null is the result of a body that has none
    private record WithoutResult<In extends @Nullable Object, Out extends @Nullable Object>(
            TransformerBody<In, Out> body) implements Body<In, Out> {
        private static final ClassValue<Boolean> WOVEN =
                Linkage.twinOf(
                        "run",
                        MethodType.methodType(
                                void.class, Coexpression.class, Object.class, Strand.class));

        @Override
        public Out run(Coexpression<In, Out> self, In first) throws Exception {
            body.run(self, first);
            return null;
        }

        @Override
        public Out run(Coexpression<In, Out> self, In first, Strand strand) throws Exception {
            body.run(self, first, strand);
            return null;
        }
    }

    private static boolean isWoven(Body<?, ?> body) {
        return switch (body) {
            case WithoutInput<?> b -> WithoutInput.WOVEN.get(b.body().getClass());
            case WithoutResult<?, ?> b -> WithoutResult.WOVEN.get(b.body().getClass());
            default -> BODY_WOVEN.get(body.getClass());
        };
    }

    /** Whether what the body returns is the last call's result. */
    boolean hasResult() {
        return true;
    }

    /** The work of the continuation. */
    @Stored
    private final class Run extends Flow {
        Run(String label, @Nullable Engine engine, boolean woven) {
            super(label, engine, woven);
        }

        @Override
        void runBody() throws Exception {
            Coexpression.this.runBody();
        }

        @Override
        void runBody(Strand strand) throws Exception {
            Out result = Coexpression.this.run(takeInput(), strand);
            if (!strand.pausing) output = result;
        }

        @Override
        public @Nullable Object resumed() {
            return takeInput();
        }

        @Override
        public void stayed() {
            output = null;
        }

        @Override
        @SuppressWarnings("unchecked") // it is what run(In, Strand) returned in the end
        public void ended(@Nullable Object result) {
            output = hasResult() ? (Out) result : null;
        }
    }

    /**
     * The body; runs once, entered by the first call.
     *
     * @param first the input of the first call
     * @return what the last call returns
     */
    protected abstract Out run(In first) throws Exception;

    /** The resumable form of the body; for woven code. */
    protected Out run(In first, Strand strand) throws Exception {
        return run(first);
    }

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

    /** The resumable form of {@link #yieldCall(Object)}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public final Out yieldCall(In value, Strand strand) {
        input = value;
        flow.resume(strand);
        if (!strand.pausing) return takeOutput();
        strand.push(new CallFrame(this));
        return null;
    }

    /** The resumable form of {@link #yieldCall()}; for woven code. */
    @SuppressWarnings("NullAway") // no input is null
    public final Out yieldCall(Strand strand, @Nullable Frame frame) {
        return yieldCall(null, strand);
    }

    /** The frame of {@link #yieldCall}: an enclosing continuation was left from inside the body. */
    @Stored
    private static final class CallFrame extends Frame {
        private static final Code CODE =
                Code.of(
                        Coexpression.class,
                        "yieldCall",
                        "(Ljava/lang/Object;)Ljava/lang/Object;",
                        (frame, strand) -> ((CallFrame) frame).goOn(strand));

        private final Coexpression<?, ?> callee;

        CallFrame(Coexpression<?, ?> callee) {
            super(CODE);
            this.callee = callee;
        }

        private void goOn(Strand strand) {
            callee.flow.passed(strand);
            strand.ra = callee.takeOutput();
        }
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

    /** The resumable form of {@link #yieldReturn(Object)}; for woven code. */
    @SuppressWarnings("NullAway") // a pausing call's result is not looked at
    public final In yieldReturn(Out value, Strand strand) {
        @Nullable Out before = output;
        output = value;
        try {
            flow.suspendForResult(strand);
        } catch (Throwable refused) {
            output = before;
            throw refused;
        }
        return strand.pausing ? null : takeInput();
    }

    /** The resumable form of {@link #yieldReturn()}; for woven code. */
    @SuppressWarnings("NullAway") // no output is null
    public final In yieldReturn(Strand strand, @Nullable Frame frame) {
        return yieldReturn(null, strand);
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

    /** The resumable form of {@link #close()}; for woven code. */
    public final void close(Strand strand) {
        flow.close(strand);
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
            super(label, engine, isWoven(body));
            this.body = body;
        }

        @Override
        protected Out run(In first) throws Exception {
            return body.run(this, first);
        }

        @Override
        protected Out run(In first, Strand strand) throws Exception {
            return body.run(this, first, strand);
        }

        @Override
        boolean hasResult() {
            return !(body instanceof WithoutInput || body instanceof WithoutResult);
        }
    }
}
