package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Programs on threads whose Java stack is smaller than what they take of it before they leave it for the heap. */
class SmallStackTest {
    /** Dives from many depths, resumes a coroutine at each level; returns how often it met the end of the Java stack. */
    private static final String DIVES =
            """
            local overflows = 0
            for padding = 1, 150 do
              local co = coroutine.wrap(function()
                local tick = coroutine.wrap(function() while true do coroutine.yield(1) end end)
                local function dive(n) tick() if n == 0 then return 0 end return 1 + dive(n - 1) end
                local function pad(n) if n == 0 then return dive(400) end return (pad(n - 1)) end
                coroutine.yield(pcall(pad, padding))
                coroutine.yield(pcall(tick))
                return "end"
              end)
              local ok, result = co()
              if not ok then overflows = overflows + 1 end
              assert(ok and result == 400 or string.find(result, "stack overflow"), result)
              local goes, value = co()
              assert(goes and value == 1 or string.find(value, "dead coroutine"), value)
              assert(co() == "end")
            end
            return overflows""";

    /** Twice as many calls as there is room for, with a coroutine inside each. */
    private static final String NESTS =
            """
            local overflows = 0
            for padding = 1, 40 do
              local function dive(n)
                local inner = coroutine.wrap(function()
                  coroutine.yield(n)
                  if n == 100 then return 100 end
                  return dive(n + 1)
                end)
                inner()
                return inner()
              end
              local function pad(n) if n == 0 then return dive(1) end return (pad(n - 1)) end
              local ok, result = pcall(pad, padding)
              if not ok then overflows = overflows + 1 end
              assert(ok and result == 100 or string.find(result, "overflow"), result)
            end
            return overflows""";

    private static final String AFTERWARDS =
            """
            local co = coroutine.wrap(function() coroutine.yield(1) return 2 end)
            local function d(n) if n == 0 then return 0 end return 1 + d(n - 1) end
            return co() + co(), d(1000)""";

    /** A class that is used first where a stack ends can never be used again; so the build runs this in a process of its own, too. */
    @BeforeAll
    static void initializeWhatErrorsNeed() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        String fails = "local function f() return 1 + f() end return pcall(f)";
        lua.run("coroutine.wrap(function() coroutine.yield() %s end)() %s".formatted(fails, fails));
        assertThat(lua.run(DIVES)).containsExactly(0L);
        assertThat(lua.run(NESTS)).containsExactly(0L);
        assertThat(lua.run(AFTERWARDS)).containsExactly(3L, 1000L);
    }

    private record Outcome(@Nullable List<@Nullable Object> results, @Nullable Throwable thrown) {}

    private static Outcome on(int stackKiB, LuaRuntime lua, String program)
            throws InterruptedException {
        Outcome[] outcome = new Outcome[1];
        Runnable run =
                () -> {
                    try {
                        outcome[0] = new Outcome(lua.run(program), null);
                    } catch (Throwable thrown) {
                        outcome[0] = new Outcome(null, thrown);
                    }
                };
        Thread thread = new Thread(null, run, "small stack", (long) stackKiB << 10);
        thread.start();
        thread.join();
        return outcome[0];
    }

    private static long overflows(int stackKiB, String program) throws InterruptedException {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
        Outcome outcome = on(stackKiB, lua, program);
        assertThat(outcome.thrown()).isNull();
        assertThat(lua.run(AFTERWARDS)).containsExactly(3L, 1000L);
        return (long) outcome.results().getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 80, 100, 120, 130, 140, 150, 160, 170, 180, 200, 220, 240, 280})
    void theEndOfItIsAnErrorThatProgramsCanCatch(int stackKiB) throws InterruptedException {
        long dives = overflows(stackKiB, DIVES);
        long nests = overflows(stackKiB, NESTS);
        if (stackKiB <= 100) assertThat(dives).isPositive();
        if (stackKiB <= 100) assertThat(nests).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048})
    void aStackOfTheUsualSizeDoesNotEnd(int stackKiB) throws InterruptedException {
        assertThat(overflows(stackKiB, DIVES)).isZero();
        assertThat(overflows(stackKiB, NESTS)).isZero();
    }
}
