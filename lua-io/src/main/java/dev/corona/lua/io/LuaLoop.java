package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.async.Waiter;
import dev.corona.io.IoLoop;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Program;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs the functions of one Lua runtime on an event loop, each call in a task, and gives its programs the modules {@code corona}
 * and {@code socket}, whose waits suspend the calling task only. The modules reach the network and the files of this
 * process: they are for programs that are trusted.
 *
 * <p>A loop of its own is started when the first program waits or asks for a module; before that, programs run on the caller's
 * thread. It ends with {@link #finish}, when all tasks and all servers with a handler have ended, and closes what sockets are
 * left then.
 *
 * <p><b>Threads.</b> {@link #call} and {@link #finish} are for one plain thread, or, on the host's loop, for its tasks. Only
 * {@link #interrupt} may be called by any thread.
 *
 * <p><b>Errors.</b> {@link #call} throws the {@link LuaError} that no Lua code caught. That of a task which nobody awaits goes to the
 * handler of uncaught errors.
 */
public final class LuaLoop implements AutoCloseable {
    /** Told of an error in a task that nobody awaits, on the loop's thread. */
    @FunctionalInterface
    public interface Uncaught {
        void uncaught(String task, Throwable error);
    }

    private final LuaState state;
    private final @Nullable IoLoop host;
    private final Uncaught uncaught;
    private final Set<AutoCloseable> resources = new LinkedHashSet<>();
    private volatile @Nullable MainTask main;

    /** Tasks and servers that keep the program going, and who waits for their end; loop's thread only. */
    private int live;

    private @Nullable Waiter<@Nullable Object> idle;
    private volatile boolean interrupted;

    private LuaLoop(LuaRuntime lua, @Nullable IoLoop host, Uncaught uncaught) {
        this.state = lua.state();
        this.host = host;
        this.uncaught = uncaught;
        lua.open(s -> Modules.install(this, s));
    }

    /** On a loop of its own. */
    public static LuaLoop own(LuaRuntime lua, Uncaught uncaught) {
        return new LuaLoop(lua, null, uncaught);
    }

    /** On a loop of the host, which hears of uncaught errors itself, and must not end while a call runs. */
    public static LuaLoop on(LuaRuntime lua, IoLoop loop) {
        return new LuaLoop(lua, loop, (task, error) -> {});
    }

    LuaState state() {
        return state;
    }

    /** The loop that runs; for what runs on it. */
    IoLoop io() {
        MainTask running = main;
        IoLoop io = host != null ? host : running == null ? null : running.io();
        if (io == null) throw new AssertionError("no loop runs");
        return io;
    }

    // ---- calls

    /**
     * Calls a function and waits for its end: a plain thread blocks, a task is suspended.
     *
     * @param arguments Lua values
     * @return its results, as calls of Lua functions return them
     * @throws LuaError if it ends by an error, or was interrupted
     */
    public @Nullable Object call(LuaFunction function, @Nullable Object... arguments) {
        Program program = new Program(state, function, arguments);
        interrupted = false;
        state.takeBackPause();
        if (host != null) return callOnHost(host, program);
        MainTask running = main;
        if (running != null && running.isOver()) close();
        running = main;
        if (running != null) return running.call(() -> drive(program));
        while (!program.run()) {
            CompletionStage<?> stage = state.takeAwaited();
            if (stage == null) throw interruption(program);
            if (stage instanceof Job job) return startLoop().call(() -> goOn(program, job));
            waitFor(stage);
        }
        return program.result();
    }

    /** What {@code question} answers, where Lua code runs; for the thread that calls. */
    @SuppressWarnings("unchecked") // it is what the question answered
    public <T> T ask(Supplier<T> question) {
        MainTask running = main;
        if (running == null || running.isOver()) return question.get();
        return (T) Objects.requireNonNull(running.call(question::get));
    }

    private @Nullable Object callOnHost(IoLoop io, Program program) {
        if (Task.currentOrNull() != null) return drive(program);
        return io.<@Nullable Object>run(() -> drive(program));
    }

    private static void waitFor(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException | CancellationException e) {
            // the program itself sees how the stage ended
        }
    }

    private MainTask startLoop() {
        MainTask started = new MainTask(this::closeResources, this::awaitTasks);
        main = started;
        started.start(uncaught);
        return started;
    }

    private @Nullable Object goOn(Program program, Job job) {
        job.runHere();
        return drive(program);
    }

    /** Runs a program as part of the calling task, to its end. */
    @Nullable Object drive(Program program) {
        try {
            while (!program.run()) {
                CompletionStage<?> stage = state.takeAwaited();
                if (stage instanceof Job job) job.runHere();
                else if (stage != null) awaitQuietly(stage);
                if (stage == null || interrupted) throw interruption(program);
            }
            return program.result();
        } finally {
            program.drop();
        }
    }

    private static void awaitQuietly(CompletionStage<?> stage) {
        try {
            Corona.await(stage);
        } catch (CancellationException e) {
            if (!stage.toCompletableFuture().isDone()) throw e;
        } catch (RuntimeException e) {
            // the program itself sees how the stage ended
        }
    }

    private LuaError interruption(Program program) {
        interrupted = false;
        state.takeBackPause();
        program.drop();
        return new LuaError(LuaString.of("interrupted!"));
    }

    /** Stops the program that runs now by the error "interrupted!", which no Lua code catches. Any thread. */
    public void interrupt() {
        interrupted = true;
        state.requestPause();
        MainTask running = main;
        if (running != null) running.interrupt();
    }

    // ---- tasks

    /** Runs a program as part of the calling task, whose cancellation comes out of it as such. */
    @SuppressWarnings("NullAway") // nil is a result like any other
    Object driveTask(Program program) {
        try {
            return drive(program);
        } catch (LuaError e) {
            throw e.getCause() instanceof CancellationException cancelled ? cancelled : e;
        }
    }

    /** Keeps the program going until {@link #released}. */
    void held() {
        live++;
    }

    void released() {
        live--;
        Waiter<@Nullable Object> waiting = idle;
        if (live == 0 && waiting != null) waiting.complete();
    }

    private void awaitTasks() {
        while (live > 0) {
            MainTask.awaitCalmly("the end of the program's tasks", false, waiter -> idle = waiter);
        }
    }

    // ---- the end

    /** Is closed with the loop unless it was {@link #forget forgotten} before. */
    void keep(AutoCloseable resource) {
        resources.add(resource);
    }

    void forget(AutoCloseable resource) {
        resources.remove(resource);
    }

    private void closeResources() {
        for (AutoCloseable resource : List.copyOf(resources)) {
            try {
                resource.close();
            } catch (Exception e) {
                uncaught.uncaught("the end of the program", e);
            }
        }
        resources.clear();
    }

    /** Waits until all tasks and servers with a handler have ended, then closes what sockets are left. */
    public void finish() {
        MainTask running = main;
        if (running != null) running.finish();
        main = null;
    }

    /**
     * Ends the loop with what runs on it; on a loop of the host, closes what sockets are left. Closing it after {@link #finish}
     * does nothing.
     */
    @Override
    public void close() {
        if (host != null) {
            host.loop().execute(this::closeResources);
            return;
        }
        MainTask running = main;
        if (running != null) running.abort();
        main = null;
        resources.clear();
        live = 0;
    }

    /** The error that a call ends with when its loop came to an end. */
    static LuaError ended(Throwable error) {
        if (error instanceof LuaError e) return e;
        String message = String.valueOf(error.getMessage());
        int end = message.indexOf('\n');
        return new LuaError(LuaString.of(end < 0 ? message : message.substring(0, end)), error);
    }
}
