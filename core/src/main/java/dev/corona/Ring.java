package dev.corona;

import dev.corona.Coroutine.Failure;
import dev.corona.Coroutine.Turn;
import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.RingException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Continuation;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The coroutines of one thread, or of one task on an event loop, and the transfers between them.
 *
 * <p><b>The trampoline.</b> Continuations are asymmetric: one that suspends goes back to who resumed it. So a transfer of the
 * root is a loop at the root that resumes one member after the other, until control comes back to the root itself. A member
 * that transfers writes down its {@link Move} and suspends; the loop carries it out. All changes of the schedule happen
 * there, so a suspension that the engine refuses has changed nothing.
 *
 * <p><b>Invariants.</b> The schedule holds exactly those of turn READY. A WAITING one has a callee whose caller it is, except
 * for the root in {@link #drain}. Calls form chains that end in one that does not wait, so while the ring turns, someone
 * can run.
 */
final class Ring {
    /** What a coroutine that gives up control wants to come next. */
    enum Move {
        NEXT,
        TO,
        CALL,
        DRAIN
    }

    private static final ThreadLocal<Ring> OF_THREADS =
            ThreadLocal.withInitial(() -> new Ring("thread " + Thread.currentThread().getName()));

    /** The rings of tasks: of continuations that are none of this package. */
    private static final Map<Continuation, Ring> OF_TASKS =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Coroutine root;
    private final Set<Coroutine> members = new LinkedHashSet<>();
    private Schedule schedule = Schedule.roundRobin();

    /** The queue of the schedule, if that is round robin: what happens at each turn then is one operation on it. */
    private @Nullable Links queue = queueOf(schedule);

    /** Whether the trampoline runs. */
    private boolean turns;

    /** What the member that suspended wants; null when the trampoline has seen it. */
    private @Nullable Move move;

    private @Nullable Coroutine target;

    /** Whether it wants {@link Move#NEXT}, which is not written to {@code move}: a boolean costs no barrier of the collector. */
    private boolean yielded;

    private Ring(String rootLabel) {
        root = new Root(this, rootLabel);
    }

    /** The ring of the calling code. */
    static Ring current() {
        return find().ring;
    }

    /**
     * The member that the calling code runs in.
     *
     * @throws RingException.Busy if that is the root, but it has transferred to a member and not got control back
     */
    static Coroutine currentMember() {
        Coroutine found = find();
        if (found.isRoot() && found.ring.turns) {
            throw new RingException.Busy(found.toString(), found.ring.running());
        }
        return found;
    }

    /** {@link #currentMember()} for woven code. */
    static Coroutine currentMember(Strand caller) {
        Continuation innermost = Continuation.current(caller);
        return innermost != null && innermost.attachment() instanceof Coroutine member
                ? member
                : currentMember();
    }

    private static Coroutine find() {
        Ring callers = null;
        for (Continuation c = Continuation.current(); c != null; c = c.parent()) {
            switch (c.attachment()) {
                case Coroutine member -> {
                    return member;
                }
                case Flow flow -> callers = flow.callerRing();
                case null, default -> {
                    return ofTask(c).root;
                }
            }
        }
        return (callers != null ? callers : OF_THREADS.get()).root;
    }

    private static Ring ofTask(Continuation task) {
        return OF_TASKS.computeIfAbsent(task, t -> new Ring("" + t));
    }

    /** Takes in a new one. */
    void join(Coroutine newcomer) {
        members.add(newcomer);
        schedule.add(newcomer);
    }

    /** Hands all that are ready to another schedule, in the order of the old one as far as that one works. */
    void schedule(Schedule replacement) {
        Set<Coroutine> rest = readyOnes();
        Schedule old = schedule;
        schedule = replacement;
        queue = queueOf(replacement);
        try {
            Coroutine c = old.next();
            while (c != null && rest.remove(c)) {
                replacement.add(c);
                c = old.next();
            }
        } finally {
            rest.forEach(replacement::add);
        }
    }

    private static @Nullable Links queueOf(Schedule schedule) {
        return schedule instanceof RoundRobin turns ? turns.queue() : null;
    }

    private Set<Coroutine> readyOnes() {
        Set<Coroutine> ready = new LinkedHashSet<>(members);
        ready.add(root);
        ready.removeIf(c -> c.turn() != Turn.READY);
        return ready;
    }

    /** What an error says of who has control. */
    private String running() {
        for (Coroutine each : members) if (each.turn() == Turn.RUNNING) return each.toString();
        return "the next member";
    }

    void requireRoot(Coroutine caller, String operation) {
        if (caller != root) {
            throw new RingException.NotRoot(operation, caller.toString(), root.toString());
        }
    }

    void requireReady(Coroutine wanted, String operation) {
        requireOwn(wanted, operation);
        switch (wanted.turn()) {
            case READY -> {}
            case RUNNING -> throw new CoroutineStateException.Running(wanted.toString(), "resume");
            case FINISHED -> throw new CoroutineStateException.Finished(wanted.toString());
            case WAITING ->
                    throw new RingException.Waiting(
                            operation, wanted.toString(), awaitedBy(wanted));
        }
    }

    void requireUncalled(Coroutine wanted) {
        Coroutine caller = wanted.caller;
        if (caller != null) throw new RingException.Called(wanted.toString(), caller.toString());
    }

    private void requireOwn(Coroutine wanted, String operation) {
        if (wanted.ring == this) return;
        throw new RingException.OtherRing(
                operation, wanted.toString(), wanted.ring.root.toString(), root.toString());
    }

    private static String awaitedBy(Coroutine waiting) {
        Coroutine callee = waiting.callee;
        return callee == null ? "the end of all others" : callee.toString();
    }

    /** Gives up control and returns when {@code from} has it again. */
    void transfer(Coroutine from, Move wanted, @Nullable Coroutine to) {
        Continuation own = from.continuation;
        if (own == null) turn(wanted, to);
        else leave(own, wanted, to);
        throwPending(from);
    }

    /** {@link #transfer(Coroutine, Move, Coroutine)} as woven code. */
    void transfer(Coroutine from, Move wanted, @Nullable Coroutine to, Strand strand) {
        Continuation own = from.continuation;
        if (own == null || !own.pause(strand)) transfer(from, wanted, to);
        else want(wanted, to);
    }

    /** {@link #transfer(Coroutine, Move, Coroutine, Strand)} to the next. */
    void next(Coroutine from, Strand strand) {
        Continuation own = from.continuation;
        if (own == null || !own.pause(strand)) transfer(from, Move.NEXT, null);
        else yielded = true;
    }

    private void want(Move wanted, @Nullable Coroutine to) {
        yielded = wanted == Move.NEXT;
        if (yielded) return;
        move = wanted;
        target = to;
    }

    private void leave(Continuation own, Move wanted, @Nullable Coroutine to) {
        want(wanted, to);
        try {
            own.suspend();
        } catch (Throwable refused) {
            forgetMove();
            throw refused;
        }
    }

    static void throwPending(Coroutine receiver) {
        Failure failure = receiver.pending;
        if (failure == null) return;
        receiver.pending = null;
        throw new CoroutineFailedException(failure.label(), failure.thrown());
    }

    /** The trampoline. */
    private void turn(Move wanted, @Nullable Coroutine to) {
        Strand strand = Continuation.strand(null);
        try {
            Coroutine next = choose(root, wanted, to);
            turns = true;
            while (next != root) next = step(next, strand);
            root.turn = Turn.RUNNING;
        } catch (Throwable thrown) {
            wakeRoot(thrown);
            throw thrown;
        } finally {
            turns = false;
        }
    }

    /** Runs {@code member} until it gives up control; returns who has it then. */
    private Coroutine step(Coroutine member, Strand strand) {
        Continuation own = member.continuation;
        if (own == null) throw new AssertionError("a second root in the ring of " + root);
        if (member.pending != null) own.askForResult();
        boolean ready = own.isReady();
        if (ready && own.stepInRing(strand)) return carryOut(member);
        try {
            if (ready) own.throwFailure();
            else own.resumeOn(strand);
        } catch (Throwable thrown) {
            forgetMove();
            if (own.isFinished()) return failed(member, thrown);
            ready(member);
            throw thrown;
        }
        if (!own.isFinished()) return carryOut(member);
        forgetMove();
        return finished(member);
    }

    /** What a member wanted that could not be suspended for it. */
    void forgetMove() {
        yielded = false;
        move = null;
        target = null;
    }

    private Coroutine carryOut(Coroutine member) {
        if (yielded) return carryOutNext(member);
        Move wanted = move;
        move = null;
        Coroutine to = target;
        target = null;
        if (wanted == null) throw new AssertionError(member + " suspended without a transfer");
        return choose(member, wanted, to);
    }

    private Coroutine carryOutNext(Coroutine member) {
        yielded = false;
        Links turns = queue;
        return turns == null || member.caller != null
                ? choose(member, Move.NEXT, null)
                : turns.rotate(member);
    }

    /** Takes {@code from} out of control and says who gets it. */
    private Coroutine choose(Coroutine from, Move wanted, @Nullable Coroutine to) {
        return switch (wanted) {
            case NEXT -> {
                Coroutine caller = releaseCaller(from);
                ready(from);
                yield caller != null ? caller : pick();
            }
            case TO -> {
                ready(from);
                yield take(to);
            }
            case CALL -> {
                Coroutine called = take(to);
                from.turn = Turn.WAITING;
                from.callee = called;
                called.caller = from;
                yield called;
            }
            case DRAIN -> {
                from.turn = Turn.WAITING;
                yield pick();
            }
        };
    }

    private Coroutine take(@Nullable Coroutine to) {
        if (to == null) throw new AssertionError("a transfer without a target in " + root);
        schedule.remove(to);
        return to;
    }

    private void ready(Coroutine member) {
        member.turn = Turn.READY;
        schedule.add(member);
    }

    private Coroutine pick() {
        Coroutine next = schedule.next();
        if (next == null) throw badSchedule("nothing");
        if (next.ring != this || next.turn != Turn.READY) {
            throw badSchedule("%s (%s)".formatted(next, next.turn));
        }
        return next;
    }

    private RingException badSchedule(String given) {
        return new RingException.BadSchedule(schedule.toString(), given);
    }

    private Coroutine finished(Coroutine member) {
        Coroutine caller = retire(member);
        if (caller != null) return caller;
        return isDrained() ? root : pick();
    }

    private boolean isDrained() {
        return members.isEmpty() && root.turn == Turn.WAITING;
    }

    /** An unwinding that ended a member is not its own: what encloses the whole ring is being closed. */
    private Coroutine failed(Coroutine member, Throwable thrown) {
        Coroutine caller = retire(member);
        if (thrown instanceof Unwinding unwinding) {
            if (caller != null && caller != root) ready(caller);
            throw unwinding;
        }
        Coroutine receiver = caller == null ? root : caller;
        if (receiver == root) wakeRoot();
        receiver.pending = new Failure(member.toString(), thrown);
        return receiver;
    }

    /** Takes a finished one out of the ring; returns who waited for it, if anyone. */
    private @Nullable Coroutine retire(Coroutine member) {
        member.turn = Turn.FINISHED;
        members.remove(member);
        if (queue != null) queue.settle();
        return releaseCaller(member);
    }

    private static @Nullable Coroutine releaseCaller(Coroutine callee) {
        Coroutine caller = callee.caller;
        if (caller == null) return null;
        callee.caller = null;
        caller.callee = null;
        if (!caller.isRoot()) caller.turn = Turn.READY;
        return caller;
    }

    /** Gives the root control, wherever it stands. */
    private void wakeRoot() {
        boolean scheduled = root.turn == Turn.READY;
        root.turn = Turn.RUNNING;
        forgetCallee(root);
        if (scheduled) schedule.remove(root);
    }

    /** Gives the root control because of {@code thrown}, which an error of the schedule must not hide. */
    private void wakeRoot(Throwable thrown) {
        try {
            wakeRoot();
        } catch (RuntimeException e) {
            thrown.addSuppressed(e);
        }
    }

    private static void forgetCallee(Coroutine caller) {
        Coroutine callee = caller.callee;
        caller.callee = null;
        if (callee != null) callee.caller = null;
    }

    void drain() {
        while (!members.isEmpty()) transfer(root, Move.DRAIN, null);
    }

    void closeAll() {
        Failures failures = new Failures();
        Set<Coroutine> tried = new LinkedHashSet<>();
        for (List<Coroutine> rest = rest(tried); !rest.isEmpty(); rest = rest(tried)) {
            for (Coroutine member : rest) failures.attempt(member::close);
            tried.addAll(rest);
        }
        failures.throwIfAny();
    }

    private List<Coroutine> rest(Set<Coroutine> tried) {
        List<Coroutine> rest = new ArrayList<>(members);
        rest.removeAll(tried);
        return rest;
    }

    void close(Coroutine member) {
        Ring.current().requireOwn(member, "close");
        Continuation own = member.continuation;
        if (own == null || member.turn() == Turn.RUNNING) {
            throw new CoroutineStateException.Running(member.toString(), "close");
        }
        if (member.turn == Turn.FINISHED) return;
        if (member.turn == Turn.READY) schedule.remove(member);
        forgetCallee(member);
        member.turn = Turn.RUNNING;
        try {
            own.close();
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new CoroutineFailedException(member.toString(), checked);
        } finally {
            afterClosing(member, own);
        }
    }

    private void afterClosing(Coroutine member, Continuation own) {
        if (!own.isFinished()) {
            ready(member);
            return;
        }
        Coroutine caller = retire(member);
        if (caller != null) ready(caller);
    }

    /** The code of a thread or task outside of every coroutine. */
    private static final class Root extends Coroutine {
        Root(Ring ring, String label) {
            super(ring, label);
        }

        @Override
        protected void run() {
            throw new AssertionError(this + " has no body of its own");
        }
    }
}
