// Many things at once: each fetch.future(...) returns immediately, and reading .value waits for that one only.
const { serve, fetch } = require('corona:http');

const server = serve({ port: 0, host: '127.0.0.1' }, (request) => {
  sleep(100);
  return `answer to ${request.path}`;
});

const start = Date.now();
const futures = Array.from({ length: 10 }, (_, i) => fetch.future(`http://127.0.0.1:${server.port}/${i}`));
for (const future of futures) console.log(future.value.text());
console.log(`10 answers that take 100 ms each, in ${Date.now() - start < 900 ? 'well under' : 'more than'} a second`);
server.close();
