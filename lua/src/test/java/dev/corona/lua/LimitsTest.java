package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.lua.LuaLimitException.Limit;
import dev.corona.lua.LuaRun.Outcome;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What the limits of {@link LuaOptions} stop, and what they let pass. */
class LimitsTest {
    private static final long MEGABYTES = 1 << 20;

    private static LuaRuntime runtime(long megabytes) {
        return LuaRuntime.create(LuaOptions.standard().withMaxMemoryBytes(megabytes * MEGABYTES));
    }

    @Test
    void garbageDoesNotCount() {
        LuaRuntime lua = runtime(4);
        assertThat(
                        lua.run(
                                """
                                local n = 0
                                for i = 1, 300000 do local t = { i, tostring(i) } n = n + #t end
                                for i = 1, 300 do local s = ("x"):rep(100000) n = n + #s end
                                return n"""))
                .containsExactly(600_000L + 30_000_000L);
    }

    @Test
    void whatIsSharedCountsOnce() {
        LuaRuntime lua = runtime(4);
        assertThat(
                        lua.run(
                                """
                                local s, t = ("x"):rep(500000), {}
                                for i = 1, 50000 do t[i] = s end
                                for i = 1, 100000 do local u = { i } end
                                return #t"""))
                .containsExactly(50_000L);
    }

    @Test
    void aProgramMayCatchTheErrorAndLetGo() {
        LuaRuntime lua = runtime(4);
        assertThat(
                        lua.run(
                                """
                                local t, kept = {}, 0
                                local ok, message = pcall(function()
                                  for i = 1, math.maxinteger do t[i] = { i } kept = i end
                                end)
                                t = nil
                                for i = 1, 200000 do local u = { i } end
                                return ok, message, kept > 10000"""))
                .containsExactly(false, "not enough memory", true);
    }

    @Test
    void oneThatDoesNotIsEndedAndNoHandlerHearsOfIt() {
        LuaRuntime lua = runtime(4);
        assertThatThrownBy(
                        () ->
                                lua.run(
                                        """
                                        local t = {}
                                        while true do
                                          xpcall(function() while true do t[#t + 1] = { #t } end end, print)
                                        end"""))
                .isInstanceOfSatisfying(
                        LuaLimitException.class, e -> assertThat(e.limit()).isEqualTo(Limit.MEMORY))
                .hasMessageContaining("may keep 4194304");
        assertThat(lua.run("return 1 + 1")).containsExactly(2L);
    }

    @Test
    void globalsOfEarlierProgramsCount() {
        LuaRuntime lua = runtime(4);
        String more = "local t = {} for i = 1, 20000 do t[i] = { i } end all = { all, t } return 1";
        assertThat(lua.run(more)).containsExactly(1L);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 20; i++) lua.run(more);
                        })
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void memoryCountsWhatSuspendedCoroutinesHold() {
        LuaRuntime lua = runtime(4);
        assertThatThrownBy(
                        () ->
                                lua.run(
                                        """
                                        local all = {}
                                        for i = 1, math.maxinteger do
                                          all[i] = coroutine.wrap(function() local x = ("x"):rep(1000) coroutine.yield() return x end)
                                          all[i]()
                                        end"""))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void theCountOfTicksIsTheSameWithAndWithoutALimitOnMemory() {
        String work =
                "local t = {} for i = 1, 50000 do t[i % 100 + 1] = { ('x'):rep(i % 2000) } end";
        LuaOptions plain = LuaOptions.standard().withAccounting();
        assertThat(ticks(plain.withMaxMemoryBytes(MEGABYTES), work))
                .isEqualTo(ticks(plain, work))
                .isGreaterThan(100_000);
    }

    private static long ticks(LuaOptions options, String source) {
        LuaRuntime lua = LuaRuntime.create(options);
        LuaRun run = lua.start(lua.load(source, "=c"));
        assertThat(run.resume(100_000_000)).isEqualTo(Outcome.FINISHED);
        return run.spent();
    }

    @Test
    void workThatCostsMoreThanAPortionIsPaidForInSeveral() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard().withAccounting());
        LuaRun run = lua.start(lua.load("return #('x'):rep(6400000)", "=c"));
        int portions = 1;
        while (run.resume(10_000) == Outcome.PAUSED) portions++;
        assertThat(portions).isEqualTo(11);
        assertThat(run.results()).containsExactly(6_400_000L);
    }

    @Test
    void depthIsLimited() {
        LuaOptions options = LuaOptions.standard().withMaxDepth(1000);
        String deep =
                "local function d(n) if n == 0 then return 0 end return 1 + d(n - 1) end return d(";
        assertThat(LuaRuntime.create(options).run(deep + "500)")).containsExactly(500L);
        assertThatThrownBy(() -> LuaRuntime.create(options).run(deep + "5000)"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("stack overflow");
        assertThat(LuaRuntime.create(options.withMaxDepth(10_000)).run(deep + "5000)"))
                .containsExactly(5000L);
    }

    @Test
    void wallTimePausesARunThatCanGoOn() {
        LuaRuntime lua =
                LuaRuntime.create(LuaOptions.standard().withWallTime(Duration.ofMillis(5)));
        LuaRun run = lua.start(lua.load("while not done do end return 'done'", "=c"));
        assertThat(run.resume()).isEqualTo(Outcome.PAUSED);
        lua.set("done", true);
        Outcome outcome = run.resume();
        while (outcome == Outcome.PAUSED) outcome = run.resume();
        assertThat(run.results()).containsExactly("done");
        assertThatThrownBy(() -> lua.run("while true do end"))
                .isInstanceOfSatisfying(
                        LuaLimitException.class, e -> assertThat(e.limit()).isEqualTo(Limit.TIME));
    }

    @Test
    void aFinalizerThatDoesNotEndCanBeClosedByPortions() {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard().withAccounting());
        lua.run("keep = setmetatable({}, { __gc = function() while true do end end })");
        assertThat(lua.closing().resume(10_000)).isEqualTo(Outcome.PAUSED);
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        LuaOptions options = LuaOptions.standard();
        assertThatThrownBy(() -> options.withMaxMemoryBytes(1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxMemoryBytes must be at least 1048576, but was 1000");
        assertThatThrownBy(() -> options.withMaxDepth(3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withMaxStringBytes(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withWallTime(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(options.withMaxMemoryBytes(MEGABYTES).accounted()).isTrue();
    }
}
