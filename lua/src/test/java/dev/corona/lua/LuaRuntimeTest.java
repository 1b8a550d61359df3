package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.corona.lua.LuaRun.Outcome;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaTable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** What embedders do: run, call, convert, pause, limit. */
class LuaRuntimeTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());

    private static LuaRuntime accounted() {
        return LuaRuntime.create(LuaOptions.standard().withAccounting());
    }

    @Test
    void returnsWhatAChunkReturns() {
        assertThat(lua.run("return 1, 2.5, 'x', nil, true"))
                .containsExactly(1L, 2.5, "x", null, true);
        assertThat(lua.run("local x = 1")).isEmpty();
    }

    @Test
    void callsJavaFromLuaAndLuaFromJava() {
        lua.set("double", args -> (Long) args.get(0) * 2);
        assertThat(lua.run("return double(21)")).containsExactly(42L);
        LuaFunction f =
                (LuaFunction) lua.load("return function(a, b) return b, a end", "=c").call();
        assertThat(lua.call(f, 1, "two")).containsExactly("two", 1L);
    }

    private record Point(int x, double y) {}

    @Test
    void convertsListsMapsAndRecords() {
        lua.set("list", List.of(1, 2, 3));
        lua.set("map", Map.of("k", "v"));
        lua.set("point", new Point(3, 4.5));
        assertThat(lua.run("return #list, list[2], map.k, point.x, point.y"))
                .containsExactly(3L, 2L, "v", 3L, 4.5);
        assertThatThrownBy(() -> lua.set("thread", Thread.currentThread()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LuaUserdata");
    }

    @Test
    void errorsNamePlaceAndVariable() {
        assertThatThrownBy(() -> lua.run("local a\nlocal b = a.x", "@f.lua"))
                .isInstanceOf(LuaException.class)
                .hasMessage("f.lua:2: attempt to index a nil value (local 'a')");
        assertThatThrownBy(() -> lua.run("x = = 1", "@f.lua"))
                .isInstanceOf(LuaException.class)
                .hasMessage("f.lua:1: unexpected symbol near '='");
    }

    @Test
    void keepsTheCauseOfAJavaError() {
        lua.set(
                "fail",
                args -> {
                    throw new java.io.IOException("disk");
                });
        assertThatThrownBy(() -> lua.run("fail()"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("disk")
                .cause()
                .isInstanceOf(java.io.IOException.class);
    }

    @Test
    void runtimesShareNothing() {
        LuaRuntime other = LuaRuntime.create(LuaOptions.standard());
        lua.run("x = 1");
        assertThat(other.run("return x")).containsExactly((Object) null);
    }

    @Test
    void waitsForAStageWhileTheThreadIsFree() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        lua.set("fetch", args -> stage);
        LuaRun run = lua.start(lua.load("return fetch() .. '!'", "=c"));
        assertThat(run.resume()).isEqualTo(Outcome.WAITING);
        assertThat(run.awaited()).isSameAs(stage);
        stage.complete("done");
        assertThat(run.resume()).isEqualTo(Outcome.FINISHED);
        assertThat(run.results()).containsExactly("done!");
    }

    @Test
    void pausesWhenTicksAreSpentAndGoesOnWithMore() {
        LuaRuntime counted = accounted();
        LuaRun run =
                counted.start(
                        counted.load(
                                "local s = 0 for i = 1, 1000 do s = s + i end return s", "=c"));
        assertThat(run.resume(100)).isEqualTo(Outcome.PAUSED);
        assertThat(run.results()).isEmpty();
        int portions = 1;
        while (run.resume(100) == Outcome.PAUSED) portions++;
        assertThat(portions).isBetween(8, 12);
        assertThat(run.results()).containsExactly(500500L);
    }

    private static final String WORK =
            """
            local function f(n) if n < 2 then return n end return f(n - 1) + f(n - 2) end
            local t = {} for i = 1, 50 do t[i] = f(i % 10) end
            local s = 0 local i = 1 while i <= #t do s = s + t[i] i = i + 1 end return s""";

    private static long ticksOf(String source) {
        LuaRuntime counted = accounted();
        LuaRun run = counted.start(counted.load(source, "=c"));
        assertThat(run.resume(1_000_000)).isEqualTo(Outcome.FINISHED);
        return run.spent();
    }

    @Test
    void countsTheSameForTheSameProgram() {
        assertThat(ticksOf(WORK)).isEqualTo(ticksOf(WORK)).isGreaterThan(1000);
    }

    @Test
    void meansTheSameWhenItIsPausedAtEveryPoint() {
        List<Object> plainly = lua.run(WORK);
        LuaRuntime counted = accounted();
        LuaRun run = counted.start(counted.load(WORK, "=c"));
        int pauses = 0;
        while (run.resume(0) == Outcome.PAUSED) pauses++;
        assertThat(pauses).isGreaterThan(1000);
        assertThat(run.results()).isEqualTo(plainly);
    }

    @Test
    void aPausedProgramGoesOnOnAnotherThread() throws Exception {
        LuaRuntime counted = accounted();
        LuaRun run = counted.start(counted.load(WORK, "=c"));
        while (!run.isFinished()) {
            CompletableFuture.supplyAsync(() -> run.resume(200), Thread.ofPlatform()::start).get();
        }
        assertThat(run.results()).isEqualTo(lua.run(WORK));
    }

    @Test
    void anotherThreadStopsALoopWithoutEnd() {
        CountDownLatch started = new CountDownLatch(1);
        lua.set(
                "started",
                args -> {
                    started.countDown();
                    return null;
                });
        LuaRun run = lua.start(lua.load("started() while true do end", "=c"));
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                started.await();
                            } catch (InterruptedException e) {
                                return;
                            }
                            lua.requestPause();
                        });
        Outcome outcome = assertTimeoutPreemptively(LONGEST, () -> run.resume());
        assertThat(outcome).isEqualTo(Outcome.PAUSED);
        assertThat(lua.run("return 'alive'")).containsExactly("alive");
    }

    /** One that speaks of a hook, for the interpreter, and a usual one. */
    @ParameterizedTest
    @ValueSource(strings = {"t.sethook", "t.other"})
    void callsAreSpentWithoutAnyLoop(String field) {
        LuaRuntime lua = accounted();
        String text =
                """
                local t = {}
                local function f(n)
                  if n == 0 or %s then return end
                  f(n - 1)
                  f(n - 1)
                end
                f(60)
                """
                        .formatted(field);
        LuaRun run = lua.start(lua.load(text, "=c"));
        Outcome outcome = assertTimeoutPreemptively(LONGEST, () -> run.resume(10_000));
        assertThat(outcome).isEqualTo(Outcome.PAUSED);
        assertThat(run.spent()).isEqualTo(10_001);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoopPausesAsOftenAsSomebodyAsks(boolean accounted) {
        LuaOptions options = LuaOptions.standard();
        LuaRuntime lua = LuaRuntime.create(accounted ? options.withAccounting() : options);
        Semaphore ticked = new Semaphore(0);
        lua.set(
                "tick",
                args -> {
                    ticked.release();
                    return null;
                });
        LuaRun run = lua.start(lua.load("while true do tick() end", "=c"));
        for (int i = 0; i < 50; i++) {
            ticked.drainPermits();
            Thread.startVirtualThread(
                    () -> {
                        ticked.acquireUninterruptibly();
                        lua.requestPause();
                    });
            assertThat(assertTimeoutPreemptively(LONGEST, () -> run.resume()))
                    .isEqualTo(Outcome.PAUSED);
        }
    }

    @Test
    void wallTimeEndsACall() {
        LuaRuntime limited =
                LuaRuntime.create(LuaOptions.standard().withWallTime(Duration.ofMillis(20)));
        assertTimeoutPreemptively(
                LONGEST,
                () ->
                        assertThatThrownBy(() -> limited.run("while true do end"))
                                .isInstanceOf(LuaException.class)
                                .hasMessageContaining("PT0.02S"));
        assertThat(limited.run("return 1")).containsExactly(1L);
    }

    @Test
    void recursionIsLimitedByLuaAndNotByTheJavaStack() {
        assertThat(
                        lua.run(
                                "local function d(n) if n == 0 then return 0 end return 1 + d(n - 1) end return d(150000)"))
                .containsExactly(150_000L);
        assertThatThrownBy(() -> lua.run("local function f() return 1 + f() end return f()"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("stack overflow");
    }

    @Test
    void recursionMayResumeCoroutinesAtEachLevel() {
        assertThat(
                        lua.run(
                                """
                                local tick = coroutine.wrap(function()
                                  local n = 0
                                  while true do n = n + 1 coroutine.yield(n) end
                                end)
                                local function d(n)
                                  if n == 0 then return 0 end
                                  tick()
                                  return 1 + d(n - 1)
                                end
                                return d(150000), tick()"""))
                .containsExactly(150_000L, 150_001L);
        assertThatThrownBy(
                        () ->
                                lua.run(
                                        """
                                        local tick = coroutine.wrap(function()
                                          while true do coroutine.yield() end
                                        end)
                                        local function f() tick() return 1 + f() end
                                        return f()"""))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("stack overflow");
    }

    @Test
    void interpretedFunctionsMayRecurseAgainAndAgain() {
        LuaRuntime full =
                LuaRuntime.create(LuaOptions.standard().withProfile(LuaOptions.Profile.FULL));
        assertThat(
                        full.run(
                                """
                                debug.sethook(function() end, "", 1000000)
                                local function d(n) if n == 0 then return 0 end return 1 + d(n - 1) end
                                local function fail(n) if n == 0 then error("end", 0) end return 1 + fail(n - 1) end
                                local function z(n, again)
                                  if n == 0 then return 0 end
                                  local r = 1 + z(n - 1, again)
                                  if again and n == 90000 then r = r + z(90000) end
                                  return r
                                end
                                local a, b = d(100000), d(100000)
                                local _, message = pcall(fail, 100000)
                                local c, e = z(100000, true), d(100000)
                                debug.sethook()
                                return a, b, message, c, e, z(100000, true)"""))
                .containsExactly(100_000L, 100_000L, "end", 190_000L, 100_000L, 190_000L);
    }

    @Test
    void theClockIsFine() {
        assertThat(
                        lua.run(
                                """
                                local finest, last = math.huge, os.clock()
                                for i = 1, 100 do
                                  local now
                                  repeat now = os.clock() until now ~= last
                                  assert(now > last)
                                  finest, last = math.min(finest, now - last), now
                                end
                                return finest < 0.001"""))
                .containsExactly(true);
    }

    @Test
    void coroutinesMayBeDeepAndNested() {
        assertThat(
                        lua.run(
                                """
                                local function down(n) if n > 0 then down(n - 1) coroutine.yield(n) end end
                                local function up(n)
                                  if n == 0 then return 0 end
                                  local c = coroutine.wrap(function()
                                    for v in coroutine.wrap(function() down(300) end) do
                                      coroutine.yield(v)
                                    end
                                    return up(n - 1)
                                  end)
                                  local sum = 0
                                  for i = 1, 300 do sum = sum + c() end
                                  return sum + c()
                                end
                                local function pad(n, ...) if n == 0 then return up(...) end return (pad(n - 1, ...)) end
                                local all = 0
                                for n = 0, 200, 9 do all = all + pad(n, 12) end
                                return all"""))
                .containsExactly(23L * 12 * 300 * 301 / 2);
    }

    @Test
    void tailCallsTakeNoStack() {
        String mutual =
                """
                local even
                local function odd(n) if n == 0 then return false end return even(n - 1) end
                function even(n) if n == 0 then return true end return odd(n - 1) end
                """
                        .replace("function even(n)", "even = function(n)");
        assertThat(lua.run(mutual + "return even(1000000)")).containsExactly(true);
    }

    @Test
    void stringsHaveALimit() {
        LuaRuntime limited = LuaRuntime.create(LuaOptions.standard().withMaxStringBytes(1000));
        assertThatThrownBy(() -> limited.run("local s = 'x' while true do s = s .. s end"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void closesVariablesOnEveryWayOut() {
        LuaTable log = new LuaTable();
        lua.globals().set(dev.corona.lua.runtime.LuaString.of("log"), log);
        lua.set(
                "closable",
                args -> {
                    LuaTable t = new LuaTable();
                    LuaTable meta = new LuaTable();
                    meta.set(dev.corona.lua.runtime.LuaString.of("__close"), lua.get("closer"));
                    t.setMetatable(meta);
                    return t;
                });
        lua.run("function closer(v, e) log[#log + 1] = e or 'none' end");
        lua.run(
                """
                local function a() local x <close> = closable() return 1 end a()
                for i = 1, 2 do local x <close> = closable() if i == 1 then goto next end break ::next:: end
                do local x <close> = closable() end""");
        assertThat(log.length()).isEqualTo(4);
        assertThatThrownBy(() -> lua.run("local x <close> = closable() local y = nil + 1", "=c"))
                .hasMessage("c:1: attempt to perform arithmetic on a nil value");
        assertThat(LuaValues.toJava(log.get(5)))
                .isEqualTo("c:1: attempt to perform arithmetic on a nil value");
    }

    @Test
    void functionsTooLargeForTheJvmRun() {
        StringBuilder chunk = new StringBuilder("local t = {");
        for (int i = 1; i <= 100_000; i++) chunk.append(i).append(".5,");
        chunk.append("} local s = 0 for i = 1, #t do s = s + t[i] end return #t, s");
        assertThat(lua.run(chunk.toString())).containsExactly(100_000L, 5000100000.0);
    }

    @Test
    void longChainsOfOperatorsRun() {
        assertThat(lua.run("return 1" + " + 1".repeat(20_000))).containsExactly(20_001L);
        assertThat(lua.run("local t = {} t.t = t return t" + ".t".repeat(20_000) + " == t"))
                .containsExactly(true);
        assertThat(lua.run("return 1" + " and 1".repeat(20_000))).containsExactly(1L);
    }
}
