package dev.corona.lua.runtime;

import dev.corona.kernel.Continuation;
import dev.corona.lua.runtime.DebugInfo.CallName;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.List;

/**
 * Where Lua code is. The functions of a coroutine are those on the thread's stack, down to the engine, and then those that
 * wait in frames.
 */
public final class Traces {
    /** What stands below the methods of a continuation. */
    private static final String[] ENGINE = {
        "dev.corona.kernel.WovenEngine", "dev.corona.kernel.KernelStrand", "dev.corona.woven.Strand"
    };

    private static final StackWalker WALKER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final CallName HOOK = new CallName("hook", "?");

    /** The runtime of the program that a thread runs. */
    private static final ThreadLocal<@Nullable LuaState> RUNNING = new ThreadLocal<>();

    private Traces() {}

    /** Says whose program this thread runs from now on; gives whose it was. */
    static @Nullable LuaState run(@Nullable LuaState state) {
        LuaState before = RUNNING.get();
        RUNNING.set(state);
        return before;
    }

    /** The runtime of the program that this thread runs; null if it runs none. */
    static @Nullable LuaState running() {
        return RUNNING.get();
    }

    /** The levels for an error that is about to be raised; empty if nobody will ask for them. */
    static List<Level> ofError() {
        LuaState state = RUNNING.get();
        boolean wanted = state != null && state.currentThread().protection().isTraced();
        return wanted ? here(Integer.MAX_VALUE) : List.of();
    }

    /**
     * The active functions of the running coroutine, innermost first.
     *
     * @param wanted how many of them at most
     */
    public static List<Level> here(int wanted) {
        LuaState state = RUNNING.get();
        if (state == null) return List.of();
        Levels levels = new Levels(state.currentThread(), wanted);
        WALKER.walk(
                s -> {
                    addStack(levels, s.iterator());
                    return levels;
                });
        addWaiting(levels);
        if (state.currentThread().isMain()) levels.addHost();
        return levels.levels();
    }

    private static void addStack(Levels levels, Iterator<StackFrame> frames) {
        while (!levels.isComplete() && frames.hasNext()) {
            StackFrame f = frames.next();
            if (isEngine(f.getClassName())) return;
            levels.addStack(f);
        }
    }

    private static boolean isEngine(String type) {
        for (String e : ENGINE) if (type.startsWith(e)) return true;
        return false;
    }

    private static void addWaiting(Levels levels) {
        Continuation current = levels.isComplete() ? null : Continuation.current();
        if (current == null) return;
        for (Frame f : current.waiting()) {
            if (levels.isComplete()) return;
            levels.addFrame(f);
        }
    }

    /**
     * The active functions of a coroutine, while it or the whole program is suspended.
     *
     * @param program the frames of the program that it runs in, innermost first
     */
    static List<Level> of(LuaThread thread, List<Frame> program) {
        LuaError failure = thread.failure();
        if (failure != null) return failure.levels();
        Levels levels = new Levels(thread, Integer.MAX_VALUE);
        for (Frame f : thread.frames(program)) if (!levels.isComplete()) levels.addFrame(f);
        if (thread.isMain()) levels.addHost();
        return levels.levels();
    }

    /**
     * The place of an active function as it stands before messages: "chunk:line: ", or nothing for a function of the library or
     * where there is no such level.
     *
     * @param level 0 for the innermost function, which may be the caller's own; 1 for the one that called it
     */
    public static String where(int level) {
        List<Level> levels = here(level + 1);
        return level < levels.size() ? levels.get(level).where() : "";
    }

    /** What the caller of a level calls its function; null if it has no name for it. */
    public static @Nullable CallName nameOf(List<Level> levels, int index) {
        if (levels.get(index).isHook()) return HOOK;
        boolean named = index + 1 < levels.size() && !levels.get(index).isTail();
        return named ? levels.get(index + 1).callee() : null;
    }
}
