package dev.corona;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.RingException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.kernel.Inspection;
import dev.corona.woven.Frame;
import dev.corona.woven.Linkage;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodType;
import java.util.List;

/**
 * A symmetric coroutine: a member of a ring whose members hand control to each other.
 *
 * <pre>{@code
 * Coroutine.of("ping", () -> {
 *     for (int i = 0; i < 3; i++) {
 *         System.out.println("ping");
 *         Coroutine.yieldNext();
 *     }
 * });
 * Coroutine.of("pong", ...);
 * Coroutine.drain();  // until both have ended
 * }</pre>
 *
 * <p><b>The ring.</b> Each thread has one; the thread's own code is a member of it, the <em>root</em>. A new coroutine takes
 * its place in the ring of the thread that creates it, ready to run, and leaves it when its body ends. (A task of an event
 * loop has a ring of its own, since other tasks run on the thread while it waits.) Code in a coexpression or generator
 * acts for the coroutine that called it.
 *
 * <p><b>Transfers.</b> There are three, and each costs one suspension and one resumption:
 *
 * <ul>
 *   <li>{@link #yieldNext()} goes on with the next that is ready; the ring's {@link Schedule} knows which one that is.
 *   <li>{@link #yieldTo} goes on with the given one, whatever its turn; the caller stays ready.
 *   <li>{@link #yieldCall} goes on with the given one and comes back: the caller is out of the schedule until the called one
 *       next calls {@code yieldNext()}, or ends, which then returns to the caller. So one of many peers is used as a
 *       subroutine for one step. A called one may itself call, or go elsewhere with {@code yieldTo}: the caller then waits on.
 * </ul>
 *
 * The body starts when control first comes to it. When the root ends, or never transfers again, the other members stay as
 * they are: {@link #drain()} runs them to their ends, {@link #closeAll()} unwinds them.
 *
 * <p><b>Threads.</b> A coroutine stays in its ring. To transfer to a member of another ring, or to close one, throws
 * {@link RingException.OtherRing}.
 *
 * <p><b>Closing.</b> {@link #close()} ends a ready or waiting one by an {@link Unwinding} error out of its transfer, so that
 * {@code finally} blocks run.
 *
 * <p><b>Errors.</b> What a body throws ends that coroutine only. It surfaces in the coroutine that called it, if one waits in
 * {@code yieldCall}, and otherwise at the root: its transfer throws {@link CoroutineFailedException}, which names the
 * coroutine. The others stay in the ring and may go on.
 *
 * <p>After the coroutines of L. Stadler, <i>Coroutines for the HotSpot VM</i> (2010), where a call of this kind is
 * left to coexpressions.
 */
