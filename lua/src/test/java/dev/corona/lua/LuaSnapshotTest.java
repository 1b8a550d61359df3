package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.SnapshotException;
import dev.corona.lua.LuaRun.Outcome;
import dev.corona.lua.emit.Compiler;
import dev.corona.lua.runtime.LuaCode;
import dev.corona.lua.runtime.SystemHost;
import dev.corona.snapshot.HostObjects;
import dev.corona.snapshot.SnapshotOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Paused programs go on from their bytes, in another runtime, as they would have gone on here. */
class LuaSnapshotTest {
    private static final SnapshotOptions OPTIONS =
            SnapshotOptions.of(LuaSnapshotTest.class.getClassLoader());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private LuaRuntime runtime() {
        return runtime(LuaOptions.standard().withProfile(LuaOptions.Profile.FULL).withAccounting());
    }

    private LuaRuntime runtime(LuaOptions options) {
        LuaRuntime lua =
                LuaRuntime.create(options, new SystemHost(InputStream.nullInputStream(), out, out));
        lua.set("host", arguments -> arguments.size());
        return lua;
    }

    private String output() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static LuaRun moved(LuaRun run, LuaRuntime to) {
        byte[] bytes = LuaSnapshot.of(run, OPTIONS).toBytes();
        return LuaSnapshot.ofBytes(bytes).restore(to, OPTIONS);
    }

    /** What a program prints and returns if it goes on in another runtime at every pause. */
    private List<Object> runMoving(String text) {
        LuaRuntime lua = runtime();
        LuaRun run = lua.start(lua.load(text, "@program.lua"));
        while (run.resume(0) != Outcome.FINISHED) run = moved(run, runtime());
        return run.results();
    }

