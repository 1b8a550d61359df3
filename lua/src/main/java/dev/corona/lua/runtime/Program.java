package dev.corona.lua.runtime;

import dev.corona.Resumable;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A call of a Lua function as the host makes it: a continuation of its own, which may be paused and resumed. For one thread at a time. */
public final class Program {
    private final LuaState state;
    private final Continuation continuation;
    private @Nullable Object result;
    private int depth;

    /** What it has in the Lua thread that it was started in, while it does not run. */
    private LuaThread.Calls calls = LuaThread.Calls.NONE;

    /** The Lua thread that goes on when it does; null before it has begun. */
    private @Nullable LuaThread inner;

    public Program(LuaState state, LuaFunction function, @Nullable Object[] arguments) {
        this.state = state;
        continuation = Engines.woven().create("Lua program", new Run(this, function, arguments));
    }

    /** The body, which is woven. */
    private record Run(Program program, LuaFunction function, @Nullable Object[] arguments)
            implements Runnable {
        @Override
        @Resumable
        public void run() {
            program.result = function.call(arguments);
        }
    }

    /**
     * Runs until the program ends or is paused.
     *
     * @return whether it has ended
     */
    public boolean run() {
        try {
            return runOn();
        } catch (Exiting e) {
            exited(e);
            return true;
        }
    }

    /** A program inside another ends with that. */
    private void exited(Exiting end) {
        if (state.root() != null) throw end;
        result = Values.NONE;
        state.exit(end.status());
    }

    private boolean runOn() {
        Outside outside = enter();
        try {
            do {
                state.onEmptyStack();
                continuation.resume();
                state.serveCensus(continuation);
                state.serveInspection();
            } while (!continuation.isFinished() && !state.takePaused());
            depth = state.depth - outside.depth;
            return continuation.isFinished();
        } finally {
            leave(outside);
        }
    }

    /**
     * What to throw to end the program that runs, and what it was called by: its to-be-closed variables are closed, and then
     * the host ends the process with the status.
     */
    public static Error exit(int status) {
        return new Exiting(status);
    }

    /** What there was when the program was resumed. */
    private record Outside(
            @Nullable Continuation root,
            LuaThread thread,
            LuaThread.Calls calls,
            @Nullable LuaState running,
            int depth,
            int stack,
            int room,
            int stackLimit) {}

    private Outside enter() {
        LuaThread thread = state.currentThread();
        Outside outside =
                new Outside(
                        state.enterRoot(continuation),
                        thread,
                        thread.exchange(calls),
                        Traces.run(state),
                        state.depth,
                        state.stack(),
                        state.room(),
                        state.stackLimit());
        state.depth += depth;
        if (inner != null) state.currentThread(inner);
        return outside;
    }

    private void leave(Outside outside) {
        inner = state.currentThread();
        state.currentThread(outside.thread);
        calls = outside.thread.exchange(outside.calls);
        Traces.run(outside.running);
        state.enterRoot(outside.root);
        state.depth = outside.depth;
        state.backFromProgram(outside.stack, outside.room, outside.stackLimit);
    }

    /**
     * Ends it where it is paused: closes its to-be-closed variables, whose errors nobody hears of. Nothing happens if it has
     * ended.
     */
    public void drop() {
        if (continuation.isFinished()) return;
        try {
            closeNow();
        } catch (Exiting e) {
            exited(e);
        }
    }

    private void closeNow() {
        Outside outside = enter();
        try {
            state.onEmptyStack();
            continuation.close();
        } catch (LuaError unheard) {
            return;
        } finally {
            state.takePaused();
            leave(outside);
        }
    }

    /**
     * Runs to the end, and waits where the program waits for the host.
     *
     * @throws LuaError if it is paused, since nobody could go on with it
     */
    public @Nullable Object runToEnd() {
        while (!run()) {
            CompletionStage<?> stage = state.takeAwaited();
            if (stage == null) throw new LuaError(LuaString.of("interrupted"));
            waitFor(stage);
        }
        return result;
    }

    private static void waitFor(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            // the program itself sees how the stage ended
        }
    }

    /** What the function returned; once it has ended. */
    public @Nullable Object result() {
        return result;
    }

    public boolean isFinished() {
        return continuation.isFinished();
    }

    public Continuation continuation() {
        return continuation;
    }
}
