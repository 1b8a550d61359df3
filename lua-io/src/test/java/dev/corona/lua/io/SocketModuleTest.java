package dev.corona.lua.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The module socket, by the words of LuaSocket's manual. */
@Timeout(60)
class SocketModuleTest {
    private static final String BEGIN =
            """
            local socket, corona = require 'socket', require 'corona'
            local server = assert(socket.bind('127.0.0.1', 0))
            local _, port = server:getsockname()
            local function pair()
              local client = assert(socket.connect('127.0.0.1', port))
              return client, assert(server:accept())
            end
            """;

    private static String run(String text) {
        return Script.run(BEGIN + text);
    }

    @Test
    void twoTasksOfOneScriptTalk() {
        assertThat(
                        run(
                                """
                                local serving = corona.spawn(function()
                                  local c = server:accept()
                                  while true do
                                    local line, problem = c:receive()
                                    if not line then c:close() return problem end
                                    c:send(line:reverse() .. '\\n')
                                  end
                                end)
                                local c = assert(socket.connect('127.0.0.1', port))
                                print(c:send('one\\r\\ntwo\\n')) print(c:receive()) print(c:receive('*l'))
                                print(c:close())
                                print(serving:await())
                                """))
                .isEqualTo("9\neno\nowt\n1\nclosed\n");
    }

    @Test
    void receiveTakesLinesNumbersAndAllWithPrefixes() {
        assertThat(
                        run(
                                """
                                local c, s = pair()
                                s:send('a\\rb\\nxyz123\\n\\nrest of it')
                                s:close()
                                print(c:receive('*l')) print(c:receive(3)) print(c:receive(5, '>>')) print(c:receive(1))
                                print(c:receive('*l', 'p:')) print(c:receive(0)) print(c:receive('*a', 'all: '))
                                print(c:receive('*a')) print(c:receive()) print(c:receive(5, 'pre'))
                                """))
                .isEqualTo(
                        "ab\nxyz\n>>123\n\n\np:\n\nall: rest of it\nnil\tclosed\t\nnil\tclosed\t\nnil\tclosed\tpre\n");
    }

    @Test
    void aFailedReceiveGivesWhatItHas() {
        assertThat(
                        run(
                                """
                                local c, s = pair()
                                s:send('part')
                                socket.select({c})
                                c:settimeout(0.01)
                                print(c:receive()) print(c:receive()) print(c:receive(10))
                                s:send('12345')
                                socket.select({c})
                                print(c:receive(10))
                                s:send('last') s:close()
                                c:settimeout()
                                print(c:receive('*l'))
                                """))
                .isEqualTo(
                        "nil\ttimeout\tpart\nnil\ttimeout\t\nnil\ttimeout\t\nnil\ttimeout\t12345\nnil\tclosed\tlast\n");
    }

    @Test
    void timeoutsLimitAWaitOrAllOfACall() {
        assertThat(
                        run(
                                """
                                server:settimeout(0.01) print(server:accept())
                                server:settimeout(0) print(server:accept())
                                server:settimeout(nil)
                                local c, s = pair()
                                c:settimeout(0) print(c:receive())
                                c:settimeout(1000) c:settimeout(0.05, 't')
                                local feeding = corona.spawn(function() for i = 1, 1000 do s:send('x') corona.sleep(0.005) end end)
                                local line, problem, partial = c:receive()
                                print(line, problem, #partial > 0 and #partial < 1000)
                                feeding:cancel()
                                print(pcall(c.settimeout, c, 1, 'q'))
                                """))
                .isEqualTo(
                        "nil\ttimeout\nnil\ttimeout\nnil\ttimeout\t\nnil\ttimeout\ttrue\nfalse\tbad argument #3 to '?' (invalid timeout mode)\n");
    }

