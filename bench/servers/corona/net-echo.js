// Echoes lines; the line 'count' is answered with the number of connections so far.
const { listen } = require('corona:net');

let accepted = 0;
const server = listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4096 }, (socket) => {
  accepted++;
  for (const line of socket.lines()) socket.write(line === 'count' ? `${accepted}\n` : `${line}\n`);
});
console.log(`Listening on tcp://127.0.0.1:${server.port}`);
