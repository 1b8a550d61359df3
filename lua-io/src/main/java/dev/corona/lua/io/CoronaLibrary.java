package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.async.Deadline;
import dev.corona.errors.DeadlineException;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Program;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/** The module {@code corona}: time, tasks and channels, and what reaches the network and files. Times are seconds. */
final class CoronaLibrary {
    private static final double NANOS = 1e9;

    private final LuaLoop loop;
    private final LuaTable tasks;
    private final LuaTable channels;

    private CoronaLibrary(LuaLoop loop) {
        this.loop = loop;
        tasks = LuaTask.metatable(loop);
        channels = LuaChannel.metatable(loop);
    }

    static LuaTable table(LuaLoop loop) {
        CoronaLibrary library = new CoronaLibrary(loop);
        LuaTable table =
                IoFunction.table(
                        loop.state(),
                        "corona.",
                        Map.of(
                                "sleep", library::sleep,
                                "yield", library::yield,
                                "now", library::now,
                                "spawn", library::spawn,
                                "timeout", library::timeout,
                                "channel", library::channel));
        table.set(LuaString.of("net"), NetLibrary.table(loop));
        table.set(LuaString.of("fs"), FileLibrary.table(loop));
        return table;
    }

    private Object sleep(Arguments arguments) {
        Duration time = arguments.seconds(1);
        return new Job(
                () -> {
                    Corona.sleep(time);
                    return Values.NONE;
                });
    }

    private Object yield(Arguments arguments) {
        return new Job(
                () -> {
                    Corona.yieldNow();
                    return Values.NONE;
                });
    }

    private Object now(Arguments arguments) {
        return loop.io().loop().nanoTime() / NANOS;
    }

    private Object spawn(Arguments arguments) {
        return LuaTask.spawn(loop, arguments.function(1), arguments.from(2), tasks);
    }

    /** The results of the function; nil and "timeout" if it has not ended in time, where it waited then. */
    private Object timeout(Arguments arguments) {
        Duration limit = arguments.seconds(1);
        LuaFunction function = arguments.function(2);
        @Nullable Object[] rest = arguments.from(3);
        return new Job(
                () -> {
                    Program program = new Program(loop.state(), function, rest);
                    try {
                        return Deadline.after(limit).call(() -> loop.driveTask(program));
                    } catch (DeadlineException.Expired e) {
                        return Results.failure(Results.TIMEOUT);
                    }
                });
    }

    private Object channel(Arguments arguments) {
        long capacity = arguments.integer(1, 0);
        return LuaChannel.of(arguments, Math.clamp(capacity, -1, 1 << 30), channels);
    }
}