    @Test
    void sendTellsTheLastByteAndStopsAtAFullSocket() {
        assertThat(
                        run(
                                """
                                local c, s = pair()
                                print(c:send('abcdef', 3)) print(c:send('abcdef', 2, 4)) print(c:send('abcdef', -2)) print(c:send(''))
                                print(s:receive(9))
                                c:settimeout(0)
                                local big, total = ('x'):rep(1 << 20), 0
                                local sent, problem, last
                                repeat sent, problem, last = c:send(big) total = total + (sent or last) until not sent
                                print(problem, last < #big)
                                local reading = corona.spawn(function() return #s:receive(total) end)
                                print(reading:await() == total)
                                """))
                .isEqualTo("6\n4\n6\n0\ncdefbcdef\ntimeout\ttrue\ntrue\n");
    }

    @Test
    void closedSocketsSaySo() {
        assertThat(
                        run(
                                """
                                local c, s = pair()
                                print(c:close(), c:close()) print(c:receive()) print(c:send('x')) print(c:getpeername())
                                print(s:receive())
                                print(pcall(s.accept, s))
                                print(pcall(server.receive, server))
                                server:close() print(server:accept())
                                print(socket.connect('127.0.0.1', port))
                                """))
                .isEqualTo(
                        """
                        1\t1
                        nil\tclosed\t
                        nil\tclosed\t0
                        nil\tgetpeername failed
                        nil\tclosed\t
                        false\tbad argument #1 to '?' (tcp{server} expected, got tcp{client})
                        false\tbad argument #1 to '?' (tcp{client} expected, got tcp{server})
                        nil\tclosed
                        nil\tconnection refused
                        """);
    }

    @Test
    void aHalfClosedSocketIsReadToItsEnd() {
        assertThat(
                        run(
                                """
                                local c, s = pair()
                                c:send('question') print(c:shutdown('send'))
                                print(s:receive('*a'))
                                s:send('answer') s:close()
                                print(c:receive('*a'))
                                print(pcall(c.shutdown, c, 'up'))
                                """))
                .isEqualTo(
                        "1\nquestion\nanswer\nfalse\tbad argument #2 to '?' (invalid option 'up')\n");
    }

    @Test
    void selectTellsWhoIsReady() {
        assertThat(
                        run(
                                """
                                local a, b = pair()
                                local c, d = pair()
                                local r, w, e = socket.select({a, c, server}, nil, 0.01)
                                print(#r, #w, e)
                                d:send('x')
                                r, w, e = socket.select({a, c, server}, {a})
                                print(#w, w[1] == a, w[a], e)
                                r = socket.select({a, c, server}, nil)
                                print(#r, r[1] == c, r[c])
                                print(c:dirty(), a:dirty(), c:receive(1))
                                local e1 = socket.connect('127.0.0.1', port)
                                r = socket.select({a, c, server}) print(r[1] == server)
                                server:accept()
                                b:close()
                                r = socket.select({a, c}) print(r[1] == a, (a:receive()))
                                """))
                .isEqualTo(
                        "0\t0\ttimeout\n1\ttrue\t1\tnil\n1\ttrue\t1\ntrue\tfalse\tx\ntrue\ntrue\tnil\n");
    }

    @Test
    void connectsWithoutWaiting() {
        assertThat(
                        run(
                                """
                                local c = socket.tcp()
                                print(tostring(c):match('^tcp{%w+}'))
                                c:settimeout(0)
                                local done, problem = c:connect('127.0.0.1', port)
                                print(done == 1 or problem == 'timeout')
                                local _, w = socket.select(nil, {c}, 10)
                                print(w[1] == c)
                                done, problem = c:connect('127.0.0.1', port)
                                print(done or problem)
                                print(tostring(c):match('^tcp{%w+}'), tostring(server):match('^tcp{%w+}'))
                                """))
                .isEqualTo(
                        "tcp{master}\ntrue\ntrue\nalready connected\ntcp{client}\ttcp{server}\n");
    }

