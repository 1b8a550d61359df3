// Waits 10 ms before it answers.
const http = require('node:http');

const body = 'Hello, world!\n';
const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': Buffer.byteLength(body) };

const server = http.createServer((request, response) => {
  setTimeout(() => {
    response.writeHead(200, headers);
    response.end(body);
  }, 10);
});
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
