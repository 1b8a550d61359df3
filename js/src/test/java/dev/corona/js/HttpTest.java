package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** corona:http, as a script sees it. */
class HttpTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    @Test
    void handlersReturnTextBytesOrAWholeResponse() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                const results = {
                  '/text': () => 'text ü',
                  '/bytes': () => new Uint8Array([1, 2, 255]),
                  '/buffer': () => new Uint8Array([7]).buffer,
                  '/view': () => new Uint8Array([9, 8, 7]).subarray(1),
                  '/full': () => ({ status: 201, headers: { 'X-One': '1', 'content-type': 'text/css' }, body: 'created' }),
                  '/json': () => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify({ a: [1] }) }),
                  '/nothing': () => undefined,
                  '/status': () => ({ status: 404 }),
                  '/promise': async () => { await null; return 'promised'; },
                  '/future': () => spawn(() => { sleep(1); return { status: 202, body: 'future' }; }),
                  '/two': () => ({ headers: [['set-cookie', 'a=1'], ['set-cookie', 'b=2']], body: '' }),
                  '/list': () => ({ headers: new Map([['x-list', ['1', '2']]]), body: new Uint8Array([65]) }),
                };
                const server = serve(0, (request) => results[request.path]());
                for (const path of Object.keys(results)) {
                  const r = fetch(`http://localhost:${server.port}${path}`);
                  const h = r.headers;
                  console.log(path, r.status, r.ok, h['content-type'], h['content-length'], h['x-one'] ?? h['set-cookie'] ?? h['x-list'], [...r.bytes()].slice(0, 8).join() || '!');
                }
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                /text 200 true text/plain; charset=utf-8 7 undefined 116,101,120,116,32,195,188
                                /bytes 200 true application/octet-stream 3 undefined 1,2,255
                                /buffer 200 true application/octet-stream 1 undefined 7
                                /view 200 true application/octet-stream 2 undefined 8,7
                                /full 201 true text/css 7 1 99,114,101,97,116,101,100
                                /json 200 true application/json 9 undefined 123,34,97,34,58,91,49,93
                                /nothing 204 true undefined undefined undefined !
                                /status 404 false undefined 0 undefined !
                                /promise 200 true text/plain; charset=utf-8 8 undefined 112,114,111,109,105,115,101,100
                                /future 202 true text/plain; charset=utf-8 6 undefined 102,117,116,117,114,101
                                /two 200 true text/plain; charset=utf-8 0 a=1, b=2 !
                                /list 200 true application/octet-stream 1 1, 2 65
                                """,
                                ""));
    }

    @Test
    void requestTellsWhatTheClientSent() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                const server = serve({ port: 0, host: '127.0.0.1' }, (r) => {
                  const body = r.method === 'POST' ? r.json() : null;
                  return JSON.stringify([r.method, r.url, r.path, r.query, r.httpVersion, r.header('X-Thing'), r.header('none'), r.headers['x-thing'], r.headers.host === `localhost:${server.port}` || r.headers.host, typeof r.remoteAddress, body]);
                });
                const base = `http://127.0.0.1:${server.port}`;
                console.log(fetch(`${base}/a/b?x=1&y=%20z?`, { headers: { 'X-Thing': 'v' } }).text().replaceAll(server.port, 'PORT'));
                console.log(fetch(`${base}/`, { body: JSON.stringify({ k: 'ü' }) }).json().at(-1));
                console.log(fetch(`${base}/`, { method: 'PUT', body: new TextEncoder().encode('x') }).status);
                console.log(fetch(base).json()[1]);
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                ["GET","/a/b?x=1&y=%20z?","/a/b","x=1&y=%20z?","1.1","v",null,"v","127.0.0.1:PORT","string",null]
                                { k: 'ü' }
                                200
                                /
                                """,
                                ""));
    }

    @Test
    void handlersMayBlockAndFetchManyThingsAtOnce() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                let running = 0;
                let most = 0;
                const backend = serve(0, (r) => { most = Math.max(most, ++running); sleep(100); running--; return r.query; });
                const front = serve(0, (r) => {
                  const parts = [1, 2, 3].map((i) => fetch.future(`http://localhost:${backend.port}/?${r.query}${i}`));
                  return parts.map((f) => f.value.text()).join('+');
                });
                const all = ['a', 'b', 'c', 'd'].map((q) => fetch.future(`http://localhost:${front.port}/?${q}`));
                console.log(all.map((f) => f.value.text()).join(' '), most > 3);
                front.close(); backend.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                a1+a2+a3 b1+b2+b3 c1+c2+c3 d1+d2+d3 true
                                """,
                                ""));
    }

    @Test
    void bodiesAreStreamedBothWays() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                const server = serve(0, (r) => {
                  if (r.path === '/generate') return { body: (function* () { for (let i = 0; i < 3; i++) { sleep(1); yield `part ${i}\\n`; } yield new Uint8Array([33]); })() };
                  if (r.path === '/function') return { headers: { 'content-type': 'text/x' }, body: function* () { yield 'from a function'; } };
                  if (r.path === '/upper') return { body: (function* () { for (const piece of r) yield new TextDecoder().decode(piece).toUpperCase(); })() };
                  let size = 0;
                  for (let piece = r.read(); piece !== null; piece = r.read()) size += piece.length;
                  return `got ${size}`;
                });
                const base = `http://localhost:${server.port}`;
                const g = fetch(`${base}/generate`);
                console.log(JSON.stringify(g.text()), g.headers['content-length'], g.headers['transfer-encoding']);
                console.log(fetch(`${base}/function`).text());
                console.log(fetch(`${base}/upper`, { body: 'make me big' }).text());
                console.log(fetch(`${base}/count`, { body: new Uint8Array(5_000_000) }).text());
                const socket = net.connect(server.port);
                socket.write('POST /upper HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\nConnection: close\\r\\n\\r\\n3\\r\\nabc\\r\\n');
                const lines = socket.lines();
                for (const line of lines) if (line === 'ABC') break;
                socket.write('2\\r\\nde\\r\\n0\\r\\n\\r\\n');
                console.log('the first piece is answered before the second is sent');
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                "part 0\\npart 1\\npart 2\\n!" undefined chunked
                                from a function
                                MAKE ME BIG
                                got 5000000
                                the first piece is answered before the second is sent
                                """,
                                ""));
    }

    @Test
    void errorOfAHandlerIsA500WithAReportAndTheServerGoesOn() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                function inner() { throw new Error('secret'); }
                const server = serve(0, (r) => {
                  if (r.path === '/throw') inner();
                  if (r.path === '/reject') return Promise.reject(new Error('rejected'));
                  if (r.path === '/bad') return 5;
                  return 'fine';
                });
                const base = `http://localhost:${server.port}`;
                for (const path of ['/throw', '/ok', '/reject', '/bad', '/ok']) {
                  const r = fetch(base + path);
                  const text = r.text();
                  console.log(path, r.status, text === 'fine', text.includes('secret'), text.includes('main.js'));
                }
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                /throw 500 false false false
                                /ok 200 true false false
                                /reject 500 false false false
                                /bad 500 false false false
                                /ok 200 true false false
                                """,
                                """
                                <dir>/main.js:4
                                function inner() { throw new Error('secret'); }
                                                         ^

                                Error: secret
                                    at inner (<dir>/main.js:4:26)
                                    at <dir>/main.js:6:28
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:5:16)
                                <dir>/main.js:7
                                  if (r.path === '/reject') return Promise.reject(new Error('rejected'));
                                                                                  ^

                                Error: rejected
                                    at <dir>/main.js:7:51
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:5:16)
                                TypeError: a handler returns a string, bytes, or {status, headers, body}, but this one returned 5
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:5:16)
                                """));
    }

    @Test
    void errorWhileABodyIsStreamedCutsTheConnection() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                function raw(port, text) {
                  const socket = net.connect(port);
                  if (text !== undefined) socket.write(text);
                  return socket;
                }
                function answer(socket) {
                  const decoder = new TextDecoder();
                  let text = '';
                  try { for (const chunk of socket) text += decoder.decode(chunk, { stream: true }); } catch (e) { text += `[${e.code}]`; }
                  socket.close();
                  return text;
                }

                const server = serve(0, (r) => (r.path === '/ok' ? 'ok' : { body: (function* () { yield 'begin'; throw new Error('in the middle'); })() }));
                const text = answer(raw(server.port, 'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'));
                console.log('looks complete:', text.endsWith('0\\r\\n\\r\\n'));
                console.log(fetch(`http://localhost:${server.port}/ok`).text());
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                looks complete: false
                                ok
                                """,
                                """
                                <dir>/main.js:17
                                const server = serve(0, (r) => (r.path === '/ok' ? 'ok' : { body: (function* () { yield 'begin'; throw new Error('in the middle'); })() }));
                                                                                                                                       ^

                                Error: in the middle
                                    at body (<dir>/main.js:17:104)
                                    at Generator.next (native)
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:17:16)
                                """));
    }

    @Test
    void headHasNoBodyAndKeepAliveServesManyRequestsOnOneConnection() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                function raw(port, text) {
                  const socket = net.connect(port);
                  if (text !== undefined) socket.write(text);
                  return socket;
                }
                function answer(socket) {
                  const decoder = new TextDecoder();
                  let text = '';
                  try { for (const chunk of socket) text += decoder.decode(chunk, { stream: true }); } catch (e) { text += `[${e.code}]`; }
                  socket.close();
                  return text;
                }

                let served = 0;
                const server = serve(0, (r) => `${++served} ${r.method}`);
                const socket = raw(server.port, 'HEAD / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n');
                const head = [];
                for (const line of socket.lines()) { if (line === '') break; head.push(line.toLowerCase()); }
                console.log(head[0], head.includes('content-length: 6'));
                socket.write('GET /a HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nGET /b HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nGET /c HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n');
                console.log(answer(socket).split('\\r\\n').filter((l) => /^\\d|^HTTP/.test(l)).join());
                console.log(answer(raw(server.port, 'GET / HTTP/1.0\\r\\n\\r\\n')).endsWith('\\r\\n\\r\\n5 GET'), served);
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                http/1.1 200 ok true
                                HTTP/1.1 200 OK,2 GETHTTP/1.1 200 OK,3 GETHTTP/1.1 200 OK,4 GET
                                true 5
                                """,
                                ""));
    }

    @Test
    void malformedRequestsGetAStatusAndTheServerGoesOn() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                function raw(port, text) {
                  const socket = net.connect(port);
                  if (text !== undefined) socket.write(text);
                  return socket;
                }
                function answer(socket) {
                  const decoder = new TextDecoder();
                  let text = '';
                  try { for (const chunk of socket) text += decoder.decode(chunk, { stream: true }); } catch (e) { text += `[${e.code}]`; }
                  socket.close();
                  return text;
                }

                let served = 0;
                const server = serve({ port: 0, maxBodyBytes: 1000 }, (r) => { served++; return r.method === 'POST' ? `${r.text().length}` : 'ok'; });
                const first = (text) => answer(raw(server.port, text)).split('\\r\\n')[0];
                const bad = {
                  garbage: 'this is not http at all\\r\\n\\r\\n',
                  version: 'GET / HTTP/9.9\\r\\nHost: x\\r\\n\\r\\n',
                  'no host': 'GET / HTTP/1.1\\r\\n\\r\\n',
                  header: 'GET / HTTP/1.1\\r\\nHost: x\\r\\nbad header\\r\\n\\r\\n',
                  length: 'POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: -5\\r\\n\\r\\n',
                  'two lengths': 'POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\nab',
                  smuggling: 'POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 4\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n',
                  chunk: 'POST / HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\nabc\\r\\n',
                  'too large': 'POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 5000\\r\\n\\r\\n' + 'x'.repeat(5000),
                  'long line': 'GET /' + 'x'.repeat(100000) + ' HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n',
                };
                for (const [name, text] of Object.entries(bad)) console.log(name, first(text));
                console.log(fetch(`http://localhost:${server.port}/`).text());
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                garbage HTTP/1.1 400 Bad Request
                                version HTTP/1.1 505 HTTP Version Not Supported
                                no host HTTP/1.1 400 Bad Request
                                header HTTP/1.1 400 Bad Request
                                length HTTP/1.1 400 Bad Request
                                two lengths HTTP/1.1 400 Bad Request
                                smuggling HTTP/1.1 400 Bad Request
                                chunk HTTP/1.1 400 Bad Request
                                too large HTTP/1.1 413 Request Entity Too Large
                                long line HTTP/1.1 414 Request-URI Too Long
                                ok
                                """,
                                ""));
    }

    @Test
    void headerOfSixtyMegabytesIsRefused() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                function raw(port, text) {
                  const socket = net.connect(port);
                  if (text !== undefined) socket.write(text);
                  return socket;
                }
                function answer(socket) {
                  const decoder = new TextDecoder();
                  let text = '';
                  try { for (const chunk of socket) text += decoder.decode(chunk, { stream: true }); } catch (e) { text += `[${e.code}]`; }
                  socket.close();
                  return text;
                }

                const server = serve(0, () => 'ok');
                const socket = raw(server.port, 'GET / HTTP/1.1\\r\\nHost: x\\r\\nX-Big: ');
                const megabyte = 'x'.repeat(1024 * 1024);
                // the server may refuse at any time and close
                try { for (let sent = 0; sent < 60; sent++) socket.write(megabyte); } catch (e) { if (!e.code) throw e; }
                const text = answer(socket);
                console.log(/^(HTTP\\/1.1 431 .*|\\[ECONNRESET\\]|\\[ECLOSED\\]|)$/.test(text.split('\\r\\n')[0]));
                const small = 'GET / HTTP/1.1\\r\\nHost: x\\r\\nX-Big: ' + 'y'.repeat(20000) + '\\r\\n\\r\\n';
                console.log(answer(raw(server.port, small)).split('\\r\\n')[0]);
                console.log(fetch(`http://localhost:${server.port}/`).text(), process.memoryUsage().heapUsed < 1.5e9);
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true
                                HTTP/1.1 431 Request Header Fields Too Large
                                ok true
                                """,
                                ""));
    }

    @Test
    void connectionsCutInTheMiddleEndTheirHandlersAlone() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                function raw(port, text) {
                  const socket = net.connect(port);
                  if (text !== undefined) socket.write(text);
                  return socket;
                }
                function answer(socket) {
                  const decoder = new TextDecoder();
                  let text = '';
                  try { for (const chunk of socket) text += decoder.decode(chunk, { stream: true }); } catch (e) { text += `[${e.code}]`; }
                  socket.close();
                  return text;
                }

                const seen = [];
                const server = serve(0, (r) => {
                  if (r.path === '/ok') return 'ok';
                  try { return r.text(); } catch (e) { seen.push(e.code); throw e; }
                });
                const cut = (text) => { const s = raw(server.port, text); sleep(10); s.close(); };
                cut('GET');
                cut('');
                cut('GET / HTTP/1.1\\r\\nHost: x\\r\\nX-Half: a');
                cut('POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 100\\r\\n\\r\\nonly this');
                cut('POST / HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhel');
                while (seen.length < 2) sleep(5);
                console.log(seen.join(), fetch(`http://localhost:${server.port}/ok`).text());
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                ECONNRESET,ECONNRESET ok
                                """,
                                ""));
    }

    @Test
    void clientThatReadsNothingSuspendsTheStreamingHandler() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                function raw(port, text) {
                  const socket = net.connect(port);
                  if (text !== undefined) socket.write(text);
                  return socket;
                }
                function answer(socket) {
                  const decoder = new TextDecoder();
                  let text = '';
                  try { for (const chunk of socket) text += decoder.decode(chunk, { stream: true }); } catch (e) { text += `[${e.code}]`; }
                  socket.close();
                  return text;
                }

                let made = 0;
                const piece = new Uint8Array(256 * 1024);
                const server = serve(0, () => ({ body: (function* () { while (made < 1000) { made++; yield piece; } })() }));
                const socket = raw(server.port, 'GET / HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n');
                socket.read();
                let before = -1;
                while (before !== made) { before = made; sleep(50); }
                console.log('suspended', made < 250);
                let size = 0;
                for (const chunk of socket) size += chunk.length;
                console.log(made, size > 1000 * 256 * 1024 - 1e6);
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                suspended true
                                1000 true
                                """,
                                ""));
    }

    @Test
    void optionsThatAreWrongAndPortsInUseAreErrorsOfTheCall() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                const server = serve(0, () => 'x');
                try { serve(server.port, () => 'y'); } catch (e) { console.log(e.name, e.code, e.message.replace(server.port, 'PORT').split(';')[0]); }
                for (const port of [-1, 70000, 'x']) { try { serve(port, () => ''); } catch (e) { console.log(e.name, e.message); } }
                try { serve(0); } catch (e) { console.log(e.name, e.message); }
                const port = server.port;
                server.close();
                try { fetch(`http://localhost:${port}/`); } catch (e) { console.log(e.code); }
                for (const url of ['nonsense', 'ftp://x/', 'http://']) { try { fetch(url); console.log('no error'); } catch (e) { console.log(e.name, e.message.split(';')[0]); } }
                try { atomic(() => fetch(`http://localhost:${port}/`)); } catch (e) { console.log(e.name); }
                try { fetch(`http://localhost:${port}/`, { headers: { a: 'b\\nc' } }); } catch (e) { console.log(e.name, e.message); }
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                Error EADDRINUSE cannot listen on *:PORT: the port is in use, and a port has one listener at a time
                                RangeError serve: the port must be an integer from 0 to 65535, but was -1
                                RangeError serve: the port must be an integer from 0 to 65535, but was 70000
                                RangeError serve: the port must be an integer from 0 to 65535, but was x
                                TypeError serve: the handler must be a function, but was undefined
                                ECONNREFUSED
                                TypeError url must begin with http:// or https://, but was nonsense
                                TypeError url must begin with http:// or https://, but was ftp://x/
                                TypeError url must name a host, but was http://
                                WouldBlockError
                                TypeError a header must be one line, but 'a' is "b\\nc"
                                """,
                                ""));
    }

    @Test
    void fetchHasALimitOfTime() {
        project.file(
                "main.js",
                """
                const { serve, fetch } = require('corona:http');
                const net = require('corona:net');

                let open;
                const gate = new Future((resolve) => { open = resolve; });
                const server = serve(0, () => gate.value);
                try { fetch(`http://localhost:${server.port}/`, { timeout: 5 }); } catch (e) { console.log(e.code); }
                open('late');
                console.log(fetch(`http://localhost:${server.port}/`, { timeout: 60000 }).text());
                server.close();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                ETIMEDOUT
                                late
                                """,
                                ""));
    }
}
