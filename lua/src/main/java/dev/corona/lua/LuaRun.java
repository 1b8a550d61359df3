package dev.corona.lua;

import dev.corona.lua.LuaLimitException.Limit;
import dev.corona.lua.runtime.LimitExceeded;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.MemoryWatch;
import dev.corona.lua.runtime.Program;
import dev.corona.lua.runtime.Values;
import dev.corona.lua.store.ProgramStore;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

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
    private long spent;

    LuaRun(LuaRuntime runtime, LuaFunction function, @Nullable Object[] arguments) {
        this(runtime, new Program(runtime.state(), function, arguments));
    }

    private LuaRun(LuaRuntime runtime, Program program) {
        this.runtime = runtime;
        this.program = program;
    }

    Snapshot store(SnapshotOptions options) {
        if (runtime.state().root() != null) {
            throw new IllegalStateException(
                    "a program of the runtime is running; store a run when resume() has returned");
        }
        return ProgramStore.store(program, runtime.place(runtime.likeNew()), options);
    }

    static LuaRun restore(LuaRuntime runtime, Snapshot snapshot, SnapshotOptions options) {
        Program program =
                ProgramStore.restore(
                        snapshot, runtime.place(runtime), options, runtime::compileStored);
        return new LuaRun(runtime, program);
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
        if (state.root() != null) return resumeInside();
        state.setTicks(ticks);
        MemoryWatch memory = state.memory();
        if (memory != null) memory.begin();
        @Nullable CompletableFuture<@Nullable Void> deadline = startDeadline();
        try {
            if (program.run()) return Outcome.FINISHED;
        } catch (LuaError e) {
            throw exception(e);
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw exception(state.asError(e));
        } catch (LimitExceeded e) {
            throw new LuaLimitException(Limit.MEMORY, String.valueOf(e.getMessage()), e);
        } finally {
            if (memory != null) memory.look();
            spent = ticks - state.ticks();
            state.setTicks(LuaState.NO_LIMIT);
            endDeadline(deadline);
        }
        awaited = state.takeAwaited();
        return awaited == null ? Outcome.PAUSED : Outcome.WAITING;
    }

    /** As a part of a program that is running and called the host, under that one's budget and time. */
    private Outcome resumeInside() {
        try {
            if (program.run()) return Outcome.FINISHED;
        } catch (LuaError e) {
            throw exception(e);
        }
        awaited = runtime.state().takeAwaited();
        return awaited == null ? Outcome.PAUSED : Outcome.WAITING;
    }

    /** Asks the program to pause when the time of a portion is over; null if it has as long as it likes. */
    private @Nullable CompletableFuture<@Nullable Void> startDeadline() {
        long nanos = runtime.options().wallTime().toNanos();
        if (nanos <= 0) return null;
        CompletableFuture<@Nullable Void> deadline = new CompletableFuture<>();
        deadline.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS)
                .thenRun(runtime::requestPause);
        return deadline;
    }

    private void endDeadline(@Nullable CompletableFuture<@Nullable Void> deadline) {
        if (deadline == null) return;
        boolean mayBePending = deadline.isDone();
        deadline.cancel(false);
        if (mayBePending) runtime.state().takeBackPause();
    }

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
        return program.isFinished() ? LuaValues.toJava(Values.all(program.result())) : List.of();
    }

    public boolean isFinished() {
        return program.isFinished();
    }

    /** Runs to the end; where the program waits for the host, the thread does. */
    void runToEnd() {
        while (true) {
            switch (resume()) {
                case FINISHED -> {
                    return;
                }
                case WAITING -> waitForHost();
                case PAUSED ->
                        throw new LuaLimitException(
                                Limit.TIME,
                                "the program was asked to pause, or its time of %s is over"
                                        .formatted(runtime.options().wallTime()));
            }
        }
    }

    private void waitForHost() {
        CompletionStage<?> stage = awaited;
        if (stage == null) return;
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            // the program itself sees how the stage ended
        }
    }

    static LuaException exception(LuaError error) {
        String traceback = error.traceback();
        return new LuaException(
                error.value(), traceback == null ? "" : traceback, error.getCause());
    }
}
