package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A message handler at work, and what was active when the error was raised. */
final class Handling {
    /** How often a handler is called for its own errors. */
    private static final int MAX_ERRORS = 215;

    /** How many handlers may be at work inside of one another: as many as the reference's limit of calls through its library lets. */
    private static final int MAX_NESTED = 108;

    private static final LuaString FAILED = LuaString.of("error in error handling");

    private final List<Level> levels;

    private final @Nullable Handling outer;
    private final int nested;

    private Handling(List<Level> levels, @Nullable Handling outer) {
        this.levels = levels;
        this.outer = outer;
        this.nested = 1 + nested(outer);
    }

    private static int nested(@Nullable Handling handling) {
        return handling == null ? 0 : handling.nested;
    }

    List<Level> levels() {
        return levels;
    }

    @Nullable Handling outer() {
        return outer;
    }

    /** What a handler makes of an error; its own errors are handled by itself, up to a limit. */
    @Resumable
    static @Nullable Object result(LuaState state, LuaFunction handler, LuaError error) {
        LuaThread thread = state.currentThread();
        int depth = state.depth;
        Handling outer = thread.handling();
        if (nested(outer) == MAX_NESTED) return FAILED;
        LuaError last = error;
        for (int i = 0; i < MAX_ERRORS; i++) {
            thread.handling(new Handling(last.levels(), outer));
            try {
                return call(handler, last.value());
            } catch (LuaError e) {
                if (last.isOverflow() && e.isOverflow()) return FAILED;
                last = e;
            } catch (StackOverflowError e) {
                return FAILED;
            } finally {
                thread.handling(outer);
                state.depth = depth;
            }
        }
        return FAILED;
    }

    @Resumable
    private static @Nullable Object call(LuaFunction handler, @Nullable Object value) {
        return Values.first(handler.call(value));
    }
}
