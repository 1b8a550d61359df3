// Sends every line back. Each connection is a coroutine: readLine and write suspend it, and nothing else.
const { listen } = require('corona:net');

const server = listen(Number(process.env.PORT ?? 8080));
console.log(`Listening on port ${server.port}`);

for (const socket of server) {
  spawn(function echo() {
    for (const line of socket.lines()) socket.write(`${line}\n`);
    socket.close();
  });
}
