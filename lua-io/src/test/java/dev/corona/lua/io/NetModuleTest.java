package dev.corona.lua.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** TCP and files of Lua programs. */
@Timeout(60)
class NetModuleTest {
    private static final String NET =
            "local corona = require 'corona' local net = corona.net local here = {host = '127.0.0.1', port = 0}\n";

    @Test
    void eachConnectionIsATaskOfItsOwn() {
        assertThat(
                        Script.run(
                                NET
                                        + """
                                        local server = assert(net.listen(here, function(c)
                                          for line in c:lines() do c:write('echo ', line, '\\n') end
                                        end))
                                        local a = assert(net.connect('127.0.0.1', server:port()))
                                        local b = assert(net.connect('127.0.0.1', server:port()))
                                        b:write('from b\\n') print(b:read())
                                        a:write('from a\\n', 1, '\\n') print(a:read()) print(a:read('L'))
                                        a:shutdown() print(a:read())
                                        server:close()
                                        b:close() print(b:read())
                                        """))
                .isEqualTo("echo from b\necho from a\necho 1\n\nnil\tclosed\nnil\tclosed\n");
    }

    @Test
    void readsLinesBytesPiecesAndAll() {
        assertThat(
                        Script.run(
                                NET
                                        + """
                                        local server = assert(net.listen(here))
                                        corona.spawn(function()
                                          local c <close> = assert(server:accept())
                                          c:write('line\\r\\n12345678\\n\\n\\xff\\0rest\\nand more')
                                        end)
                                        local c = assert(net.connect('127.0.0.1', server:port()))
                                        print(#c:read(), c:read(4), c:read(0), c:read(5), #c:read('l'))
                                        print(c:read('L') == '\\xff\\0rest\\n', #c:read('s') > 0 or c:read('s'))
                                        c:read('a')
                                        print((c:read()), c:read('a') == '', (c:read(1)))
                                        print(pcall(c.read, c, 'x'))
                                        """))
                .isEqualTo(
                        "5\t1234\t\t5678\n\t0\ntrue\ttrue\nnil\ttrue\tnil\nfalse\tbad argument #2 to '?' (invalid format 'x')\n");
    }

    @Test
    void aTimeoutKeepsWhatHasArrived() {
        assertThat(
                        Script.run(
                                NET
                                        + """
                                        local server = assert(net.listen(here))
                                        local c = assert(net.connect('127.0.0.1', server:port()))
                                        local s = assert(server:accept())
                                        s:write('half')
                                        c:settimeout(0.02)
                                        print(c:read())
                                        print(server:accept(0.01))
                                        s:write(' and half\\n')
                                        c:settimeout(nil)
                                        print(c:read())
                                        """))
                .isEqualTo("nil\ttimeout\nnil\ttimeout\nhalf and half\n");
    }

    @Test
    void aSlowReaderMakesTheWriterWaitAndNobodyElse() {
        assertThat(
                        Script.run(
                                NET
                                        + """
                                        local server = assert(net.listen(here))
                                        local c = assert(net.connect('127.0.0.1', server:port()))
                                        local s = assert(server:accept())
                                        s:settimeout(0.05)
                                        local piece, sent, problem = ('x'):rep(100000), 0
                                        repeat
                                          local done
                                          done, problem = s:write(piece)
                                          if done then sent = sent + 1 end
                                        until not done
                                        print(problem, sent > 0)
                                        """))
                .isEqualTo("timeout\ttrue\n");
    }

    @Test
    void whatCannotBeReachedIsNilAndAMessage() {
        assertThat(
                        Script.run(
                                NET
                                        + """
                                        local s = assert(net.listen(here))
                                        local port = s:port()
                                        print((net.listen({host = '127.0.0.1', port = port})))
                                        s:close()
                                        print(select(2, net.connect('127.0.0.1', port)):match('refused'))
                                        print(s:accept())
                                        print(select(2, net.connect('no.such.host.invalid', 1)):match('no address'))
                                        """))
                .isEqualTo("nil\nrefused\nnil\tclosed\nno address\n");
    }

    @Test
    void aPlainClientIsServedByAHandler() throws Exception {
        try (Script script = new Script()) {
            script.start(
                    NET
                            + """
                            server = assert(net.listen(here, function(c)
                              c:write(c:read():upper(), '\\n')
                              server:close()
                            end))
                            tell(server:port())
                            """);
            int port = ((Long) script.told()).intValue();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.getOutputStream().write("shout\n".getBytes(StandardCharsets.US_ASCII));
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("SHOUT");
                assertThat(in.readLine()).isNull();
            }
            script.loop().finish();
        }
    }

    @Test
    void theProgramEndsAlthoughSocketsAreLeftOpen() {
        assertThat(
                        Script.run(
                                NET
                                        + """
                                        server = assert(net.listen(here))
                                        client = assert(net.connect('127.0.0.1', server:port()))
                                        client:write('unread')
                                        print 'end'
                                        """))
                .isEqualTo("end\n");
    }

    @Test
    void filesAreReadWrittenListedAndToldApart(@TempDir Path folder) throws Exception {
        String text =
                """
                local fs, folder = require 'corona'.fs, '%s'
                print(fs.write(folder .. '/a', 'one'), fs.append(folder .. '/a', '\\xff'), #fs.read(folder .. '/a'))
                print(fs.mkdir(folder .. '/sub'), fs.stat(folder .. '/sub').type, fs.stat(folder .. '/a').size)
                print(table.concat(fs.list(folder), ' '))
                print(fs.rename(folder .. '/a', folder .. '/b'), fs.remove(folder .. '/sub'))
                print(fs.read('/no/such/file'))
                print(fs.mkdir(folder))
                """
                        .formatted(folder);
        assertThat(Script.run(text))
                .isEqualTo(
                        """
                        true\ttrue\t4
                        true\tdirectory\t4
                        a sub
                        true\ttrue
                        nil\t/no/such/file: No such file or directory
                        nil\t%s: File exists
                        """
                                .formatted(folder));
        assertThat(Files.readAllBytes(folder.resolve("b"))).hasSize(4).endsWith(0xff);
    }
}
