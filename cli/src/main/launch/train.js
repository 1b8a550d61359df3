// What the start-up cache learns from: a short life of a server and its clients, and one of each common operation.
const { serve, fetch } = require('corona:http');
const net = require('corona:net');

const REQUESTS = 4000;

console.log('training', { nested: { list: [1, 2, 3], map: new Map([['a', 1]]) } }, [new Date(0), /x/, null]);

const web = serve({ port: 0, host: '127.0.0.1' }, (request) => {
  if (request.path === '/json') return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.json()) };
  if (request.path === '/sleep') sleep(1);
  return 'Hello, world!\n';
});
const url = `http://127.0.0.1:${web.port}`;

function client(path, count) {
  for (let i = 0; i < count; i++) fetch(url + path, path === '/json' ? { body: '{"a":[1,2,3]}' } : {}).text();
}
[spawn(client, '/', REQUESTS), spawn(client, '/json', REQUESTS / 4), spawn(client, '/sleep', 50)].forEach((f) => f.value);

const echo = net.listen({ port: 0, host: '127.0.0.1' });
spawn(function accept() {
  for (const socket of echo) {
    spawn(function answer() {
      for (const line of socket.lines()) socket.write(`${line}\n`);
      socket.close();
    });
  }
});
const socket = net.connect(echo.port, '127.0.0.1');
for (let i = 0; i < 50; i++) {
  socket.write(`line ${i}\n`);
  socket.readLine();
}
socket.end();
socket.close();

(async () => { await null; })();
setTimeout(() => {}, 1);
atomic(() => 1);
try {
  require('./missing');
} catch (error) {
  console.error(error.code);
}
wait(Promise.resolve(1));
echo.close();
web.close();
