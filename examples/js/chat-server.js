// Lines of each client go to all others; clients come and go. No locks: nothing else runs between two blocking calls.
const { listen } = require('corona:net');

const clients = new Map();

function broadcast(from, text) {
  for (const [socket, name] of clients) {
    if (socket === from) continue;
    // A slow reader holds up its own coroutine, not the others.
    spawn(function send() {
      try {
        socket.write(`${text}\n`);
      } catch (error) {
        console.warn(`could not reach ${name}: ${error.message}`);
      }
    });
  }
}

function talk(socket) {
  socket.write('Your name?\n');
  const name = socket.readLine();
  if (name === null) return;
  clients.set(socket, name);
  broadcast(socket, `* ${name} has joined`);
  try {
    for (const line of socket.lines()) broadcast(socket, `${name}: ${line}`);
  } catch (error) {
    if (error.code !== 'ECONNRESET') throw error; // a client that vanishes has left like any other
  } finally {
    clients.delete(socket);
    broadcast(socket, `* ${name} has left`);
  }
}

const server = listen(Number(process.env.PORT ?? 8080), talk);
console.log(`Listening on port ${server.port}`);
