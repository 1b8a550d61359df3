package dev.corona.lua.runtime;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes levels of the Java methods that are active, innermost first. A function of the library is several methods: those of its form of
 * call, what that calls in turn, and helpers that are no functions. A compiled function is the method {@code body}; one that made a call in
 * tail position may still be on the stack, and does not count.
 */
final class Levels {
    /** The end of the names of the methods through which the engine enters frames. */
    private static final String WAY_IN = "$resume";

    private final int wanted;
    private final List<Level> levels = new ArrayList<>();
    private @Nullable Activation activation;
    private @Nullable Handling handling;
    private @Nullable LuaFunction hooked;
    private boolean isWhole;

    /** Whether the method before was one of a library function, and whether its form that is called has passed. */
    private boolean inLibrary;

    private boolean called;

    /**
     * @param wanted how many levels are needed
     */
    Levels(LuaThread thread, int wanted) {
        this.wanted = wanted;
        activation = thread.activation();
        handling = thread.handling();
        hooked = thread.hookedLibrary();
    }

    /** Whether nothing more is to be added. */
    boolean isComplete() {
        return isWhole || levels.size() >= wanted;
    }

    List<Level> levels() {
        return levels;
    }

    void addStack(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        String method = frame.getMethodName();
        if (isBody(type, method)) addBody(Level.onStack(frame));
        else add(type, method, null);
    }

    void addFrame(Frame frame) {
        Code code = frame.code;
        if (isBody(code.owner(), code.method())) {
            addBody(Level.inFrame(frame, FrameFields.closure(frame)));
        } else {
            add(code.owner(), code.method(), frame);
        }
    }

    /** The host, below everything else of a program. */
    void addHost() {
        if (!isComplete()) levels.add(Level.ofHost());
    }

    private static boolean isBody(Class<?> type, String method) {
        return type.getClassLoader() instanceof LuaCode && method.equals("body");
    }

    private void addBody(Level level) {
        inLibrary = false;
        Level inner = levels.isEmpty() ? null : levels.getLast();
        if (inner != null && inner.isLua() && level.isAtTailCall()) inner.markTail();
        else levels.add(level);
    }

    private void add(Class<?> type, String method, @Nullable Frame frame) {
        if (type == LuaFunction.class || method.endsWith(WAY_IN)) return;
        boolean library = isLibrary(type);
        if (library) {
            addLibrary(type, method, frame);
        } else if (isInterpreter(type) && method.equals("execute")) {
            addInterpreted();
        } else if (type == TailCall.class && method.equals("finish")) {
            markTail();
        } else if (type == TailClosure.class && frame != null) {
            markTailOfOther(frame);
        } else if (type == Hooks.class && method.equals("event")) {
            addHooked();
        } else if (type == Handling.class && method.equals("call")) {
            addFailed();
        }
        inLibrary = library;
    }

    private void addLibrary(Class<?> type, String method, @Nullable Frame frame) {
        boolean isCall = method.equals("call") || method.equals("tail");
        boolean next = !inLibrary || (called && !isCall);
        LuaFunction function = frame == null ? null : FrameFields.self(frame);
        if (next) levels.add(Level.ofLibrary(type, function));
        else levels.getLast().know(function);
        called = isCall || (called && !next);
    }

    private void addInterpreted() {
        Activation a = activation;
        if (a == null) return;
        activation = a.outer();
        addBody(Level.interpreted(a));
    }

    private void markTail() {
        if (!levels.isEmpty() && levels.getLast().isLua()) levels.getLast().markTail();
    }

    /** What waits for the end of a call waits for another function than the one that was called. */
    private void markTailOfOther(Frame frame) {
        LuaFunction was = FrameFields.self(frame);
        Level inner = levels.isEmpty() ? null : levels.getLast();
        if (was == null || inner == null || !inner.isLua()) return;
        if (!inner.mayBe(was)) inner.markTail();
    }

    /** A hook, which sees the function of the library that is about to be called, or was. */
    private void addHooked() {
        if (!levels.isEmpty()) levels.getLast().markHook();
        LuaFunction f = hooked;
        hooked = null;
        if (f != null) levels.add(Level.ofLibrary(f.getClass(), f));
    }

    /** A message handler sees what was active when the error was raised. */
    private void addFailed() {
        Handling h = handling;
        if (h == null) return;
        handling = h.outer();
        levels.addAll(h.levels());
        isWhole = true;
    }

    private static boolean isLibrary(Class<?> type) {
        return LuaFunction.class.isAssignableFrom(type)
                && !LuaClosure.class.isAssignableFrom(type)
                && !CallHandler.class.isAssignableFrom(type);
    }

    private static boolean isInterpreter(Class<?> type) {
        return InterpretedClosure.Interpreter.class.isAssignableFrom(type);
    }
}