    @Test
    void goesOnInsideNestedCoroutinesASortAndAMetamethod() {
        String text =
                """
                local log, seen = {}, 0
                local point = setmetatable({}, { __lt = function(a, b) seen = seen + 1; coroutine.yield(seen) return a.n < b.n end })
                local mt = getmetatable(point)
                local function value(n) return setmetatable({ n = n }, mt) end
                local outer = coroutine.wrap(function()
                  local middle = coroutine.wrap(function()
                    local inner = coroutine.wrap(function()
                      local list = { value(5), value(1), value(4), value(2), value(3) }
                      table.sort(list, function(a, b) return a < b end)
                      local names = {}
                      for i, v in ipairs(list) do names[i] = v.n end
                      return "sorted " .. table.concat(names, ",")
                    end)
                    while true do
                      local x = inner()
                      coroutine.yield(x)
                      if type(x) == "string" then return end
                    end
                  end)
                  while true do
                    local x = middle()
                    coroutine.yield(x)
                    if type(x) == "string" then return end
                  end
                end)
                repeat
                  local x = outer()
                  log[#log + 1] = tostring(x)
                until type(x) == "string"
                return table.concat(log, " ")
                """;
        LuaRuntime plain = runtime();
        assertThat(runMoving(text)).isEqualTo(plain.run(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local t = {} t.self = t; t[t] = 1; t[1.5] = 2; for i = 1, 3 do host() end return t.self == t, t[t], t[1.5], #t",
                "local n = 0 local t = {} for i = 1, 40 do t[{}] = i end for k, v in pairs(t) do n = n + v; t[k] = nil; host() end return n, next(t)",
                "local a <close> = setmetatable({}, { __close = function() print('closed') end }) for i = 1, 3 do host() end return 'open'",
                "local s = 0 for w in ('a1 b2 c3'):gmatch('%d') do host() s = s + w end return s",
                "local r = {} for i = 1, 5 do r[i] = math.random(1000) end return #r",
                "local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(300)",
                "local function f(n) if n == 0 then return 'tail' end return f(n - 1) end return f(300)",
                "return pcall(function() local ok, e = pcall(error, { code = 7 }) host() error(e.code + 1, 0) end)",
                "return xpcall(function() host() error('x', 0) end, function(m) host() return m .. '!' end)",
                "local t = setmetatable({}, { __mode = 'k' }) local k = {} t[k] = 'v' host() return t[k], t[{}]",
                "local c = require('string') host() return c == string, package.loaded.string == string, _G._G == _G, _ENV == _G",
                "local f = load('local a = ... return function() a = a + 1 return a end')(1) f() host() return f(), f()",
                "local t = setmetatable({}, { __index = function(_, k) host() return k .. k end }) return t.a, t.b",
                "local co = coroutine.create(function() host() error('in') end) coroutine.resume(co) host() return coroutine.status(co), coroutine.close(co)",
                "local u = {} for i = 1, 3 do u[i] = function() i = i + 1 return i end end host() u[1]() return u[1](), u[2]()",
                "string.extra = function(s) return s .. '?' end host() return ('x'):extra()",
                "goto on ::on:: local x <const> = 3 host() return x // 2, x / 2, 1e300 * 1e10, -0.0, math.mininteger",
                "local n = 0 debug.sethook(function() n = n + 1 end, 'l')\nlocal x = 1\nx = x + 1\ndebug.sethook() return n, x",
                "return select('#', table.unpack({ 1, nil, 3 }, 1, 3)), (function(...) host() return ... end)(1, nil, 2)",
                "local r = ('x'):rep(3000, ','):gsub('x', function(c) return host() end) return #r",
            })
    void aProgramThatIsMovedAtEveryPauseEndsAsIfItWereNot(String text) {
        LuaRuntime plain = runtime();
        String random = "math.randomseed(42) ";
        assertThat(runMoving(random + text)).isEqualTo(plain.run(random + text, "@program.lua"));
    }

    @Test
    void theOriginalGoesOnAsIfNothingHadHappened() {
        LuaRuntime lua = runtime();
        LuaRun run =
                lua.start(lua.load("local n = 0 for i = 1, 10 do n = n + i end return n", "@p"));
        assertThat(run.resume(5)).isEqualTo(Outcome.PAUSED);
        LuaRun copy = moved(run, runtime());
        assertThat(run.resume()).isEqualTo(Outcome.FINISHED);
        assertThat(copy.resume()).isEqualTo(Outcome.FINISHED);
        assertThat(run.results()).containsExactly(55L).isEqualTo(copy.results());
    }

    @Test
    void theSameTextGivesTheSameClasses() {
        String text =
                "local a <close>, b = f(), 2 for k, v in pairs(a) do if k then goto on end b = k .. v ::on:: end";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LuaCode first = Compiler.compile(bytes, "@p", true, false).code();
        LuaCode second = Compiler.compile(bytes, "@p", true, false).code();
        String main = first.packageName() + ".main$0";
        assertThat(second.packageName()).isEqualTo(first.packageName());
        assertThat(fingerprint(second, main)).isEqualTo(fingerprint(first, main));
    }

    private static String fingerprint(LuaCode code, String type) {
        try {
            return code.fingerprint(code.loadClass(type));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesTheSameTicksAsTheOriginal() {
        LuaRuntime lua = runtime();
        String text = "local t = {} for i = 1, 500 do t[i] = i % 7 end table.sort(t) return t[1]";
        LuaRun whole = lua.start(lua.load(text, "@p"));
        whole.resume();
        LuaRun run = lua.start(lua.load(text, "@p"));
        long spent = 0;
        while (run.resume(100) != Outcome.FINISHED) {
            spent += run.spent();
            run = moved(run, runtime());
        }
        assertThat(spent + run.spent()).isEqualTo(whole.spent());
    }

    @Test
    void aNewRunAndOneThatHasEndedCanBeMovedToo() {
        LuaRuntime lua = runtime();
        LuaRun run = moved(lua.start(lua.load("return ... + 1", "@p"), 41), runtime());
        assertThat(run.resume()).isEqualTo(Outcome.FINISHED);
        LuaRun ended = moved(run, runtime());
        assertThat(ended.isFinished()).isTrue();
        assertThat(ended.results()).containsExactly(42L);
    }

    @Test
    void finalizersOfTheProgramAreRunByTheOtherRuntime() {
        LuaRuntime lua = runtime();
        LuaRun run =
                lua.start(
                        lua.load(
                                "kept = setmetatable({}, { __gc = function() print('collected') end }) for i = 1, 9 do end",
                                "@p"));
        while (lua.get("kept") == null) run.resume(0);
        LuaRuntime other = runtime();
        LuaRun moved = moved(run, other);
        moved.resume();
        assertThat(output()).isEmpty();
        other.close();
        assertThat(output()).isEqualTo("collected\n");
    }

    @Test
    void aFunctionThatTheOtherRuntimeLacksIsNamed() {
        LuaRuntime lua = runtime();
        LuaRun run = lua.start(lua.load("local f = io.open for i = 1, 9 do end return f", "@p"));
        run.resume(3);
        byte[] bytes = LuaSnapshot.of(run, OPTIONS).toBytes();
        LuaRuntime pure = runtime(LuaOptions.standard().withAccounting());
        assertThatThrownBy(() -> LuaSnapshot.ofBytes(bytes).restore(pure, OPTIONS))
                .isInstanceOf(SnapshotException.Unresolved.class)
                .hasMessageContaining("io.");
    }

    @Test
    void aHostFunctionThatWasNotSetAgainIsNamed() {
        LuaRuntime lua = runtime();
        lua.set("score", arguments -> 1);
        LuaRun run = lua.start(lua.load("for i = 1, 9 do end return score()", "@p"));
        run.resume(3);
        byte[] bytes = LuaSnapshot.of(run, OPTIONS).toBytes();
        LuaRuntime other = runtime();
        assertThatThrownBy(() -> LuaSnapshot.ofBytes(bytes).restore(other, OPTIONS))
                .isInstanceOf(SnapshotException.Unresolved.class)
                .hasMessageContaining("score");
        LuaRuntime third = runtime();
        third.set("score", arguments -> 7);
        LuaRun moved = LuaSnapshot.ofBytes(bytes).restore(third, OPTIONS);
        moved.resume();
        assertThat(moved.results()).containsExactly(7L);
    }

    @Test
    void anOpenFileIsRefusedByName() {
        LuaRuntime lua = runtime();
        LuaRun run =
                lua.start(lua.load("local f = io.tmpfile() for i = 1, 9 do end return f", "@p"));
        run.resume(4);
        assertThatThrownBy(() -> LuaSnapshot.of(run, OPTIONS))
                .isInstanceOf(SnapshotException.Unstorable.class)
                .hasMessageContaining("LuaFile")
                .hasMessageContaining("local variable f");
    }

    @Test
    void aStageThatTheProgramWaitsForNeedsAName() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        LuaRuntime lua = runtime();
        lua.set("await", arguments -> stage);
        LuaRun run = lua.start(lua.load("return await() + 1", "@p"));
        assertThat(run.resume()).isEqualTo(Outcome.WAITING);
        assertThatThrownBy(() -> LuaSnapshot.of(run, OPTIONS))
                .isInstanceOf(SnapshotException.Unstorable.class)
                .hasMessageContaining("CompletableFuture");
        SnapshotOptions named = OPTIONS.withHosts(HostObjects.of(Map.of("job 7", stage)));
        LuaRuntime other = runtime();
        other.set("await", arguments -> stage);
        byte[] bytes = LuaSnapshot.of(run, named).toBytes();
        LuaRun moved = LuaSnapshot.ofBytes(bytes).restore(other, named);
        assertThat(moved.resume()).isEqualTo(Outcome.WAITING);
        stage.complete(4L);
        assertThat(moved.resume()).isEqualTo(Outcome.FINISHED);
        assertThat(moved.results()).containsExactly(5L);
    }

    @Test
    void aRuntimeThatCountsNoTicksIsRefused() {
        LuaRuntime lua = runtime();
        byte[] bytes = LuaSnapshot.of(lua.start(lua.load("return 1", "@p")), OPTIONS).toBytes();
        LuaRuntime other = runtime(LuaOptions.standard().withProfile(LuaOptions.Profile.FULL));
        assertThatThrownBy(() -> LuaSnapshot.ofBytes(bytes).restore(other, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("counts ticks");
    }

    @Test
    void whatWasTamperedWithIsRefused() {
        LuaRuntime lua = runtime();
        byte[] bytes = LuaSnapshot.of(lua.start(lua.load("return 1", "@p")), OPTIONS).toBytes();
        for (int at : new int[] {bytes.length / 3, bytes.length / 2, bytes.length - 1}) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> LuaSnapshot.ofBytes(changed).restore(runtime(), OPTIONS))
                    .isInstanceOf(SnapshotException.Damaged.class);
        }
    }

    @Test
    void aProgramCannotBeStoredWhileItRuns() {
        LuaRuntime lua = runtime();
        LuaRun other = lua.start(lua.load("return 1", "@p"));
        lua.set("store", arguments -> LuaSnapshot.of(other, OPTIONS).toString());
        assertThatThrownBy(() -> lua.run("store()")).hasMessageContaining("is running");
    }
}
