// Parses the JSON of a request and writes it again.
const { serve } = require('corona:http');

const server = serve({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4096 }, (request) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(request.json()),
}));
console.log(`Listening on http://127.0.0.1:${server.port}`);
