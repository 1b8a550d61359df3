package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Where Lua code is. */
public final class Traces {
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
     * The place of the function at a level, 1 for the innermost Lua function, as it stands before messages: "chunk:line: ", or nothing.
     */
    public static String where(int level) {
        StackWalker.@Nullable StackFrame frame =
                WALKER.walk(
                        s -> s.filter(Traces::isBody).skip(level - 1L).findFirst().orElse(null));
        if (frame == null) return "";
        if (isInterpreted(frame)) return INTERPRETED.get()[0];
        return frame.getFileName() + ":" + frame.getLineNumber() + ": ";
    }

    private static boolean isBody(StackWalker.StackFrame frame) {
        return isInterpreted(frame)
                || (frame.getDeclaringClass().getClassLoader() instanceof LuaCode
                        && frame.getMethodName().equals("body"));
    }

    private static boolean isInterpreted(StackWalker.StackFrame frame) {
        return frame.getMethodName().equals("execute")
                && InterpretedClosure.Interpreter.class.isAssignableFrom(
                        frame.getDeclaringClass());
    }
}