    @Test
    void namesOptionsAndTheRestOfTheModule() {
        assertThat(
                        run(
                                """
                                local c, s = pair()
                                local name, at = c:getpeername() print(name, at == port)
                                local ip, own, family = c:getsockname() print(ip, math.type(own), family)
                                print(c:setoption('tcp-nodelay', true), c:getoption('tcp-nodelay'), c:setoption('keepalive', true))
                                print(pcall(c.setoption, c, 'nope'))
                                print((socket.dns.toip('127.0.0.1')), select(2, socket.dns.toip('127.0.0.1')).ip[1])
                                print(socket.dns.toip('no.such.host.invalid'))
                                print(socket.dns.getaddrinfo('127.0.0.1')[1].family, type(socket.dns.gethostname()))
                                print(math.abs(socket.gettime() - os.time()) < 5, socket.sleep(0.001), socket.sleep(-1))
                                print(socket.skip(1, 'a', 'b', 'c'))
                                print(select('#', c:getstats()), require 'socket' == socket)
                                print(socket.bind('127.0.0.1', port))
                                """))
                .isEqualTo(
                        """
                        127.0.0.1\ttrue
                        127.0.0.1\tinteger\tinet
                        1\ttrue\t1
                        false\tbad argument #2 to '?' (unsupported option `nope')
                        127.0.0.1\t127.0.0.1
                        nil\thost or service not provided, or not known
                        inet\tstring
                        true\tnil
                        b\tc
                        3\ttrue
                        nil\taddress already in use
                        """);
    }

    @Test
    void tryAndProtectTurnFailuresIntoResults() {
        assertThat(
                        run(
                                """
                                local cleaned = 0
                                local try = socket.newtry(function() cleaned = cleaned + 1 end)
                                local guarded = socket.protect(function(fail)
                                  print(try(1, 2, 3))
                                  if fail == 'other' then error('other', 0) end
                                  try(nil, fail)
                                end)
                                print(guarded('reason')) print(cleaned)
                                print(pcall(guarded, 'other'))
                                """))
                .isEqualTo("1\t2\t3\nnil\treason\n1\n1\t2\t3\nfalse\tother\n");
    }

    @Test
    void sourcesAndSinksPumpAStream() {
        assertThat(
                        run(
                                """
                                local function pump(source, sink)
                                  while true do
                                    local chunk, problem = source()
                                    local done = sink(chunk, problem)
                                    if not chunk then return done end
                                  end
                                end
                                local c, s = pair()
                                local text = ('0123456789'):rep(1000)
                                local at = 1
                                corona.spawn(pump, function()
                                  if at > #text then return nil end
                                  at = at + 3000
                                  return text:sub(at - 3000, at - 1)
                                end, socket.sink('close-when-done', s))
                                local got = {}
                                pump(socket.source('until-closed', c), function(chunk) got[#got + 1] = chunk return 1 end)
                                print(table.concat(got) == text)
                                """))
                .isEqualTo("true\n");
    }

    @Test
    void aPlainClientTalksToALuaServer() throws Exception {
        try (Script script = new Script()) {
            Thread program =
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            script.start(
                                                    BEGIN
                                                            + """
                                                            tell(port)
                                                            local c = server:accept()
                                                            for i = 1, 3 do c:send(c:receive() .. '!\\n') end
                                                            c:close()
                                                            """));
            int port = ((Long) script.told()).intValue();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = client.getOutputStream();
                out.write("a\nb\n".getBytes(StandardCharsets.US_ASCII));
                InputStream in = client.getInputStream();
                assertThat(in.readNBytes(6))
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("a!\nb!\n");
                out.write("c\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("c!\n");
            }
            program.join();
        }
    }

    @Test
    void aLuaClientTalksToAPlainServer() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (Socket s = plain.accept()) {
                                            s.getOutputStream()
                                                    .write(s.getInputStream().readAllBytes());
                                        } catch (java.io.IOException e) {
                                            throw new java.io.UncheckedIOException(e);
                                        }
                                    });
            String output =
                    Script.run(
                            """
                            local socket = require 'socket'
                            local c = assert(socket.connect('127.0.0.1', %d))
                            c:send('to and fro') c:shutdown('send') print(c:receive('*a'))
                            """
                                    .formatted(plain.getLocalPort()));
            server.join();
            assertThat(output).isEqualTo("to and fro\n");
        }
    }
}
