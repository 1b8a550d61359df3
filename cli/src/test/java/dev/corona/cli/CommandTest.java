package dev.corona.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command in a process of its own: signals, exit, and many connections. */
class CommandTest {
    @TempDir Path folder;

    private Path script(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** The engine takes the module to mean that its compiler is there. */
    @Test
    void anEngineThatCannotStartIsToldInOneLine() throws Exception {
        List<String> options = List.of("-Xint", "--add-modules=jdk.internal.vm.ci");
        try (Command command = Command.startOn(options, "-e", "1")) {
            assertThat(command.rest())
                    .contains("corona: the JavaScript runtime could not start: ")
                    .endsWith("; if CORONA_JAVA_OPTS is set, try without it\n")
                    .doesNotContain("\tat ");
            assertThat(command.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void signalsGoToTheirListenersInPlaceOfTheEnd() throws Exception {
        Path main =
                script(
                        "signals.js",
                        """
                        let count = 0;
                        process.on('SIGINT', (name) => { sleep(1); console.log(name, ++count); });
                        process.once('SIGTERM', (name) => { console.log(name); process.exit(5); console.log('no'); });
                        process.on('exit', (code) => console.log('exit', code));
                        setInterval(() => {}, 1000);
                        console.log('ready');
                        """);
        try (Command command = Command.start(folder, main.toString())) {
            assertThat(command.readLine()).isEqualTo("ready");
            command.signal("INT");
            assertThat(command.readLine()).isEqualTo("SIGINT 1");
            command.signal("INT");
            assertThat(command.readLine()).isEqualTo("SIGINT 2");
            command.signal("TERM");
            assertThat(command.rest()).isEqualTo("SIGTERM\nexit 5\n");
            assertThat(command.exitCode()).isEqualTo(5);
            assertThat(command.errors()).isEmpty();
        }
    }

    @Test
    void signalWithoutAListenerEndsTheProcess() throws Exception {
        Path main =
                script(
                        "wait.js",
                        """
                        const listener = () => {};
                        process.on('SIGTERM', listener);
                        process.off('SIGTERM', listener);
                        setInterval(() => {}, 1000);
                        console.log('ready');
                        """);
        for (String signal : new String[] {"INT", "TERM"}) {
            try (Command command = Command.start(folder, main.toString())) {
                assertThat(command.readLine()).isEqualTo("ready");
                command.signal(signal);
                assertThat(command.rest()).isEmpty();
                assertThat(command.exitCode()).isEqualTo(signal.equals("INT") ? 130 : 143);
            }
        }
    }

    @Test
    void exitEndsTheProcessFromTheMiddleWithItsOutput() throws Exception {
        Path main =
                script(
                        "exit.js",
                        """
                        const server = require('corona:net').listen(0);
                        spawn(() => { while (true) { try { sleep(1000); } catch { console.log('no'); } finally { console.log('no'); } } });
                        sleep(1);
                        console.log('x'.repeat(100000));
                        spawn(() => { try { process.exit(3); } finally { console.log('no'); } });
                        for (const socket of server);
                        """);
        try (Command command = Command.start(folder, main.toString())) {
            assertThat(command.rest()).isEqualTo("x".repeat(100_000) + "\n");
            assertThat(command.exitCode()).isEqualTo(3);
            assertThat(command.errors()).isEmpty();
        }
    }

    @Test
    void tenThousandConnectionsAtOnceLoseAndReorderNothing() throws Exception {
        int count = (int) Math.min(10_000, mostOpenFiles() - 500);
        Path server =
                script(
                        "echo.js",
                        """
                        const { listen } = require('corona:net');
                        let open = 0;
                        let most = 0;
                        const server = listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
                        console.log(server.port);
                        for (const socket of server) {
                          spawn(() => {
                            most = Math.max(most, ++open);
                            for (const line of socket.lines()) {
                              if (line === 'most') socket.write(`${most}\\n`);
                              else socket.write(`${line}\\n`);
                            }
                            socket.close();
                            open--;
                          });
                        }
                        """);
        Path client =
                script(
                        "talk.js",
                        """
                        const { connect } = require('corona:net');
                        const [port, count] = process.argv.slice(2).map(Number);
                        let everybody;
                        const connected = new Future((resolve) => { everybody = resolve; });
                        let left = count;
                        function expect(socket, wanted) {
                          const line = socket.readLine();
                          if (line !== wanted) throw new Error(`lost or reordered: ${line} in place of ${wanted}`);
                        }
                        function talk(id, ready) {
                          const socket = connect({ port, host: '127.0.0.1' });
                          socket.write(`hello ${id}\\n`);
                          expect(socket, `hello ${id}`);
                          ready();
                          if (--left === 0) everybody();
                          connected.value;
                          for (let i = 0; i < 5; i++) socket.write(`${id} ${i}\\n`);
                          for (let i = 0; i < 5; i++) expect(socket, `${id} ${i}`);
                          socket.end();
                          expect(socket, null);
                          socket.close();
                          return 1;
                        }
                        const talks = [];
                        for (let id = 0; id < count; id += 250) {
                          const batch = [];
                          for (let i = id; i < Math.min(id + 250, count); i++) {
                            batch.push(new Future((ready) => talks.push(spawn(talk, i, ready))));
                          }
                          Future.all(batch).value;
                        }
                        const sum = talks.reduce((total, talk) => total + talk.value, 0);
                        const last = connect({ port, host: '127.0.0.1' });
                        last.write('most\\n');
                        console.log(sum, last.readLine());
                        """);
        try (Command echo = Command.start(folder, server.toString())) {
            String port = echo.readLine();
            try (Command talk =
                    Command.start(folder, client.toString(), port, Integer.toString(count))) {
                assertThat(talk.rest()).as(talk.errors()).isEqualTo(count + " " + count + "\n");
                assertThat(talk.exitCode()).isZero();
            }
            assertThat(echo.errors()).isEmpty();
        }
    }

    /** The hard limit of this process's files, up to which the JVM raises the soft one. */
    private static long mostOpenFiles() throws IOException {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            String hard =
                    limits.filter(line -> line.startsWith("Max open files"))
                            .map(line -> line.split("\\s{2,}")[2])
                            .findAny()
                            .orElseThrow();
            return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
        }
    }
}
