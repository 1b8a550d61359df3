// Echoes lines; the line 'count' is answered with the number of connections so far.
const net = require('node:net');

let accepted = 0;
const server = net.createServer((socket) => {
  accepted++;
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) socket.write(line === 'count' ? `${accepted}\n` : `${line}\n`);
  });
  socket.on('error', (error) => console.error(error.message));
});
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`Listening on tcp://127.0.0.1:${server.address().port}`);
});
