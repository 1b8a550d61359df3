package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * The places at which a running program looks whether it is to pause: the beginnings of functions, and jumps backwards.
 *
 * <p>Loops ask {@link #requested()}, which is the constant false to the JIT compiler until somebody asks a runtime of this
 * process to stop; then it is compiled anew with a look at a variable in it, until the stop has been served. Where that happens often
 * the look stays.
 */
public final class Polls {
    /** After so many requests, loops are not compiled without the look any more. */
    private static final int PATIENCE = 20;

    private static final MethodHandle NEVER = MethodHandles.constant(boolean.class, false);
    private static final MethodHandle LOOK;
    private static final MutableCallSite SITE =
            new MutableCallSite(MethodType.methodType(boolean.class));
    private static final MethodHandle ASK;

    static {
        try {
            LOOK =
                    MethodHandles.lookup()
                            .findStaticGetter(Polls.class, "isRequested", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        SITE.setTarget(NEVER);
        ASK = SITE.dynamicInvoker();
    }

    private static volatile boolean isRequested;
    private static int pending;
    private static int requests;

    private Polls() {}

    /** Whether any runtime is to stop. */
    public static boolean requested() {
        try {
            return (boolean) ASK.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Makes loops ask, until {@link #served()}. */
    static synchronized void ask() {
        if (pending++ > 0) return;
        isRequested = true;
        if (requests++ <= PATIENCE) setTarget(LOOK);
    }

    /** A request has been served or taken back. */
    static synchronized void served() {
        if (--pending > 0) return;
        isRequested = false;
        if (requests <= PATIENCE) setTarget(NEVER);
    }

    private static void setTarget(MethodHandle target) {
        SITE.setTarget(target);
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }

    /** The rest of a poll in a loop that something is due in. */
    @Resumable
    public static @Nullable Object inLoop(LuaState state) {
        if (state.isDue()) state.pause();
        return null;
    }

    /** A function that an error keeps from beginning was entered in vain. */
    @Resumable
    private static void pauseAtEntry(LuaState state) {
        try {
            if (state.isDue()) state.pause();
            state.payDebt();
        } catch (LuaError e) {
            state.depth--;
            throw e;
        }
    }

    /** The rest of a beginning of a function for which the stack is too deep, or something else is due. */
    @Resumable
    public static @Nullable Object atEntry(LuaState state) {
        pauseAtEntry(state);
        if (state.isDeep()) state.moveStack();
        return null;
    }

    /** Goes on with {@code result}, in the bodies that frames enter. */
    @Resumable
    public static @Nullable Object leaveStack(LuaState state, @Nullable Object result) {
        state.leaveStack();
        return result;
    }
}
