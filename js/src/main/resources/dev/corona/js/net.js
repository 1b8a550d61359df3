// corona:net, TCP servers and sockets whose calls suspend the coroutine only. Evaluates to a function of the host bridge.
(function (host, globals) {
  'use strict';

  const { describe, milliseconds } = globals;

  function portOf(what, value) {
    const port = Number(value);
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new RangeError(`${what}: the port must be an integer from 0 to 65535, but was ${describe(value)}`);
    }
    return port;
  }

  /** A TCP server. Iterating over it gives its connections until it is closed. */
  class Server {
    #native;

    constructor(native) {
      this.#native = native;
    }

    get port() {
      return this.#native.port();
    }

    get address() {
      return this.#native.address();
    }

    /** The next connection; null when the server has been closed. */
    accept() {
      const socket = this.#native.accept();
      return socket === null ? null : new Socket(socket);
    }

    close() {
      this.#native.close();
    }

    *[Symbol.iterator]() {
      for (let socket = this.accept(); socket !== null; socket = this.accept()) yield socket;
    }
  }

  /** One end of a TCP connection. Iterating over it gives the chunks that arrive. */
  class Socket {
    #native;

    constructor(native) {
      this.#native = native;
    }

    get remoteAddress() {
      return this.#native.remoteAddress();
    }

    get localAddress() {
      return this.#native.localAddress();
    }

    get closed() {
      return this.#native.isClosed();
    }

    /** The next bytes that arrive, as a Uint8Array; null when the peer has ended its side. */
    read() {
      const buffer = this.#native.read();
      return buffer === null ? null : new Uint8Array(new ArrayBuffer(buffer));
    }

    /** The next line as a string, without its end; null when the peer has ended its side. */
    readLine() {
      return this.#native.readLine();
    }

    /** Sends a string (as UTF-8) or bytes; waits while the peer does not keep up. */
    write(data) {
      this.#native.write(data);
    }

    /** Ends this side; the peer may still send. `data` is sent before. */
    end(data) {
      if (data !== undefined) this.write(data);
      this.#native.end();
    }

    close() {
      this.#native.close();
    }

    /** The lines that arrive, until the peer ends its side. */
    *lines() {
      for (let line = this.readLine(); line !== null; line = this.readLine()) yield line;
    }

    *[Symbol.iterator]() {
      for (let chunk = this.read(); chunk !== null; chunk = this.read()) yield chunk;
    }
  }

  /**
   * Listens on a port (0 takes a free one), or as {port, host, backlog} say. With a handler, each connection runs it in a
   * coroutine of its own and is closed when the handler is done.
   */
  function listen(where, handler) {
    const options = typeof where === 'object' && where !== null ? where : { port: where };
    const port = portOf('listen', options.port ?? 0);
    if (handler !== undefined) globals.requireFunction('listen: the handler', handler);
    const server = new Server(host.listen(options.host ?? null, port, options.backlog ?? 0));
    if (handler !== undefined) {
      const site = globals.siteOf();
      globals.spawnAt(site, function serve() {
        for (const socket of server) globals.spawnAt(site, handle, [handler, socket]);
      }, []);
    }
    return server;
  }

  function handle(handler, socket) {
    try {
      handler(socket);
    } finally {
      socket.close();
    }
  }

  /** Connects to a port of a host ('localhost' if none is given), or as {port, host, timeout} say. */
  function connect(where, hostName) {
    const options = typeof where === 'object' && where !== null ? where : { port: where, host: hostName };
    const limit = options.timeout === undefined ? -1 : milliseconds('connect: the timeout', options.timeout);
    return new Socket(host.connect(options.host ?? 'localhost', portOf('connect', options.port), limit));
  }

  globals.blocking(listen);
  globals.blocking(connect);
  globals.blockingMethods(Server, ['accept']);
  globals.blockingMethods(Socket, ['read', 'readLine', 'write', 'end']);
  return { listen, connect, Server, Socket };
});
