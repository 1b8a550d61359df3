package dev.corona.lua.io.function;

import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaString;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * What a library function does that may wait. The program that called the function leaves the Java stack; the task that drives it
 * runs the job as plain Java code of its own, and then goes on with the program. So a job may use all that suspends a task, and
 * the runtime is free for other programs meanwhile.
 *
 * <p>It completes when it has been run, and never by an error: {@link #result()} tells the outcome.
 */
public final class Job extends CompletableFuture<@Nullable Object> {
    private static final LuaString CANCELLED = LuaString.of("cancelled");

    /** The work, which answers what the function returns. */
    @FunctionalInterface
    public interface Work {
        @Nullable Object run() throws Exception;
    }

    private final Work work;
    private @Nullable Object value;
    private @Nullable LuaError error;

    public Job(Work work) {
        this.work = work;
    }

    /** Does the work; for the driving task. */
    public void runHere() {
        try {
            value = work.run();
        } catch (LuaError e) {
            error = e;
        } catch (CancellationException e) {
            error = new LuaError(CANCELLED, e);
        } catch (Exception e) {
            error = new LuaError(LuaString.of(String.valueOf(e.getMessage())), e);
        }
        complete(null);
    }

    /** What the function returns. */
    public @Nullable Object result() {
        if (error != null) throw error;
        return value;
    }

    /** Does the work unless it is done: for a program that a Java function runs to its end. */
    @Override
    public @Nullable Object join() {
        if (!isDone()) runHere();
        return super.join();
    }
}
