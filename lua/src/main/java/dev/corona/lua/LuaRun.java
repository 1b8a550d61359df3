package dev.corona.lua;

import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Program;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A call of a Lua function that is run by portions. It pauses in place when its ticks are spent, when
 * {@link LuaRuntime#requestPause} asks for it, or when it waits for the host; then it is a value: it may be resumed, by this or another
 * thread, or dropped.
 *
 * <p>Runs of one runtime may be paused side by side, and resumed in turn.
 */
public final class LuaRun {
    /** How a portion ended. */
    public enum Outcome {
        /** The function has returned: see {@link #results()}. */
        FINISHED,
        /** Its ticks are spent, or somebody asked it to pause. */
        PAUSED,
        /** It waits for {@link #awaited()}. */
        WAITING
    }

    private final LuaRuntime runtime;
    private final Program program;
    private @Nullable CompletionStage<?> awaited;

    LuaRun(LuaRuntime runtime, LuaFunction function, @Nullable Object[] arguments) {
        this.runtime = runtime;
        program = new Program(runtime.state(), function, arguments);
    }

    /**
     * Runs until the function returns or the program pauses.
     *
     * @throws LuaException if it ends by an error
     */
    public Outcome resume() {
        return resume(LuaState.NO_LIMIT);
    }

    /**
     * Runs for a number of ticks at most. The count is the same for the same program.
     *
     * @param ticks at least 0
     * @throws IllegalStateException if the runtime was made without accounting
     */
    public Outcome resume(long ticks) {
        if (ticks != LuaState.NO_LIMIT && !runtime.options().accounted()) {
            throw new IllegalStateException(
                    "ticks need a runtime that counts them; make it withAccounting()");
        }
        if (ticks < 0)
            throw new IllegalArgumentException("ticks must not be negative, but were " + ticks);
        LuaState state = runtime.state();
        state.setTicks(ticks);
        try {
            if (program.run()) return Outcome.FINISHED;
        } catch (LuaError e) {
            throw exception(e);
        } finally {
            spent = ticks - state.ticks();
            state.setTicks(LuaState.NO_LIMIT);
        }
        awaited = state.takeAwaited();
        return awaited == null ? Outcome.PAUSED : Outcome.WAITING;
    }

    private long spent;

    /** How many ticks the last portion took. */
    public long spent() {
        return spent;
    }

    /** What the program waits for; null if it does not wait. */
    public @Nullable CompletionStage<?> awaited() {
        return awaited;
    }

    /** What the function returned, as Java values; empty before it has. */
    public List<@Nullable Object> results() {
        return program.isFinished()
                ? LuaValues.toJava(Values.all(program.result()))
                : List.of();
    }

    public boolean isFinished() {
        return program.isFinished();
    }

    void runToEnd() {
        try {
            program.runToEnd();
        } catch (LuaError e) {
            throw exception(e);
        }
    }

    static LuaException exception(LuaError error) {
        Object value = error.value();
        String message =
                value instanceof LuaString s
                        ? s.toString()
                        : "error object is not a string: " + value;
        String traceback = error.traceback();
        String whole = traceback == null ? message : message + "\n" + traceback;
        return new LuaException(whole, value, traceback, error.getCause());
    }
}
