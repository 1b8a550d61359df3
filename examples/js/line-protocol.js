// A parser of a nested line protocol as one recursive function: it reads the socket wherever it needs the next line, so
// its state is its call stack. A client sends BEGIN name, TEXT words and END, and gets the outline of each document.
const { listen } = require('corona:net');

class Lines {
  #socket;
  #next;

  constructor(socket) {
    this.#socket = socket;
  }

  peek() {
    if (this.#next === undefined) this.#next = this.#socket.readLine();
    return this.#next;
  }

  take() {
    const line = this.peek();
    this.#next = undefined;
    return line;
  }
}

/** Reads one element and what is in it; returns its outline. */
function element(lines, depth) {
  const [, name] = expect(lines.take(), /^BEGIN (\w+)$/, 'BEGIN name');
  const inner = [];
  for (;;) {
    const line = lines.peek();
    if (line === 'END') break;
    if (line?.startsWith('BEGIN ')) inner.push(element(lines, depth + 1));
    else inner.push('  '.repeat(depth + 1) + expect(lines.take(), /^TEXT (.*)$/, 'BEGIN, TEXT or END')[1]);
  }
  lines.take();
  return ['  '.repeat(depth) + name, ...inner].join('\n');
}

function expect(line, pattern, wanted) {
  const match = line === null ? null : pattern.exec(line);
  if (match === null) throw new SyntaxError(`expected ${wanted}, but got ${line === null ? 'the end' : line}`);
  return match;
}

function session(socket) {
  const lines = new Lines(socket);
  try {
    while (lines.peek() !== null) socket.write(`${element(lines, 0)}\n\n`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    socket.write(`error: ${error.message}\n`);
  }
}

const server = listen(Number(process.env.PORT ?? 8080), session);
console.log(`Listening on port ${server.port}`);
