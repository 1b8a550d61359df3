package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;
import dev.corona.errors.DeadlineException;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Program;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** A task as Lua code has it. */
final class LuaTask extends LuaUserdata {
    private static final String TYPE = "corona.task";

    private final LuaLoop loop;
    private final Task<Object> task;
    private boolean released;

    private LuaTask(LuaLoop loop, LuaTable metatable, Program program) {
        super(null, metatable);
        this.loop = loop;
        loop.held();
        task = loop.io().loop().spawn("task", SpawnSite.of(List.of()), () -> run(program));
    }

    static LuaTask spawn(
            LuaLoop loop, LuaFunction function, @Nullable Object[] arguments, LuaTable metatable) {
        return new LuaTask(loop, metatable, new Program(loop.state(), function, arguments));
    }

    private Object run(Program program) {
        try {
            return loop.driveTask(program);
        } finally {
            release();
        }
    }

    private void release() {
        if (released) return;
        released = true;
        loop.released();
    }

    static LuaTable metatable(LuaLoop loop) {
        return IoFunction.metatable(
                loop.state(),
                TYPE,
                Map.of("await", LuaTask::await, "cancel", LuaTask::cancel, "done", LuaTask::done),
                LuaTask::cancel);
    }

    private static LuaTask self(Arguments arguments) {
        return arguments.object(1, LuaTask.class, TYPE);
    }

    /** What the function returned; its error is thrown on. With a number of seconds: nil and "timeout" when they are over. */
    private static Object await(Arguments arguments) {
        LuaTask self = self(arguments);
        Duration limit = arguments.has(2) ? arguments.seconds(2) : null;
        return new Job(() -> self.result(limit));
    }

    private @Nullable Object result(@Nullable Duration limit) {
        try {
            return limit == null ? Corona.await(task) : Corona.await(task, limit);
        } catch (DeadlineException.Expired e) {
            return Results.failure(Results.TIMEOUT);
        } catch (CancellationException e) {
            if (task.isCancelled()) throw new LuaError(LuaString.of("cancelled"));
            throw e;
        }
    }

    private static Object cancel(Arguments arguments) {
        LuaTask self = self(arguments);
        boolean asked = self.task.cancel(false);
        if (self.task.isDone()) self.release();
        return asked;
    }

    private static Object done(Arguments arguments) {
        return self(arguments).task.isDone();
    }
}
