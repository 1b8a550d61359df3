// Answers every request with one line.
const { serve } = require('corona:http');

const server = serve({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4096 }, () => 'Hello, world!\n');
console.log(`Listening on http://127.0.0.1:${server.port}`);
