package dev.corona.lua.runtime;

import dev.corona.kernel.Continuation;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Lua code is. The functions of a coroutine are those on the thread's stack, down to the engine, and then those that
 * wait in frames.
 */
public final class Traces {
    /** An active function: a place in Lua code, or nothing for a function of the library. */
    private record Level(Class<?> function, @Nullable String place) {}

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
        List<Level> levels = WALKER.walk(s -> onStack(s.iterator(), level));
        if (levels.size() <= level) addWaiting(levels, level);
        if (levels.size() <= level) return "";
        String place = levels.get(level).place;
        return place == null ? "" : place;
    }

    private static List<Level> onStack(java.util.Iterator<StackFrame> frames, int last) {
        List<Level> levels = new ArrayList<>();
        Class<?> before = null;
        while (levels.size() <= last && frames.hasNext()) {
            StackFrame frame = frames.next();
            if (frame.getClassName().startsWith(ENGINE)) break;
            Class<?> type = frame.getDeclaringClass();
            if (isInterpreted(type, frame.getMethodName())) {
                levels.add(new Level(type, INTERPRETED.get()[0]));
            } else if (isBody(type, frame.getMethodName())) {
                String place = frame.getFileName() + ":" + frame.getLineNumber() + ": ";
                levels.add(new Level(type, place));
            } else if (isLibrary(type) && type != before) {
                levels.add(new Level(type, null));
            }
            before = type;
        }
        return levels;
    }

    private static void addWaiting(List<Level> levels, int last) {
        Continuation current = Continuation.current();
        if (current == null) return;
        for (Frame frame : current.waiting()) {
            if (levels.size() > last) return;
            Class<?> type = frame.code.owner();
            if (isBody(type, frame.code.method())) {
                StackTraceElement place = frame.position();
                String text = place.getFileName() + ":" + place.getLineNumber() + ": ";
                levels.add(new Level(type, text));
            } else if (isLibrary(type)
                    && (levels.isEmpty() || levels.getLast().function != type)) {
                levels.add(new Level(type, null));
            }
        }
    }

    private static boolean isBody(Class<?> type, String method) {
        return type.getClassLoader() instanceof LuaCode && method.equals("body");
    }

    private static boolean isLibrary(Class<?> type) {
        return LuaFunction.class.isAssignableFrom(type)
                && !LuaClosure.class.isAssignableFrom(type)
                && !Modifier.isAbstract(type.getModifiers());
    }

    private static boolean isInterpreted(Class<?> type, String method) {
        return method.equals("execute")
                && InterpretedClosure.Interpreter.class.isAssignableFrom(type);
    }
}
