package dev.corona.lua.runtime;

import dev.corona.Resumable;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;
import dev.corona.snapshot.Restored;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Stored;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A Lua thread, that is a coroutine, or the main one of a runtime, which is no coroutine. A suspended one is nothing but objects; one that
 * nobody refers to is collected.
 */
public final class LuaThread extends LuaObject implements Restored {
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
    private @Nullable YieldFrame frame;
    private int nesting;

    /** How many Lua calls are active below it, and how many in it while it is suspended. */
    private int base;

    private int ownDepth;

    private Protection protection = Protection.NONE;

    /** The innermost call that is interpreted, and the innermost message handler at work. */
    private @Nullable Activation activation;

    private @Nullable Handling handling;

    private @Nullable Hook hook;

    /** Whether its hook is at work, and which function of the library that is about. */
    private boolean hooking;

    private @Nullable LuaFunction hookedLibrary;
    private int untilCount;
    private boolean tailCall;

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

    /** The Lua error that something thrown in it stands for. */
    public LuaError asError(Throwable thrown) {
        return state.asError(thrown);
    }

    private void die() {
        status = Status.DEAD;
        hook(null);
    }

    // ---- hooks

    public @Nullable Hook hook() {
        return hook;
    }

    @Override
    public void restored() {
        if (hook != null) Hooks.begin();
    }

    /** Sets its hook; null for none. */
    public void hook(@Nullable Hook newHook) {
        if (hook == null && newHook != null) Hooks.begin();
        if (hook != null && newHook == null) Hooks.end();
        hook = newHook;
        untilCount = newHook == null ? 0 : newHook.count();
    }

    /** The hook that is to be called for what happens; null if there is none or it is at work. */
    @Nullable Hook dueHook() {
        return hooking ? null : hook;
    }

    /** Whether the hook's count of instructions has been reached by one more. */
    boolean countsDown(Hook current) {
        if (current.count() == 0 || --untilCount > 0) return false;
        untilCount = current.count();
        return true;
    }

    void hooking(boolean on, @Nullable LuaFunction library) {
        hooking = on;
        hookedLibrary = library;
    }

    /** The next function that begins was called in tail position. */
    void noteTailCall() {
        tailCall = true;
    }

    boolean takeTailCall() {
        boolean taken = tailCall;
        tailCall = false;
        return taken;
    }

    @Nullable LuaFunction hookedLibrary() {
        return hookedLibrary;
    }

    // ---- errors

    /**
     * What becomes of an error that is raised now.
     *
     * @param isCaught whether something in the thread, or the host, catches it
     * @param isTraced whether its stack matters: nobody in Lua catches it, or a message handler sees it
     * @param handler sees it before the stack is unwound; null for nothing
     */
    public record Protection(boolean isCaught, boolean isTraced, @Nullable LuaFunction handler) {
        static final Protection NONE = new Protection(false, true, null);
        static final Protection BY_HOST = new Protection(true, true, null);
        private static final Protection BY_PCALL = new Protection(true, false, null);

        /**
         * That of a protected call.
         *
         * @param messages its message handler; null for none
         */
        public static Protection by(@Nullable LuaFunction messages) {
            return messages == null ? BY_PCALL : new Protection(true, true, messages);
        }

        /** That of a call whose errors are caught, and that differs in nothing else. */
        public Protection caught() {
            return isCaught ? this : new Protection(true, isTraced, handler);
        }
    }

    public Protection protection() {
        return protection;
    }

    /** Begins a protected call, or ends it, which has to restore what there was before. */
    public void protection(Protection now) {
        protection = now;
    }

    /** Shows an error to the message handler of the innermost protected call, unless that has seen it. */
    @Resumable
    public void handle(LuaError error) {
        LuaFunction function = protection.handler;
        if (function == null || error.isHandled()) return;
        error.handled(Handling.result(state, function, error));
    }

    /** What the active calls of a program have in a thread, which several programs may share that are paused by turns. */
    record Calls(
            Status status,
            Protection protection,
            @Nullable Activation activation,
            @Nullable Handling handling) {
        static final Calls NONE = new Calls(Status.RUNNING, Protection.BY_HOST, null, null);
    }

    /** Gives the thread those of another program; returns what it had. */
    Calls exchange(Calls calls) {
        Calls before = new Calls(status, protection, activation, handling);
        status = calls.status;
        protection = calls.protection;
        activation = calls.activation;
        handling = calls.handling;
        return before;
    }

    @Nullable Activation activation() {
        return activation;
    }

    void activation(@Nullable Activation innermost) {
        activation = innermost;
    }

    @Nullable Handling handling() {
        return handling;
    }

    void handling(@Nullable Handling innermost) {
        handling = innermost;
    }

    /** Whether it runs, or waits for one that it has resumed. */
    boolean isActive() {
        return status == Status.RUNNING || status == Status.NORMAL;
    }

    /** The frames of one that has yielded, innermost first. */
    private List<Frame> ownFrames() {
        return continuation == null ? List.of() : continuation.frames();
    }

    /**
     * Its frames, innermost first, while it or the whole program is suspended.
     *
     * @param program the frames of the program that it runs in
     */
    List<Frame> frames(List<Frame> program) {
        if (!isActive()) return ownFrames();
        int start = 0;
        for (LuaThread t = state.currentThread(); t != this && t != null; t = t.resumer) {
            start = endOfBody(program, start);
        }
        return program.subList(start, endOfBody(program, start));
    }

    /** The index behind the frame of the body that is the next from {@code start} on. */
    private static int endOfBody(List<Frame> frames, int start) {
        int end = start;
        while (end < frames.size()) if (frames.get(end++).code.owner() == Run.class) break;
        return end;
    }

    /** Whether an error that is thrown now ends it. */
    boolean endsByError() {
        return !isMain() && !protection.isCaught;
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
        int stack = state.stack();
        int room = state.room();
        int stackLimit = state.stackLimit();
        enter(from, depth);
        transfer = arguments;
        try {
            transferTo();
        } catch (Throwable thrown) {
            status = Status.DEAD; // first, since there may be no stack for a call
            leave(from, depth);
            state.backOnStack(stack, room, stackLimit);
            die();
            if (thrown instanceof LuaError e) failure = e;
            throw thrown;
        }
        boolean ended = continuation != null && continuation.isFinished();
        ownDepth = state.depth - depth;
        leave(from, depth);
        state.backOnStack(stack, room, stackLimit);
        if (ended) die();
        else status = Status.SUSPENDED;
        return take();
    }

    /** Enters the continuation until it yields; when the whole program is suspended meanwhile, this is left with it. */
    @Resumable
    private void transferTo() {
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
        state.currentThread(this);
        from.status = Status.NORMAL;
        resumer = from;
        nesting = from.nesting + 1;
        base = depth;
        state.shareStack();
        state.depth = depth + ownDepth;
        status = Status.RUNNING;
    }

    private void leave(LuaThread to, int depth) {
        state.depth = depth;
        state.currentThread(to);
        to.status = Status.RUNNING;
        resumer = null;
    }

    /** The one that runs now, of its runtime. */
    public LuaThread running() {
        return state.currentThread();
    }

    /**
     * Goes on where an error is caught. Takes control back from those that were resumed in it, if an error of the JVM left no stack to
     * take it from them.
     *
     * @param depth how many Lua calls are active there
     */
    public void recover(int depth) {
        state.depth = depth;
        if (state.currentThread() == this) return;
        for (LuaThread t = state.currentThread(); t != this && t != null; t = t.resumer) t.die();
        state.currentThread(this);
        status = Status.RUNNING;
        state.leaveStackSoon();
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
