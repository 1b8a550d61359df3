package dev.corona.lua.runtime;

import dev.corona.Resumable;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/**
 * A Lua thread, that is a coroutine, or the main one of a runtime, which is no coroutine. A suspended one is nothing but objects; one that
 * nobody refers to is collected.
 */
public final class LuaThread extends LuaObject {
    /** The states of the manual. */
    public enum Status {
        SUSPENDED,
        RUNNING,
        NORMAL,
        DEAD
    }

    /** How many coroutines may be resumed inside each other: the reference implementation's limit. */
    private static final int MAX_NESTING = 195;

    private final LuaState state;
    private final @Nullable Continuation continuation;

    /** What goes in with the next resume, and comes out with the next yield or at the end. */
    private @Nullable Object transfer;

    private Status status;
    private @Nullable LuaThread resumer;
    private @Nullable LuaError failure;
    private boolean killed;
    private boolean yielded;
    private @Nullable YieldFrame frame;
    private int nesting;

    /** How many Lua calls are active below it, and how many in it while it is suspended. */
    private int base;

    private int ownDepth;

    /** The main thread. */
    LuaThread(LuaState state) {
        this.state = state;
        continuation = null;
        status = Status.RUNNING;
    }

    public LuaThread(LuaState state, LuaFunction function) {
        this.state = state;
        continuation = Engines.woven().create("Lua coroutine", new Run(this, function));
        status = Status.SUSPENDED;
    }

    /** The body, which is woven. */
    private record Run(LuaThread thread, LuaFunction function) implements Runnable {
        @Override
        @Resumable
        public void run() {
            @Nullable Object[] arguments = Values.all(thread.take());
            thread.transfer = function.call(arguments);
        }
    }

    @Override
    protected LuaString type() {
        return LuaTypes.THREAD;
    }

    public Status status() {
        return status;
    }

    public boolean isMain() {
        return continuation == null;
    }

    int base() {
        return base;
    }

    /** The Lua error that something thrown in it stands for. */
    public LuaError asError(Throwable thrown) {
        return state.asError(thrown);
    }

    private @Nullable Object take() {
        Object value = transfer;
        transfer = null;
        return value;
    }

    /** The error that it ended by; null if it did not. */
    public @Nullable LuaError failure() {
        return failure;
    }

    /**
     * Runs it until it yields or ends.
     *
     * @param arguments for the function, or for what {@code yield} returns
     * @return what it yields or returns
     * @throws LuaError if it ends by one, or cannot be resumed
     */
    @Resumable
    public @Nullable Object resume(@Nullable Object arguments) {
        requireResumable();
        LuaThread from = state.currentThread();
        int depth = state.depth;
        enter(from, depth);
        transfer = arguments;
        try {
            transferTo();
        } catch (Throwable thrown) {
            leave(from, depth);
            status = Status.DEAD;
            if (thrown instanceof LuaError e) failure = e;
            throw thrown;
        }
        boolean ended = !yielded;
        ownDepth = state.depth - depth;
        leave(from, depth);
        status = ended ? Status.DEAD : Status.SUSPENDED;
        return take();
    }

    /** Enters the continuation until it yields; when the whole program is suspended meanwhile, this is left with it. */
    @Resumable
    private void transferTo() {
        yielded = false;
        Continuation c = continuation;
        if (c != null) c.resume();
    }

    private void requireResumable() {
        if (status == Status.DEAD) throw new LuaError(LuaString.of("cannot resume dead coroutine"));
        if (status != Status.SUSPENDED)
            throw new LuaError(LuaString.of("cannot resume non-suspended coroutine"));
        if (state.currentThread().nesting >= MAX_NESTING)
            throw new LuaError(LuaString.of("C stack overflow"));
    }

    private void enter(LuaThread from, int depth) {
        from.status = Status.NORMAL;
        resumer = from;
        nesting = from.nesting + 1;
        base = depth;
        state.depth = depth + ownDepth;
        status = Status.RUNNING;
        state.currentThread(this);
    }

    private void leave(LuaThread to, int depth) {
        state.depth = depth;
        state.currentThread(to);
        to.status = Status.RUNNING;
        resumer = null;
    }

    /** Whether code that runs now may yield. */
    public static boolean isYieldable(LuaState state) {
        return !state.currentThread().isMain();
    }

    /**
     * Leaves the running coroutine, in resumable form: its only frame has {@code code}, which is to go on by {@link #afterYield}.
     *
     * @return nothing of meaning; what the next resume passes is given to the caller's frame
     */
    public static @Nullable Object yield(
            LuaState state, @Nullable Object values, Code code, Strand strand) {
        LuaThread self = state.currentThread();
        Continuation c = self.continuation;
        if (c == null || !c.pause(strand)) throw cannotYield(state);
        self.transfer = values;
        self.yielded = true;
        YieldFrame frame = self.frame;
        if (frame == null) self.frame = frame = new YieldFrame(self, code);
        strand.push(frame);
        return null;
    }

    /** The error of a yield where there is nothing to yield from, or a call that cannot be suspended in between. */
    public static LuaError cannotYield(LuaState state) {
        return new LuaError(
                LuaString.of(
                        state.currentThread().isMain()
                                ? "attempt to yield from outside a coroutine"
                                : "attempt to yield across a C-call boundary"));
    }

    /** The frame of a coroutine that has yielded; the same each time. */
    @Stored
    private static final class YieldFrame extends Frame {
        private final LuaThread thread;

        YieldFrame(LuaThread thread, Code code) {
            super(code);
            this.thread = thread;
        }
    }

    /** Goes on behind {@link #yield}. */
    public static void afterYield(Frame frame, Strand strand) {
        strand.throwFailure();
        LuaThread self = ((YieldFrame) frame).thread;
        if (self.killed) throw new Killed();
        strand.ra = self.take();
    }

    /**
     * Ends it: closes its to-be-closed variables.
     *
     * @return the error that it had ended by, or that closing raised; null if there was none
     * @throws LuaError if it runs
     */
    @Resumable
    public @Nullable LuaError close() {
        if (status == Status.RUNNING || status == Status.NORMAL) {
            String shown = status.name().toLowerCase(java.util.Locale.ROOT);
            throw new LuaError(LuaString.of("cannot close a " + shown + " coroutine"));
        }
        if (status == Status.DEAD) {
            LuaError error = failure;
            failure = null;
            return error;
        }
        Continuation c = continuation;
        if (c == null || c.state() == Continuation.State.NEW) {
            status = Status.DEAD;
            return null;
        }
        return kill();
    }

    @Resumable
    private @Nullable LuaError kill() {
        killed = true;
        try {
            resume(null);
        } catch (Killed k) {
            return k.replaced();
        } catch (LuaError e) {
            failure = null;
            return e;
        }
        status = Status.DEAD;
        return null;
    }

    @Override
    public String toString() {
        return String.format("thread: 0x%08x", System.identityHashCode(this));
    }
}
