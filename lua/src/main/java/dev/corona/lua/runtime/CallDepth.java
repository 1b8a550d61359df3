package dev.corona.lua.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How deep the Lua calls of a runtime are, and when they leave the Java stack.
 *
 * <p>{@link #depth} counts the active Lua calls of the running coroutine and of those that resumed it. Every {@link #LEVELS} of them the
 * whole program leaves the Java stack for the heap and goes on on an empty one. A coroutine shares the Java stack with what resumed it, and
 * has what is left of those levels.
 */
public abstract sealed class CallDepth permits LuaState {
    /** How many Lua calls one Java stack takes before it is left. */
    private static final int LEVELS = 160;

    /** How many Lua calls a coroutine may have active, unless the host wants fewer. */
    public static final int MAX_DEPTH = 195_000;

    /** How many tail calls follow each other on the Java stack before it is unwound. */
    private static final int TAILS = 64;

    /** How many Lua calls are active. */
    public int depth;

    /**
     * The depth at which the Java stack is to be left; -1 if a pause is due. It is written as a volatile variable but read as a plain one:
     * otherwise the JIT compiler would have to forget what it knows at each call that it inlines. Calls that it does not inline read it
     * anew, and loops hear of a pause by {@link Polls}.
     */
    int depthLimit = LEVELS;

    private static final VarHandle DEPTH_LIMIT = depthLimitHandle();

    private static VarHandle depthLimitHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(CallDepth.class, "depthLimit", int.class);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private int stackLimit = LEVELS;

    /** How many Lua calls the Java stack takes from the bottom of the running coroutine on. */
    private int room = LEVELS;

    /** Tells the Java stacks apart that programs had: another number when one begins on an empty one. */
    private int stack;

    private int stacks;
    private int maxDepth = MAX_DEPTH;
    private int tails;
    private volatile boolean pauseRequested;

    /** Counts a call; whether {@link Polls#atEntry} is to be called. */
    public boolean enter() {
        return ++depth > depthLimit;
    }

    /** A function was entered again by its frame, as the only call of the running coroutine on the Java stack. */
    public void entered() {
        int left = stackLimit - depth;
        if (left > room || left < room >> 1) setStackLimit(depth + room - (room >> 2));
    }

    /** {@link #entered()}, for code that cannot tell when it was entered by its frame: to be called before it calls. */
    public void mayBeEntered() {
        if (stackLimit - depth > room) entered();
    }

    /** Whether a call in tail position is to be made by the caller. */
    public boolean unwindsTail() {
        return (++tails & TAILS - 1) == 0;
    }

    /** Sets how many Lua calls a coroutine may have active; counted by {@link #LEVELS}. */
    public void limitDepth(int calls) {
        maxDepth = calls;
    }

    boolean isTooDeep(int calls) {
        return calls > maxDepth;
    }

    // ---- the Java stack

    boolean isDeep() {
        return depth > stackLimit;
    }

    /** The Java stack is about to be left for the heap. */
    void leavesStack() {
        setStackLimit(depth + LEVELS);
    }

    /** Makes the next call leave the Java stack, where nobody knows how much of it is left. */
    void leaveStackSoon() {
        room = 0;
        setStackLimit(depth);
    }

    /** The program goes on with no other call on the Java stack. */
    void onEmptyStack() {
        stack = ++stacks;
        room = LEVELS;
        entered();
    }

    /** The Java stack of the running program, for {@link #backOnStack}. */
    int stack() {
        return stack;
    }

    int room() {
        return room;
    }

    int stackLimit() {
        return stackLimit;
    }

    /** The coroutine that goes on now is resumed on top of the calls that are on the Java stack, and shares it with them. */
    void shareStack() {
        room = Math.max(stackLimit - depth, 0);
    }

    /** Back to a resumer, with what its stack took, unless the stack was left meanwhile: then it is the resumer's alone. */
    void backOnStack(int itsStack, int itsRoom, int itsLimit) {
        if (stack != itsStack) {
            room = LEVELS;
            return;
        }
        room = itsRoom;
        if (stackLimit != itsLimit) setStackLimit(itsLimit);
    }

    /** Back to the program that called the host which ran another one, on the stack that the host was called on. */
    void backFromProgram(int itsStack, int itsRoom, int itsLimit) {
        stack = itsStack;
        backOnStack(itsStack, itsRoom, itsLimit);
    }

    private void setStackLimit(int limit) {
        stackLimit = limit;
        if (depthLimit >= 0) DEPTH_LIMIT.setVolatile(this, limit);
        if (pauseRequested) DEPTH_LIMIT.setVolatile(this, -1);
    }

    // ---- requests to pause, which functions see as a limit

    /** Asks for a pause, from any thread; false if somebody has already. */
    boolean askForPause() {
        if (pauseRequested) return false;
        pauseRequested = true;
        DEPTH_LIMIT.setVolatile(this, -1);
        return true;
    }

    boolean isPauseRequested() {
        return pauseRequested;
    }

    /** Ends the request; false if there is none. */
    boolean takePauseRequest() {
        if (!pauseRequested) return false;
        pauseRequested = false;
        DEPTH_LIMIT.setVolatile(this, stackLimit);
        return true;
    }
}
