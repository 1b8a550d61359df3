package dev.corona.bench.lua;

import dev.corona.bench.BenchException;
import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRun;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.runtime.LuaFunction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;

/** Programs on Corona's Lua. */
public final class CoronaLua {
    private static final long BUDGET = 1L << 60;

    private CoronaLua() {}

    /** The function that the chunk returns; with {@code mode} {@code ticks} its calls have a budget. */
    public static LongUnaryOperator load(String file, String mode) throws IOException {
        boolean ticks = mode.equals("ticks");
        LuaOptions options = LuaOptions.standard().withProfile(LuaOptions.Profile.FULL);
        LuaRuntime lua = LuaRuntime.create(ticks ? options.withAccounting() : options);
        byte[] text = Files.readAllBytes(Path.of(file));
        LuaFunction program = (LuaFunction) lua.call(lua.load(text, "@" + file)).getFirst();
        if (!ticks) return size -> number(lua.call(program, size).getFirst());
        return size -> {
            LuaRun run = lua.start(program, size);
            if (run.resume(BUDGET) != LuaRun.Outcome.FINISHED || run.spent() <= 0)
                throw new BenchException("a run with a budget ended early or spent nothing");
            return number(run.results().getFirst());
        };
    }

    private static long number(Object result) {
        if (result instanceof Number n && n.doubleValue() == n.longValue()) return n.longValue();
        throw new BenchException("a program returned %s, not a whole number".formatted(result));
    }
}
