// Waits 10 ms in the handler, which suspends the request's coroutine only.
const { serve } = require('corona:http');

const server = serve({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 4096 }, () => {
  sleep(10);
  return 'Hello, world!\n';
});
console.log(`Listening on http://127.0.0.1:${server.port}`);
