package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * Calls hooks. Compiled code knows nothing of them: while a thread has a hook, the functions that it calls are interpreted. Each form of a call
 * asks {@link #anywhere()}, which is the constant false to the JIT compiler until some thread of the process gets a hook.
 */
@Resumable
public final class Hooks {
    private static final LuaString CALL = LuaString.of("call");
    private static final LuaString TAIL_CALL = LuaString.of("tail call");
    private static final LuaString RETURN = LuaString.of("return");
    private static final LuaString LINE = LuaString.of("line");
    private static final LuaString COUNT = LuaString.of("count");

    private static final MutableCallSite SITE =
            new MutableCallSite(MethodType.methodType(boolean.class));
    private static final MethodHandle ANYWHERE;

    static {
        SITE.setTarget(MethodHandles.constant(boolean.class, false));
        ANYWHERE = SITE.dynamicInvoker();
    }

    /** How many threads have a hook. */
    private static int threads;

    private Hooks() {}

    /** Whether any thread of this process may have a hook. */
    public static boolean anywhere() {
        try {
            return (boolean) ANYWHERE.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    static synchronized void begin() {
        if (threads++ == 0) setAnywhere(true);
    }

    static synchronized void end() {
        if (--threads == 0) setAnywhere(false);
    }

    private static void setAnywhere(boolean value) {
        SITE.setTarget(MethodHandles.constant(boolean.class, value));
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }

    /** Whether a call of a function is to be interpreted. */
    public static boolean isHooked(LuaClosure function) {
        return function.state.currentThread().dueHook() != null;
    }

    /** Interprets a call. */
    public static @Nullable Object interpret(LuaClosure function, @Nullable Object[] arguments) {
        LuaCode code = LuaCode.of(function.getClass());
        if (code == null) throw new AssertionError("no code of " + function.getClass());
        InterpretedClosure.Interpreter interpreter =
                code.info().interpreter(function.getClass().getName());
        return interpreter.run(function, arguments);
    }

    // ---- what interpreted code tells

    /** An instruction is about to be executed. */
    public static void atInstruction(LuaThread thread, int line, boolean isNewLine) {
        Hook hook = thread.dueHook();
        if (hook == null) return;
        if (thread.countsDown(hook)) event(thread, hook, COUNT, null, null);
        if (isNewLine && hook.onLine()) event(thread, hook, LINE, (long) line, null);
    }

    /** A function begins. */
    public static void atCall(LuaThread thread) {
        Hook hook = thread.dueHook();
        boolean tail = thread.takeTailCall();
        if (hook != null && hook.onCall()) event(thread, hook, tail ? TAIL_CALL : CALL, null, null);
    }

    /** A function is about to return. */
    public static void atReturn(LuaThread thread) {
        Hook hook = thread.dueHook();
        if (hook != null && hook.onReturn()) event(thread, hook, RETURN, null, null);
    }

    /** Makes a call; functions of the library do not tell themselves that they begin and end. */
    public static @Nullable Object call(
            LuaThread thread, LuaFunction f, @Nullable Object[] arguments) {
        if (f instanceof LuaClosure || f instanceof CallHandler) return f.call(arguments);
        Hook before = thread.dueHook();
        if (before != null && before.onCall()) event(thread, before, CALL, null, f);
        Object result = f.call(arguments);
        Hook after = thread.dueHook();
        if (after != null && after.onReturn()) event(thread, after, RETURN, null, f);
        return result;
    }

    /** Makes a call in tail position. */
    public static @Nullable Object tailCall(
            LuaThread thread, LuaFunction f, @Nullable Object[] arguments) {
        if (f instanceof LuaClosure && thread.dueHook() != null) thread.noteTailCall();
        return call(thread, f, arguments);
    }

    private static void event(
            LuaThread thread,
            Hook hook,
            LuaString event,
            @Nullable Object line,
            @Nullable LuaFunction library) {
        thread.hooking(true, library);
        try {
            hook.function().call(event, line);
        } finally {
            thread.hooking(false, null);
        }
    }
}
