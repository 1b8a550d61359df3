// The smallest server: every request runs its handler in a coroutine of its own, all on one thread.
const { serve } = require('corona:http');

const server = serve(Number(process.env.PORT ?? 8080), () => 'Hello, world!\n');
console.log(`Listening on http://127.0.0.1:${server.port}`);
