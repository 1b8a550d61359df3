package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** corona:net, as a script sees it. */
class NetTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    @Test
    void echoOfBytesAndLinesInBothFormsOfServing() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0);
                spawn(() => { for (const socket of server) spawn(() => { for (const chunk of socket) socket.write(chunk); socket.end(); }); });
                const client = connect(server.port);
                client.write('héllo ');
                client.write(new Uint8Array([119, 111, 114]));
                client.write(new Uint8Array([0, 108, 100, 0]).subarray(1, 3));
                client.write(new Uint8Array([33]).buffer);
                client.end();
                const chunks = [...client];
                console.log(chunks[0] instanceof Uint8Array, new TextDecoder().decode(Uint8Array.of(...chunks.flatMap((c) => [...c]))));
                server.close();
                const lines = listen({ port: 0, host: '127.0.0.1' }, (socket) => { for (const line of socket.lines()) socket.write(`<${line}>\\n`); });
                const other = connect({ port: lines.port, host: '127.0.0.1' });
                other.write('a\\nb\\r\\n\\nlast without an end');
                other.end();
                console.log([...other.lines()].join(), other.readLine(), other.read());
                lines.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true héllo world!
                                <a>,<b>,<>,<last without an end> null null
                                """,
                                ""));
    }

    @Test
    void everyBlockingCallHasAFutureTwin() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen.future(0).value;
                const accepted = server.accept.future();
                console.log(accepted instanceof Future, accepted.done);
                const client = connect.future(server.port).value;
                const peer = accepted.value;
                const line = peer.readLine.future();
                const written = client.write.future('hello\\n');
                console.log(written.value, line.value);
                const read = client.read.future();
                peer.end.future('bye').value;
                console.log(String.fromCharCode(...read.value), client.read());
                const closed = server.accept.future();
                sleep(1);
                server.close();
                console.log(closed.value, server.accept());
                client.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true false
                                undefined hello
                                bye null
                                null null
                                """,
                                ""));
    }

    @Test
    void halfClosedSocketStillReadsAndClosedOnesSaySo() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0, (socket) => {
                  const all = [...socket.lines()].join('|');
                  sleep(5);
                  socket.write('got ' + all + '\\n');
                });
                const client = connect(server.port);
                client.end('one\\ntwo\\n');
                try { client.write('more'); } catch (e) { console.log(e instanceof Error, e.code); }
                console.log(client.readLine(), client.readLine(), client.closed);
                client.close();
                client.close();
                console.log(client.closed);
                for (const call of ['read', 'readLine', 'write']) {
                  try { console.log(client[call]('x')); } catch (e) { console.log(call, e.code); }
                }
                server.close();
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true ECLOSED
                                got one|two null false
                                true
                                read ECLOSED
                                readLine ECLOSED
                                write ECLOSED
                                """,
                                ""));
    }

    @Test
    void closeWhileAnotherCoroutineReadsEndsTheRead() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0, (socket) => { socket.read(); });
                const client = connect(server.port);
                const reading = spawn(() => { try { return client.read(); } catch (e) { return e.code; } });
                sleep(5);
                client.close();
                console.log(reading.value);
                const second = connect(server.port);
                const first = spawn(() => second.readLine());
                sleep(2);
                try { second.readLine(); } catch (e) { console.log(e.message.replace(/127[^:]*:\\d+/, 'PEER')); }
                second.close();
                try { first.value; } catch (e) { console.log(e.code); }
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                ECLOSED
                                cannot read from PEER: another task is waiting to read from it; let one task read, and hand on what it got
                                ECLOSED
                                """,
                                ""));
    }

    @Test
    void portsAndHostsThatCannotBeUsedAreErrorsOfTheCall() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0);
                try { listen(server.port); } catch (e) { console.log(e.name, e.code, e.message.replaceAll(server.port, 'PORT')); }
                const port = server.port;
                server.close();
                try { connect(port); } catch (e) { console.log(e.code, e.message.replaceAll(port, 'PORT')); }
                try { connect({ port: 1, host: 'name.invalid', timeout: 5000 }); } catch (e) { console.log(['ENOTFOUND', 'ETIMEDOUT'].includes(e.code)); }
                for (const wrong of [-1, 65536, 1.5, 'x', NaN]) {
                  try { listen(wrong); } catch (e) { console.log(e.name, e.message); }
                }
                try { connect(undefined); } catch (e) { console.log(e.name, e.message); }
                try { listen(0, 'handler'); } catch (e) { console.log(e.name, e.message); }
                try { atomic(() => connect(port)); } catch (e) { console.log(e.name); }
                try { atomic(() => listen(0)); } catch (e) { console.log(e.name); }
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                Error EADDRINUSE cannot listen on *:PORT: the port is in use, and a port has one listener at a time; stop the other program or choose another port (0 takes a free one)
                                ECONNREFUSED cannot connect to localhost:PORT: the connection was refused; nothing listens there
                                true
                                RangeError listen: the port must be an integer from 0 to 65535, but was -1
                                RangeError listen: the port must be an integer from 0 to 65535, but was 65536
                                RangeError listen: the port must be an integer from 0 to 65535, but was 1.5
                                RangeError listen: the port must be an integer from 0 to 65535, but was x
                                RangeError listen: the port must be an integer from 0 to 65535, but was NaN
                                RangeError connect: the port must be an integer from 0 to 65535, but was undefined
                                TypeError listen: the handler must be a function, but was handler
                                WouldBlockError
                                WouldBlockError
                                """,
                                ""));
    }

    @Test
    void uncaughtErrorOfListenEndsTheProgram() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0);
                function second() {
                  try { listen(server.port); } catch (e) { e.message = e.message.replace(/\\d+/, 'PORT').split(';')[0]; throw e; }
                }
                second();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/main.js:5
                                  try { listen(server.port); } catch (e) { e.message = e.message.replace(/\\d+/, 'PORT').split(';')[0]; throw e; }
                                        ^

                                Error: cannot listen on *:PORT: the port is in use, and a port has one listener at a time
                                    at second (<dir>/main.js:5:9)
                                    at Object.<anonymous> (<dir>/main.js:7:1) {
                                  code: 'EADDRINUSE'
                                }
                                """));
    }

    @Test
    void handlerThatThrowsClosesItsConnectionAndTheServerGoesOn() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                function handle(socket) {
                  const line = socket.readLine();
                  if (line === 'bad') throw new Error('in the handler');
                  socket.write('ok ' + line + '\\n');
                  socket.close();
                }
                const server = listen(0, (socket) => handle(socket));
                for (const word of ['good', 'bad', 'better']) {
                  const client = connect(server.port);
                  client.write(word + '\\n');
                  console.log(word, client.readLine());
                  client.close();
                }
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                good ok good
                                bad null
                                better ok better
                                """,
                                """
                                <dir>/main.js:5
                                  if (line === 'bad') throw new Error('in the handler');
                                                            ^

                                Error: in the handler
                                    at handle (<dir>/main.js:5:29)
                                    at <dir>/main.js:9:38
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:9:16)
                                """));
    }

    @Test
    void coroutineThatThrowsClosesTheConnectionItHasUsed() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0);
                spawn(function acceptor() {
                  for (const socket of server) {
                    spawn(function connection() {
                      const line = socket.readLine();
                      if (line === 'bad') null.x;
                      socket.write('ok ' + line + '\\n');
                    });
                  }
                });
                for (const word of ['bad', 'good']) {
                  const client = connect(server.port);
                  client.write(word + '\\n');
                  console.log(word, client.readLine());
                  client.close();
                }
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                bad null
                                good ok good
                                """,
                                """
                                <dir>/main.js:8
                                      if (line === 'bad') null.x;
                                                          ^

                                TypeError: Cannot read property 'x' of null
                                    at connection (<dir>/main.js:8:27)
                                  in a coroutine spawned
                                    at acceptor (<dir>/main.js:6:5)
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:4:1)
                                """));
    }

    @Test
    void connectionsThatBreakAreErrorsOfTheReader() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0, (socket) => {
                  try { while (socket.read() !== null); console.log('server saw the end'); } catch (e) { console.log('server', e.code); }
                });
                const client = connect(server.port);
                client.write('x');
                sleep(5);
                client.close();
                sleep(20);
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                server saw the end
                                """,
                                ""));
    }

    @Test
    void thousandsOfConcurrentConnectionsLoseAndReorderNothing() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const COUNT = 2000;
                let open = 0;
                let most = 0;
                const server = listen({ port: 0, backlog: 4096 }, (socket) => {
                  most = Math.max(most, ++open);
                  for (const line of socket.lines()) socket.write(line + '\\n');
                  open--;
                });
                const everybody = new Future((resolve) => { globalThis.start = resolve; });
                let ready = 0;
                function talk(id) {
                  const socket = connect(server.port);
                  socket.write(`hello ${id}\\n`);
                  if (socket.readLine() !== `hello ${id}`) throw new Error('wrong greeting');
                  if (++ready === COUNT) start();
                  everybody.value;
                  for (let i = 0; i < 5; i++) socket.write(`${id} ${i}\\n`);
                  for (let i = 0; i < 5; i++) {
                    const line = socket.readLine();
                    if (line !== `${id} ${i}`) throw new Error(`lost or reordered: ${line} for ${id} ${i}`);
                  }
                  socket.close();
                  return 1;
                }
                const talks = Array.from({ length: COUNT }, (_, id) => spawn(talk, id));
                console.log(talks.reduce((sum, f) => sum + f.value, 0), most);
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                2000 2000
                                """,
                                ""));
    }

    @Test
    void clientThatDoesNotReadSuspendsTheWriterAndMemoryStaysFlat() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                let written = 0;
                const chunk = new Uint8Array(256 * 1024);
                const TOTAL = 256 * 1024 * 1024;
                const server = listen(0, (socket) => {
                  while (written < TOTAL) { socket.write(chunk); written += chunk.length; }
                  console.log('all written');
                });
                const client = connect(server.port);
                client.read();
                let before = -1;
                while (before !== written) { before = written; sleep(50); }
                console.log('suspended', written < TOTAL / 4);
                sleep(50);
                console.log('still', written === before);
                let read = 0;
                for (let data = client.read(); data !== null; data = client.read()) read += data.length;
                console.log('the rest arrives', read > TOTAL - 64 * 1024 * 1024, process.memoryUsage().heapUsed < 1.5e9);
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                suspended true
                                still true
                                all written
                                the rest arrives true true
                                """,
                                ""));
    }

    @Test
    void longLinesAndBinaryDataArriveWhole() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen(0, (socket) => { for (const chunk of socket) socket.write(chunk); });
                const client = connect(server.port);
                const data = Uint8Array.from({ length: 300000 }, (_, i) => (i * 31) % 251);
                const sending = spawn(() => { client.write(data); client.write('ü'.repeat(50000)); client.end(); });
                let got = [];
                let size = 0;
                for (const chunk of client) { got.push(chunk); size += chunk.length; }
                const all = new Uint8Array(size);
                got.reduce((at, c) => (all.set(c, at), at + c.length), 0);
                console.log(size, data.every((x, i) => all[i] === x), new TextDecoder().decode(all.subarray(300000)) === 'ü'.repeat(50000));
                for (const wrong of [5, null, {}, [1], undefined]) {
                  try { client.write(wrong); } catch (e) { console.log(e.name); }
                }
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                400000 true true
                                TypeError
                                TypeError
                                TypeError
                                TypeError
                                TypeError
                                """,
                                ""));
    }

    @Test
    void addressesAreTold() {
        project.file(
                "main.js",
                """
                const { listen, connect } = require('corona:net');

                const server = listen({ port: 0, host: '127.0.0.1' }, (socket) => { socket.end(socket.remoteAddress); });
                const client = connect({ port: server.port, host: '127.0.0.1' });
                console.log(client.readLine() === client.localAddress, server.address === `127.0.0.1:${server.port}`, client.remoteAddress === `127.0.0.1:${server.port}`);
                client.close();
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true true true
                                """,
                                ""));
    }
}