@Stored
public abstract class Coroutine implements AutoCloseable {
    /** The body of a coroutine. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;

        /** The resumable form; for woven code. */
        default void run(Strand strand) throws Exception {
            run();
        }
    }

    /**
     * Where a coroutine stands in its ring.
     *
     * <pre>
     *   READY ⇄ RUNNING ⇄ WAITING      READY is in the schedule, WAITING is not;
     *   FINISHED ◀── any                one member is RUNNING, others may be while they are closed
     * </pre>
     */
    enum Turn {
        READY,
        RUNNING,
        WAITING,
        FINISHED
    }

    private static final Labels LABELS = new Labels("coroutine");
    private static final MethodType TWIN = MethodType.methodType(void.class, Strand.class);
    private static final ClassValue<Boolean> BODY_WOVEN = Linkage.twinOf("run", TWIN);
    private static final ClassValue<Boolean> SUBCLASS_WOVEN = Linkage.overridesTwin("run", TWIN);

    /** Its own until it is stored; then that of who restores it. */
    transient Ring ring;

    /** Null for a root, which is no continuation of its own. */
    final @Nullable Continuation continuation;

    private final String label;

    /** Whether the body is woven. */
    private final boolean woven;

    /** Written by the ring only. A member stays READY when it gets control; {@link #turn()} knows better. */
    Turn turn = Turn.READY;

    /** Who waits in {@code yieldCall} for this one, and for whom this one waits. Each is the other's inverse. */
    @Nullable Coroutine caller;

    @Nullable Coroutine callee;

    /** What this one's transfer throws when control is back. */
    @Nullable Failure pending;

    /** The schedule of this package that holds it; null if none does. The fields below are its. */
    transient @Nullable Schedule scheduledBy;

    /** Its neighbours in {@link Links}. */
    transient @Nullable Coroutine before;

    transient @Nullable Coroutine after;

    static {
        Inspection.register(
                Coroutine.class,
                true,
                c -> c.continuation == null ? List.of() : List.of(c.continuation));
    }

    /** Where it is in a schedule that has an array, and when it came there. */
    transient int index;

    transient long arrival;

    /** Kept while no schedule holds it. */
    int level = PrioritySchedule.DEFAULT_LEVEL;

    long deadline = DeadlineSchedule.NONE;

    /** The uncaught error of a coroutine, on its way to who shall see it. */
    record Failure(String label, Throwable thrown) {}

    /** A new member of the caller's ring, called after its class. */
    protected Coroutine() {
        this(null, null, null);
    }

    /** A new member of the caller's ring that reports and errors call {@code name}. */
    protected Coroutine(String name) {
        this(name, null, null);
    }

    Coroutine(@Nullable String name, @Nullable Engine engine, @Nullable Body body) {
        Object named = body == null ? this : body;
        label = name == null ? LABELS.of(named) : LABELS.of(name);
        woven = body == null ? SUBCLASS_WOVEN.get(getClass()) : BODY_WOVEN.get(body.getClass());
        ring = Ring.current();
        Guarded guarded = new Guarded();
        Engine chosen = engine == null ? Engines.forBody(guarded) : engine;
        continuation = chosen.create(label, guarded);
        continuation.attach(this);
        ring.join(this);
    }

    /** The root of {@code ring}. */
    Coroutine(Ring ring, String label) {
        this.ring = ring;
        this.label = label;
        continuation = null;
        woven = false;
        turn = Turn.RUNNING;
    }

    /** A new member of the caller's ring that runs {@code body}. */
    public static Coroutine of(Body body) {
        return new Lambda(null, null, body);
    }

    /** A new member of the caller's ring that runs {@code body} and that reports and errors call {@code name}. */
    public static Coroutine of(String name, Body body) {
        return new Lambda(name, null, body);
    }

    static Coroutine on(Engine engine, String name, Body body) {
        return new Lambda(name, engine, body);
    }

    /** The coroutine that the caller runs in; the root of its ring outside of any. */
    public static Coroutine current() {
        return Ring.currentMember();
    }

    /**
     * Lets the next of the ring run, or the caller's caller if it was called. Returns when control is back; at once if no
     * other is ready.
     *
     * @throws CoroutineFailedException at the root, if a member fails meanwhile
     */
    public static void yieldNext() {
        Coroutine me = current();
        me.ring.transfer(me, Ring.Move.NEXT, null);
    }

    /** The resumable form of {@link #yieldNext()}; for woven code. */
    public static void yieldNext(Strand strand, @Nullable Frame frame) {
        Coroutine me = Ring.currentMember(strand);
        me.ring.next(me, strand);
    }

    /** The resumable form of {@link #yieldTo}; for woven code. */
    public static void yieldTo(Coroutine target, Strand strand, @Nullable Frame frame) {
        Coroutine me = Ring.currentMember(strand);
        if (target == me) return;
        me.ring.requireReady(target, "yield to");
        me.ring.transfer(me, Ring.Move.TO, target, strand);
    }

    /** The resumable form of {@link #yieldCall}; for woven code. */
    public static void yieldCall(Coroutine target, Strand strand, @Nullable Frame frame) {
        Coroutine me = Ring.currentMember(strand);
        me.ring.requireReady(target, "call");
        me.ring.requireUncalled(target);
        me.ring.transfer(me, Ring.Move.CALL, target, strand);
    }

    /**
     * Lets {@code target} run now; at once if it is the caller. Returns when control is back.
     *
     * @throws RingException.OtherRing if it is a member of another ring
     * @throws RingException.Waiting if it waits in a call
     * @throws CoroutineStateException.Finished if it has finished
     * @throws CoroutineFailedException at the root, if a member fails meanwhile
     */
    public static void yieldTo(Coroutine target) {
        Coroutine me = current();
        if (target == me) return;
        me.ring.requireReady(target, "yield to");
        me.ring.transfer(me, Ring.Move.TO, target);
    }

    /**
     * Lets {@code target} run now, and returns when it next yields, or ends.
     *
     * @throws RingException.OtherRing if it is a member of another ring
     * @throws RingException.Waiting if it waits in a call
     * @throws RingException.Called if another waits in a call of it
     * @throws CoroutineStateException.Running if it is the caller
     * @throws CoroutineStateException.Finished if it has finished
     * @throws CoroutineFailedException if it fails, or, at the root, another
     */
    public static void yieldCall(Coroutine target) {
        Coroutine me = current();
        me.ring.requireReady(target, "call");
        me.ring.requireUncalled(target);
        me.ring.transfer(me, Ring.Move.CALL, target);
    }

    /**
     * Runs the other members until all have ended; for the root. It takes no turns meanwhile.
     *
     * @throws RingException.NotRoot if a member calls it
     * @throws CoroutineFailedException as soon as one fails; the others stay, and can be drained again
     */
    public static void drain() {
        Coroutine me = current();
        me.ring.requireRoot(me, "drain()");
        me.ring.drain();
    }

    /**
     * Closes the other members; for the root. Every one is tried, the first error is thrown in the end.
     *
     * @throws RingException.NotRoot if a member calls it
     */
    public static void closeAll() {
        Coroutine me = current();
        me.ring.requireRoot(me, "closeAll()");
        me.ring.closeAll();
    }

    /** Sets the schedule of the caller's ring; those that are ready move over, in the order that the old one gives. */
    public static void schedule(Schedule schedule) {
        Ring.current().schedule(schedule);
    }

    @SuppressWarnings("unused") // Stored says who calls it
    private @Nullable String unstorable() {
        if (isRoot()) return "it is a thread's own code; store members of its ring instead";
        if (turn() == Turn.RUNNING) return "it is running; store it while another has control";
        boolean waits = callee != null || turn == Turn.WAITING;
        if (waits) return "it waits in a call; store it when that has returned";
        return caller == null ? null : "it was called and has not yielded yet; store it after that";
    }

    @SuppressWarnings("unused") // Stored says who calls it
    private void restored() {
        ring = Ring.current();
        if (turn == Turn.READY) ring.join(this);
    }

    /** Where it stands now: the field, but for a member that has control. */
    Turn turn() {
        Continuation own = continuation;
        boolean runs = own != null && own.state() == Continuation.State.RUNNING;
        return turn == Turn.READY && runs ? Turn.RUNNING : turn;
    }

    /** The body; runs once, from when control first comes to it. */
    protected abstract void run() throws Exception;

    /** The resumable form of the body; for woven code. */
    protected void run(Strand strand) throws Exception {
        run();
    }

    /** Whether its body has ended, failed or been closed; never for a root. */
    public final boolean isFinished() {
        return turn == Turn.FINISHED;
    }

    /** Whether it is the implicit coroutine of its thread. */
    public final boolean isRoot() {
        return continuation == null;
    }

    /** The name it was given, or one after the class that wrote its body; for a root, the thread's. */
    public final String name() {
        return isRoot() ? label : LABELS.nameIn(label);
    }

    /**
     * Ends it and takes it out of the ring: a new one never runs, a suspended one runs its {@code finally} blocks, a finished
     * one stays as it is. Who called it goes on. What its body throws meanwhile comes out of this call.
     *
     * @throws CoroutineStateException.Running if it is running, or a root
     * @throws CoroutineStateException.CloseIgnored if the body catches the unwinding and goes on yielding
     * @throws RingException.OtherRing if the caller belongs to another ring
     */
    @Override
    public final void close() {
        ring.close(this);
    }

    /** What reports and errors call it: its kind and its name. */
    @Override
    public final String toString() {
        return label;
    }

    /** The body of the continuation. */
    @Stored
    private final class Guarded extends dev.corona.kernel.Body {
        @Override
        public boolean isWoven() {
            return woven;
        }

        @Override
        public void run() {
            try {
                Coroutine.this.run();
            } catch (Exception e) {
                throw Flow.<RuntimeException>sneak(e);
            }
        }

        @Override
        public void run(Strand strand) {
            try {
                Coroutine.this.run(strand);
            } catch (Exception e) {
                throw Flow.<RuntimeException>sneak(e);
            }
        }

        @Override
        public @Nullable Object resumed() {
            Ring.throwPending(Coroutine.this);
            return null;
        }

        /** Whom it was to give control to is not asked. */
        @Override
        public void stayed() {
            ring.forgetMove();
        }
    }

    /** A coroutine whose body is a lambda. */
    private static final class Lambda extends Coroutine {
        private final Body body;

        Lambda(@Nullable String name, @Nullable Engine engine, Body body) {
            super(name, engine, body);
            this.body = body;
        }

        @Override
        protected void run() throws Exception {
            body.run();
        }

        @Override
        protected void run(Strand strand) throws Exception {
            body.run(strand);
        }
    }
}
