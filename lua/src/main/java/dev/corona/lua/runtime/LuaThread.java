package dev.corona.lua.runtime;

import dev.corona.Resumable;
import dev.corona.errors.CoroutineStateException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

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
    private int nesting;

    /** How many Lua calls are active below it, and how many in it while it is suspended. */
    private int base;

    private int ownDepth;

    /** How many protected calls are active in it. */
    private int protections;

    /** Variables that its error left open, the innermost first: {@link #close} closes them. */
    private @Nullable List<@Nullable Object> unclosed;

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

    /** A protected call in it begins. */
    public void enterProtected() {
        protections++;
    }

    /** A protected call in it has ended. */
    public void leaveProtected() {
        protections--;
    }

    /** Whether an error that is thrown now ends it. */
    boolean endsByError() {
        return !isMain() && protections == 0;
    }

    /** Keeps open a variable of a block that the error leaves by which this ends. */
    void leaveUnclosed(@Nullable Object value) {
        if (unclosed == null) unclosed = new ArrayList<>();
        unclosed.add(value);
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
     * Leaves the running coroutine.
     *
     * @return what the next resume passes
     */
    @Resumable
    public static @Nullable Object yield(LuaState state, @Nullable Object values) {
        LuaThread self = state.currentThread();
        Continuation c = self.continuation;
        if (c == null)
            throw new LuaError(LuaString.of("attempt to yield from outside a coroutine"));
        self.transfer = values;
        self.yielded = true;
        try {
            c.suspend();
        } catch (CoroutineStateException refused) {
            self.yielded = false;
            throw new LuaError(LuaString.of("attempt to yield across a C-call boundary"), refused);
        }
        if (self.killed) throw new Killed();
        return self.take();
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
            return closeWhatIsLeft(error);
        }
        Continuation c = continuation;
        if (c == null || c.state() == Continuation.State.NEW) {
            status = Status.DEAD;
            return null;
        }
        return kill();
    }

    @Resumable
    private @Nullable LuaError closeWhatIsLeft(@Nullable LuaError error) {
        List<@Nullable Object> values = unclosed;
        unclosed = null;
        if (values == null || error == null) return error;
        Throwable thrown = error;
        for (int i = 0; i < values.size(); i++) {
            thrown = Regions.closeAfter(state, values.get(i), thrown);
        }
        return state.asError(thrown);
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
