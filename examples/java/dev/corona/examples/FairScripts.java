package dev.corona.examples;

import dev.corona.lua.LuaException;
import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRun;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.runtime.SystemHost;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Shares one thread fairly among Lua scripts that nobody trusts. Each has a runtime of its own and runs for a slice of ticks, then
 * the next one does; a script that has had its whole budget is dropped where it is paused. None of them needs to cooperate.
 */
public final class FairScripts {
    private static final long SLICE_TICKS = 20_000;
    private static final long BUDGET_TICKS = 1_000_000;
    private static final long LONGEST_STRING_BYTES = 1 << 20;

    /**
     * How a script ended.
     *
     * @param result what it returned, or why it did not
     * @param slices how often it had its turn
     */
    record Ending(String name, String result, int slices) {}

    /** A script on its way. */
    private static final class Share {
        private final String name;
        private final LuaRun run;
        private long ticks;
        private int slices;

        Share(String name, String text) {
            this.name = name;
            LuaOptions options =
                    LuaOptions.standard().withAccounting().withMaxStringBytes(LONGEST_STRING_BYTES);
            LuaRuntime lua = LuaRuntime.create(options, silence());
            run = lua.start(lua.load(text, "=" + name));
        }

        private static SystemHost silence() {
            OutputStream nowhere = OutputStream.nullOutputStream();
            return new SystemHost(InputStream.nullInputStream(), nowhere, nowhere);
        }

        /** Runs it for a slice; how it ended, or null if it has not. */
        @Nullable Ending next() {
            slices++;
            try {
                LuaRun.Outcome outcome = run.resume(SLICE_TICKS);
                ticks += run.spent();
                if (outcome == LuaRun.Outcome.FINISHED) return ended(String.valueOf(run.results()));
            } catch (LuaException e) {
                return ended("error: " + e.value());
            }
            return ticks < BUDGET_TICKS ? null : ended("dropped: its budget is spent");
        }

        private Ending ended(String result) {
            return new Ending(name, result, slices);
        }
    }

    private final Queue<Share> shares = new ArrayDeque<>();

    /** Adds a script. */
    FairScripts add(String name, String text) {
        shares.add(new Share(name, text));
        return this;
    }

    /** Runs them all by turns; how they ended, in that order. */
    List<Ending> run() {
        List<Ending> endings = new ArrayList<>();
        for (Share share = shares.poll(); share != null; share = shares.poll()) {
            Ending ending = share.next();
            if (ending == null) shares.add(share);
            else endings.add(ending);
        }
        return endings;
    }

    /** A decent script among hostile ones. */
    static FairScripts crowd() {
        return new FairScripts()
                .add("forever", "while true do end")
                .add("catcher", "while true do pcall(function() while true do end end) end")
                .add(
                        "coroutines",
                        "while true do coroutine.wrap(function() coroutine.yield() end)() end")
                .add("sorter", "table.sort({1, 2, 3}, function() while true do end end)")
                .add("deep", "local function f() return 1 + f() end return f()")
                .add("long", "local s = 'x' while true do s = s .. s end")
                .add("decent", "local sum = 0 for i = 1, 50000 do sum = sum + i end return sum");
    }

    public static void main(String[] args) {
        for (Ending each : crowd().run())
            System.out.printf("%-10s %3d slices: %s%n", each.name, each.slices, each.result);
    }
}
