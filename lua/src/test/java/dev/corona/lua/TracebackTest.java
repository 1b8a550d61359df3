package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corona.lua.runtime.SystemHost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** What comes out of a program that ends by an error is what {@code lua5.4} writes to standard error. */
class TracebackTest {
    @TempDir private Path folder;

    private static LuaRuntime runtime(LuaOptions options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return LuaRuntime.create(options, new SystemHost(InputStream.nullInputStream(), out, out));
    }

    private static LuaOptions full() {
        return LuaOptions.standard().withProfile(LuaOptions.Profile.FULL);
    }

    private static LuaException failure(String text, boolean paused) {
        LuaRuntime lua = runtime(paused ? full().withAccounting() : full());
        LuaRun run = lua.start(lua.load(text, "@script.lua"));
        LuaException thrown =
                catchThrowableOfType(
                        LuaException.class,
                        () -> {
                            long portion = paused ? 0 : Long.MAX_VALUE;
                            while (run.resume(portion) != LuaRun.Outcome.FINISHED) {}
                        });
        assertThat(thrown).as("failure of %s", text).isNotNull();
        return thrown;
    }

    private String reference(String text) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("script.lua"), text);
        Process process =
                new ProcessBuilder("lua5.4", "script.lua").directory(folder.toFile()).start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit status of lua5.4").isEqualTo(1);
        return error.strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error('x')",
                "local function f() error('y', 2) end\n\nf()",
                "error({})",
                "error()",
                "error(42)",
                "error('no place', 0)",
                "string.rep()",
                "local s = 'x'\ns:rep({})",
                "coroutine.wrap(function() error('in') end)()",
                "local co = coroutine.wrap(function() coroutine.yield() error('later') end)\nco()\nco()",
                "local t = {}\nfunction t.f(x) return t.g(x) end\nfunction t.g(x) return x.y.z end\n"
                        + "function t:m() self.f({}) end\nt:m()",
                "table.sort({1, 2, 3}, function(a, b) return a < nil end)",
                "function globalf(x) string.rep(x) end\nlocal t = {sub = {}}\n"
                        + "function t.sub.g() globalf{} end\nfunction t.sub:h() self.g() end\nt.sub:h()",
                "local function deep(n) if n == 0 then error('deep') end deep(n - 1) end deep(40)",
                "local function deep(n) if n == 0 then error('deep') end deep(n - 1) end deep(500)",
                "local mt = setmetatable({}, {__add = function() error('add') end})\nreturn mt + 1",
                "for k in pairs(nil) do end",
                "for k in function() error('it') end do end",
                "local ok, e = pcall(error, 'caught')\nlocal x = nil + 1",
                "local ok, e = coroutine.resume(coroutine.create(function() error('c') end))\nerror(e, 0)",
                "xpcall(error, print, 1)\nload('error(\"loaded\")', '=chunk')()",
                "return error('tail')",
            })
    void aProgramThatFailsSaysWhatTheReferenceSays(String text) throws Exception {
        String expected = reference(text);
        assertThat(report(failure(text, false))).isEqualTo(expected);
        assertThat(report(failure(text, true))).isEqualTo(expected);
    }

    private static String report(LuaException thrown) {
        return "lua5.4: " + thrown.getMessage() + "\n" + thrown.traceback();
    }

    @Test
    void tellsTheTracebackApartFromTheMessage() {
        LuaException thrown = failure("local x = nil\nx()", false);
        assertThat(thrown.traceback())
                .isEqualTo("stack traceback:\n\tscript.lua:2: in main chunk\n\t[C]: in ?");
        assertThat(thrown).hasMessage("script.lua:2: attempt to call a nil value (local 'x')");
    }

    @Test
    void aSyntaxErrorHasNoTraceback() {
        LuaRuntime lua = runtime(full());
        LuaException thrown =
                catchThrowableOfType(LuaException.class, () -> lua.load("x = = 1", "@script.lua"));
        assertThat(thrown.traceback()).isEmpty();
        assertThat(thrown).hasMessage("script.lua:1: unexpected symbol near '='");
    }

    @Test
    void namesAFunctionOfTheHost() {
        LuaRuntime lua = runtime(full());
        lua.set(
                "refuse",
                args -> {
                    throw new IllegalStateException("refused");
                });
        LuaException thrown =
                catchThrowableOfType(
                        LuaException.class, () -> lua.run("\nrefuse()", "@script.lua"));
        assertThat(thrown.traceback())
                .isEqualTo(
                        "stack traceback:\n\t[C]: in function 'refuse'\n\tscript.lua:2: in main chunk\n\t[C]: in ?");
        assertThat(thrown).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void seesThroughAWaitForTheHost() {
        LuaRuntime lua = runtime(full());
        CompletableFuture<Object> stage = new CompletableFuture<>();
        lua.set("await", args -> stage);
        LuaRun run = lua.start(lua.load("local function f() await() error('after') end f()", "@s"));
        assertThat(run.resume()).isEqualTo(LuaRun.Outcome.WAITING);
        stage.complete("done");
        LuaException thrown = catchThrowableOfType(LuaException.class, run::resume);
        assertThat(thrown.traceback())
                .isEqualTo(
                        "stack traceback:\n\t[C]: in function 'error'\n\ts:1: in local 'f'\n\ts:1: in main chunk\n\t[C]: in ?");
    }

    @Test
    void aProgramThatIsPausedInAProtectedCallChangesNoOther() {
        LuaRuntime lua = runtime(full());
        CompletableFuture<Object> stage = new CompletableFuture<>();
        lua.set("await", args -> stage);
        LuaRun handling =
                lua.start(
                        lua.load(
                                "return xpcall(function() await() error('mine', 0) end, function(m) return 'handled ' .. m end)",
                                "@handling"));
        LuaRun catching = lua.start(lua.load("return pcall(await)", "@catching"));
        assertThat(handling.resume()).isEqualTo(LuaRun.Outcome.WAITING);
        assertThat(catching.resume()).isEqualTo(LuaRun.Outcome.WAITING);
        LuaException thrown =
                catchThrowableOfType(
                        LuaException.class, () -> lua.run("\nerror('other')", "@other"));
        assertThat(thrown).hasMessage("other:2: other");
        assertThat(thrown.traceback())
                .isEqualTo(
                        "stack traceback:\n\t[C]: in function 'error'\n\tother:2: in main chunk\n\t[C]: in ?");
        stage.complete("done");
        assertThat(handling.resume()).isEqualTo(LuaRun.Outcome.FINISHED);
        assertThat(handling.results()).containsExactly(false, "handled mine");
        assertThat(catching.resume()).isEqualTo(LuaRun.Outcome.FINISHED);
        assertThat(catching.results()).containsExactly(true, "done");
    }

    @Test
    void shortensTheTracebackOfAStackOverflow() {
        LuaException thrown = failure("local function r() return 1 + r() end r()", false);
        assertThat(thrown).hasMessage("script.lua:1: stack overflow");
        assertThat(thrown.traceback().lines()).hasSize(23);
        assertThat(thrown.traceback())
                .containsPattern("skipping \\d+ levels")
                .endsWith("script.lua:1: in local 'r'\n\tscript.lua:1: in main chunk\n\t[C]: in ?");
    }

    @Test
    void aHandlerMayYieldThoughTheReferenceForbidsIt() {
        LuaRuntime lua = runtime(full());
        assertThat(
                        lua.run(
                                """
                                local co = coroutine.wrap(function()
                                  return xpcall(error, function(m)
                                    local more = coroutine.yield("asked")
                                    return m .. more .. select(2, debug.traceback("", 1):gsub("xpcall", ""))
                                  end, "E")
                                end)
                                return co(), co("!")
                                """))
                .containsExactly("asked", false, "E!1");
    }

    @Test
    void aChunkThatSpeaksOfLocalsKeepsThemForAllThatAreLoadedLater() {
        LuaRuntime lua = runtime(full());
        lua.run("function look(n) return debug.getlocal(2, n) end");
        assertThat(lua.run("local dead = 'kept' return (select(2, look(1)))"))
                .containsExactly("kept");
    }

    @Test
    void withoutAHookCompiledCodeRunsAgainAsItWas() {
        LuaRuntime lua = runtime(full());
        assertThat(
                        lua.run(
                                """
                                local function f(n) local s = 0 for i = 1, n do s = s + i end return s end
                                local lines = 0
                                debug.sethook(function() lines = lines + 1 end, "l")
                                local a = f(3)
                                debug.sethook()
                                local seen = lines
                                return a, f(4), seen > 0, lines == seen
                                """))
                .containsExactly(6L, 10L, true, true);
    }

    @Test
    void aHookOfOneRuntimeIsNoneOfAnother() {
        LuaRuntime one = runtime(full());
        LuaRuntime other = runtime(full());
        one.run("count = 0 debug.sethook(function() count = count + 1 end, 'c')");
        one.run("function f() end");
        other.run("function f() return 1 end");
        long before = (Long) one.run("return count").getFirst();
        assertThat(other.run("return f(), debug.gethook()")).containsExactly(1L, null);
        assertThat((Long) one.run("return count").getFirst()).isGreaterThanOrEqualTo(before);
        one.run("debug.sethook()");
        assertThat(one.run("return debug.gethook()")).containsExactly((Object) null);
    }
}
