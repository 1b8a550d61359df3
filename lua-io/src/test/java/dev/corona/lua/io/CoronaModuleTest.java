package dev.corona.lua.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.io.IoLoop;
import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRuntime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Tasks, time and channels of Lua programs. */
@Timeout(60)
class CoronaModuleTest {
    private static String run(String text) {
        return Script.run("local corona = require 'corona'\n" + text);
    }

    @Test
    void aSleepSuspendsItsTaskAlone() {
        assertThat(
                        run(
                                """
                                local slow = corona.spawn(function() corona.sleep(0.05) print 'slow' end)
                                local quick = corona.spawn(function() corona.sleep(0) print 'quick' end)
                                print 'main'
                                slow:await()
                                print(quick:done())
                                """))
                .isEqualTo("main\nquick\nslow\ntrue\n");
    }

    @Test
    void aTaskHasArgumentsAndResultsAsTheyAre() {
        assertThat(
                        run(
                                """
                                local t = corona.spawn(function(...) return select('#', ...), 'a\\xff\\0', nil, ... end, nil, {})
                                local n, bytes, none, first, second = t:await()
                                print(n, #bytes, bytes:byte(2), none, first, type(second))
                                print(select('#', corona.spawn(function() end):await()))
                                """))
                .isEqualTo("2\t3\t255\tnil\tnil\ttable\n0\n");
    }

    @Test
    void theErrorOfATaskIsThrownWhereItIsAwaited() {
        assertThat(
                        run(
                                """
                                local object = {}
                                local t = corona.spawn(function() corona.yield() error(object) end)
                                local done, thrown = pcall(t.await, t)
                                print(done, thrown == object)
                                """))
                .isEqualTo("false\ttrue\n");
    }

    @Test
    void anErrorThatNobodyAwaitsIsReportedAndTheProgramGoesOn() {
        try (Script script = new Script()) {
            script.start(
                    """
                    local corona = require 'corona'
                    corona.spawn(function() error('nobody', 0) end)
                    corona.spawn(function() corona.yield() corona.yield() print 'goes on' end)
                    """);
            script.loop().finish();
            assertThat(script.output()).isEqualTo("goes on\n");
            assertThat(script.uncaught()).containsExactly("nobody");
        }
    }

    @Test
    void aCancelledTaskClosesItsVariablesAndMayCatchTheCancellation() {
        assertThat(
                        run(
                                """
                                local function closing() return setmetatable({}, {__close = function() print 'closed' end}) end
                                local ready = corona.channel()
                                local t = corona.spawn(function()
                                  local guard <close> = closing()
                                  ready:send(1)
                                  corona.sleep(1000)
                                end)
                                ready:receive()
                                print(t:cancel())
                                print(pcall(t.await, t))
                                print(t:done(), t:cancel())
                                local stubborn = corona.spawn(function()
                                  ready:send(1)
                                  print(pcall(corona.sleep, 1000))
                                  return 'ended'
                                end)
                                ready:receive()
                                stubborn:cancel()
                                print(stubborn:await())
                                """))
                .isEqualTo(
                        "true\nclosed\nfalse\tcancelled\ntrue\tfalse\nfalse\tcancelled\nended\n");
    }

    @Test
    void aTaskThatIsCancelledBeforeItStartsHoldsUpNothing() {
        assertThat(run("corona.spawn(function() print 'never' end):cancel() print 'end'"))
                .isEqualTo("end\n");
    }

    @Test
    void aTimeoutEndsAWaitAndGivesResultsElse() {
        assertThat(
                        run(
                                """
                                print(corona.timeout(0.02, function() corona.sleep(1000) end))
                                print(corona.timeout(1000, function(a) corona.yield() return a, 2 end, 1))
                                print(pcall(corona.timeout, 1000, function() error('own', 0) end))
                                local t = corona.spawn(function() corona.sleep(1000) end)
                                print(t:await(0.02))
                                t:cancel()
                                """))
                .isEqualTo("nil\ttimeout\n1\t2\nfalse\town\nnil\ttimeout\n");
    }

    @Test
    void channelsHandOverInOrderAndEnd() {
        assertThat(
                        run(
                                """
                                local c = corona.channel()
                                local sender = corona.spawn(function() for i = 1, 3 do c:send(i) end c:close() end)
                                for v in c:values() do print(v) end
                                print(c:receive())
                                print(c:send(1))
                                print(pcall(c.send, c, nil))
                                local kept = corona.channel(2)
                                print(kept:send('a'), kept:send('b'), kept:size())
                                kept:close()
                                print(kept:receive(), kept:receive(), (kept:receive()))
                                print(corona.channel():receive(0.01))
                                """))
                .isEqualTo(
                        """
                        1
                        2
                        3
                        nil\tclosed
                        nil\tclosed
                        false\tbad argument #2 to '?' (a channel takes no nil)
                        true\ttrue\t2
                        a\tb\tnil
                        nil\ttimeout
                        """);
    }

    @Test
    void tasksInsideCoroutinesDoNotMeet() {
        assertThat(
                        run(
                                """
                                local function worker(name)
                                  local main = coroutine.running()
                                  local co
                                  co = coroutine.wrap(function()
                                    local self = coroutine.running()
                                    for i = 1, 3 do
                                      corona.yield()
                                      assert(coroutine.running() == self and coroutine.isyieldable())
                                      coroutine.yield(name .. i)
                                    end
                                  end)
                                  local all = {}
                                  for i = 1, 3 do
                                    all[i] = co()
                                    corona.yield()
                                    assert(coroutine.running() == main and not coroutine.isyieldable())
                                  end
                                  return table.concat(all, ' ')
                                end
                                local a, b = corona.spawn(worker, 'a'), corona.spawn(worker, 'b')
                                print(a:await(), b:await())
                                """))
                .isEqualTo("a1 a2 a3\tb1 b2 b3\n");
    }

