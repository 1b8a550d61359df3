package dev.corona.lua.runtime;

import dev.corona.kernel.Continuation;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where Lua code is. The functions of a coroutine are those on the thread's stack, down to the engine, and then those that
 * wait in frames.
 */
public final class Traces {
    /** Collects the active functions, innermost first: the place of one in Lua code, null for one of the library. */
    private static final class Levels {
        private final int last;
        private final List<@Nullable String> places = new ArrayList<>();

        /** Whether the frame before was one of a library function, and whether its form that is called has passed. */
        private boolean inLibrary;

        private boolean called;

        Levels(int last) {
            this.last = last;
        }

        boolean isComplete() {
            return places.size() > last;
        }

        void add(Class<?> type, String method, Supplier<String> place) {
            boolean library = isLibrary(type);
            if (isBody(type, method)) {
                places.add(place.get());
            } else if (library) {
                boolean isCall = method.equals("call");
                boolean next = !inLibrary || (called && !isCall);
                if (next) places.add(null);
                called = isCall || (called && !next);
            }
            inLibrary = library;
        }
    }

    private static final String ENGINE = "dev.corona.kernel.WovenEngine";

    private static final StackWalker WALKER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Where the interpreter is on this thread, which its stack does not tell. */
    private static final ThreadLocal<String[]> INTERPRETED =
            ThreadLocal.withInitial(() -> new String[] {""});

    private Traces() {}

    /** Says where an interpreted function is. */
    public static void interpreted(String chunk, int line) {
        INTERPRETED.get()[0] = chunk + ":" + line + ": ";
    }

    /**
     * The place of an active function as it stands before messages: "chunk:line: ", or nothing for a function of the library or
     * where there is no such level.
     *
     * @param level 0 for the innermost function, which may be the caller's own; 1 for the one that called it
     */
    public static String where(int level) {
        Levels levels = new Levels(level);
        WALKER.walk(
                s -> {
                    addStack(levels, s.iterator());
                    return levels;
                });
        if (!levels.isComplete()) addWaiting(levels);
        String place = levels.isComplete() ? levels.places.get(level) : null;
        return place == null ? "" : place;
    }

    private static void addStack(Levels levels, Iterator<StackFrame> frames) {
        while (!levels.isComplete() && frames.hasNext()) {
            StackFrame f = frames.next();
            if (f.getClassName().startsWith(ENGINE)) return;
            levels.add(
                    f.getDeclaringClass(),
                    f.getMethodName(),
                    () ->
                            isInterpreter(f.getDeclaringClass())
                                    ? INTERPRETED.get()[0]
                                    : f.getFileName() + ":" + f.getLineNumber() + ": ");
        }
    }

    private static void addWaiting(Levels levels) {
        Continuation current = Continuation.current();
        if (current == null) return;
        for (Frame f : current.waiting()) {
            StackTraceElement at = f.position();
            levels.add(
                    f.code.owner(),
                    f.code.method(),
                    () -> at.getFileName() + ":" + at.getLineNumber() + ": ");
        }
    }

    private static boolean isBody(Class<?> type, String method) {
        return (type.getClassLoader() instanceof LuaCode && method.equals("body"))
                || (isInterpreter(type) && method.equals("execute"));
    }

    private static boolean isLibrary(Class<?> type) {
        return LuaFunction.class.isAssignableFrom(type) && !LuaClosure.class.isAssignableFrom(type);
    }

    private static boolean isInterpreter(Class<?> type) {
        return InterpretedClosure.Interpreter.class.isAssignableFrom(type);
    }
}
