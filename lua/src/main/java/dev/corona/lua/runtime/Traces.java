package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Where Lua code is. */
public final class Traces {
    private static final StackWalker WALKER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Traces() {}

    /**
     * The place of the function at a level, 1 for the innermost Lua function, as it stands before messages: "chunk:line: ", or nothing.
     */
    public static String where(int level) {
        StackWalker.@Nullable StackFrame frame =
                WALKER.walk(
                        s -> s.filter(Traces::isBody).skip(level - 1L).findFirst().orElse(null));
        if (frame == null) return "";
        return frame.getFileName() + ":" + frame.getLineNumber() + ": ";
    }

    private static boolean isBody(StackWalker.StackFrame frame) {
        return frame.getDeclaringClass().getClassLoader() instanceof LuaCode
                && frame.getMethodName().equals("body");
    }
}