    @Test
    void waitsAreAllowedUnderEveryCallback() {
        assertThat(
                        run(
                                """
                                local t = {3, 1, 2}
                                table.sort(t, function(a, b) corona.yield() return a < b end)
                                print(table.concat(t))
                                print((('abc'):gsub('.', function(c) corona.yield() return c:upper() end)))
                                local lazy = setmetatable({}, {__index = function(_, k) corona.sleep(0.001) return k .. k end})
                                print(lazy.x, pcall(function() corona.yield() return 'caught' end))
                                """))
                .isEqualTo("123\nABC\nxx\ttrue\tcaught\n");
    }

    @Test
    void wrongArgumentsAreErrors() {
        try (Script script = new Script()) {
            String require = "local corona = require 'corona' ";
            assertThat(script.failure(require + "corona.sleep('x')"))
                    .isEqualTo(
                            "script:1: bad argument #1 to 'sleep' (number expected, got string)");
            assertThat(script.failure(require + "corona.sleep(-1)"))
                    .isEqualTo(
                            "script:1: bad argument #1 to 'sleep' (seconds must not be negative)");
            assertThat(script.failure(require + "corona.spawn()"))
                    .contains("bad argument #1 to 'spawn' (function expected, got no value)");
            assertThat(script.failure(require + "corona.channel(-1)"))
                    .contains("capacity must be 0 or more, but was -1");
            assertThat(script.failure(require + "corona.net.connect('h', 70000)"))
                    .contains("port must be from 0 to 65535, but was 70000");
            assertThat(script.failure(require + "corona.net.listen({port = 'x'})"))
                    .contains("field 'port' must be from 0 to 65535");
        }
    }

    @Test
    void aWaitThatNobodyCanEndIsAnErrorWithoutAJavaStack() {
        try (Script script = new Script()) {
            String message =
                    script.failure("local corona = require 'corona' corona.channel():receive()");
            assertThat(message).isEqualTo("deadlock: nothing can run and nothing is pending");
            script.start("print('the next chunk runs', require 'corona' ~= nil)");
            assertThat(script.output()).isEqualTo("the next chunk runs\ttrue\n");
        }
    }

    @Test
    void tasksThatWaitForEachOtherForeverEndWithTheProgram() {
        assertThat(
                        run(
                                """
                                local c = corona.channel()
                                corona.spawn(function() c:receive() end)
                                print 'end'
                                """))
                .isEqualTo("end\n");
    }

    @Test
    void anInterruptStopsALoopAndASleep() throws Exception {
        for (String body : new String[] {"while true do end", "require('corona').sleep(1000)"}) {
            try (Script script = new Script()) {
                script.start("require 'corona'");
                CountDownLatch ended = new CountDownLatch(1);
                String[] message = new String[1];
                Thread runner =
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            message[0] =
                                                    script.failure(
                                                            "tell(1) pcall(function() "
                                                                    + body
                                                                    + " end) print 'went on'");
                                            ended.countDown();
                                        });
                script.told();
                script.loop().interrupt();
                ended.await();
                runner.join();
                assertThat(message[0]).isEqualTo("interrupted!");
                assertThat(script.output()).isEmpty();
                script.start("print 'runs again'");
                assertThat(script.output()).isEqualTo("runs again\n");
            }
        }
    }

    @Test
    void runtimesShareALoopOfTheHostWithItsTasks() {
        try (IoLoop io = IoLoop.create();
                LuaRuntime one = LuaRuntime.create(LuaOptions.standard());
                LuaRuntime two = LuaRuntime.create(LuaOptions.standard())) {
            List<String> order = new ArrayList<>();
            String text =
                    "local corona = require 'corona' for i = 1, 2 do note(name .. i) corona.yield() end return name";
            for (LuaRuntime lua : List.of(one, two)) {
                lua.set("name", lua == one ? "a" : "b");
                lua.set("note", arguments -> order.add((String) arguments.get(0)));
            }
            LuaLoop first = LuaLoop.on(one, io);
            LuaLoop second = LuaLoop.on(two, io);
            Object results =
                    io.run(
                            () -> {
                                Task<Object> a =
                                        Corona.spawn(() -> first.call(one.load(text, "=a")));
                                Task<Object> b =
                                        Corona.spawn(() -> second.call(two.load(text, "=b")));
                                return List.of(Corona.await(a), Corona.await(b));
                            });
            assertThat(results).hasToString("[a, b]");
            assertThat(order).containsExactly("a1", "b1", "a2", "b2");
            assertThat(first.call(one.load("return name", "=a"))).hasToString("a");
            first.close();
            second.close();
        }
    }

    @Test
    void aRuntimeWithoutRequireIsRefused() {
        LuaRuntime pure =
                LuaRuntime.create(LuaOptions.standard().withProfile(LuaOptions.Profile.PURE));
        assertThatThrownBy(() -> LuaLoop.own(pure, (task, error) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("make it with the profile STANDARD or FULL");
    }

    @Test
    void aProgramThatNeverWaitsNeedsNoLoop() {
        int before = loops();
        assertThat(Script.run("print(1)")).isEqualTo("1\n");
        assertThat(loops()).isEqualTo(before);
    }

    private static int loops() {
        return (int)
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("corona-loop"))
                        .count();
    }
}
