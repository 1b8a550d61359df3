// corona:http, a server whose handlers may block anywhere, and a client. Evaluates to a function of the host bridge.
(function (host, globals) {
  'use strict';

  const { describe, milliseconds } = globals;
  const TEXT = 'content-type: text/plain; charset=utf-8';
  const BYTES = 'content-type: application/octet-stream';
  const DEFAULT_MAX_BODY_BYTES = 16 * 1024 * 1024;

  /** The names (in lower case) and values of headers, as an object without a prototype; equal names are joined. */
  function headersOf(flat) {
    const headers = Object.create(null);
    for (let i = 0; i < flat.length; i += 2) {
      const name = flat[i];
      headers[name] = name in headers ? `${headers[name]}, ${flat[i + 1]}` : flat[i + 1];
    }
    return headers;
  }

  /** Headers given by a program (an object, a Map or pairs) as lines of "name: value". */
  function linesOf(headers) {
    if (headers === undefined || headers === null) return '';
    if (typeof headers !== 'object') throw new TypeError(`headers must be an object, but were ${describe(headers)}`);
    let lines = '';
    for (const [name, value] of Symbol.iterator in headers ? headers : Object.entries(headers)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        const text = `${name}: ${one}`;
        if (text.includes('\n') || text.includes('\r')) {
          throw new TypeError(`a header must be one line, but '${name}' is ${JSON.stringify(String(one))}`);
        }
        lines += lines === '' ? text : `\n${text}`;
      }
    }
    return lines;
  }

  function hasHeader(lines, name) {
    return lines !== '' && `\n${lines.toLowerCase()}`.includes(`\n${name}: `);
  }

  /** A request. Its body is read once: whole (text, json, bytes) or piece by piece (read, iteration). */
  class Request {
    #native;
    #maxBodyBytes;
    #headers;

    constructor(native, maxBodyBytes) {
      this.#native = native;
      this.#maxBodyBytes = maxBodyBytes;
    }

    get method() {
      return this.#native.method();
    }

    /** Path and query, as the client sent them. */
    get url() {
      return this.#native.target();
    }

    get path() {
      const url = this.url;
      const end = url.indexOf('?');
      return end < 0 ? url : url.slice(0, end);
    }

    /** The query without its question mark; empty if there is none. */
    get query() {
      const url = this.url;
      const end = url.indexOf('?');
      return end < 0 ? '' : url.slice(end + 1);
    }

    get httpVersion() {
      return this.#native.version().slice('HTTP/'.length);
    }

    /** All headers by their names in lower case. */
    get headers() {
      return (this.#headers ??= headersOf(this.#native.headers()));
    }

    /** The first value of a header; null if there is none. */
    header(name) {
      return this.#native.header(`${name}`);
    }

    get remoteAddress() {
      return this.#native.remoteAddress();
    }

    /** The body as text in UTF-8. */
    text() {
      return this.#native.text(this.#maxBodyBytes);
    }

    json() {
      return JSON.parse(this.text());
    }

    /** The body as a Uint8Array. */
    bytes() {
      return new Uint8Array(new ArrayBuffer(this.#native.bytes(this.#maxBodyBytes)));
    }

    /** The next piece of the body, as a Uint8Array; null at its end. */
    read() {
      const buffer = this.#native.read();
      return buffer === null ? null : new Uint8Array(new ArrayBuffer(buffer));
    }

    *[Symbol.iterator]() {
      for (let piece = this.read(); piece !== null; piece = this.read()) yield piece;
    }
  }

  /** Sends what a handler returned. */
  function respond(native, result) {
    if (result instanceof globals.Future || typeof result?.then === 'function') {
      return respond(native, wait(result));
    }
    if (typeof result === 'string') return native.respondText(200, TEXT, result);
    if (result === undefined || result === null) return native.respondText(204, '', '');
    if (typeof result !== 'object') throw badResponse(result);
    if (isBytes(result)) return native.respondBytes(200, BYTES, result);
    if (!('body' in result || 'status' in result || 'headers' in result)) throw badResponse(result);
    sendBody(native, result.status ?? 200, linesOf(result.headers), result.body);
  }

  function badResponse(result) {
    const seen = typeof result === 'object' ? `an object with the keys ${Object.keys(result)}` : describe(result);
    return new TypeError(`a handler returns a string, bytes, or {status, headers, body}, but this one returned ${seen}`);
  }

  function isBytes(value) {
    return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
  }

  function sendBody(native, status, lines, body) {
    if (!Number.isInteger(status)) throw new TypeError(`a status must be an integer, but was ${describe(status)}`);
    if (body === undefined || body === null) return native.respondText(status, lines, '');
    if (typeof body === 'string') return native.respondText(status, withType(lines, TEXT), body);
    if (isBytes(body)) return native.respondBytes(status, withType(lines, BYTES), body);
    const pieces = typeof body === 'function' ? body() : body;
    if (typeof pieces?.[Symbol.iterator] !== 'function') {
      throw new TypeError(`a body is a string, bytes, or an iterable of these, but was ${describe(body)}`);
    }
    native.start(status, lines);
    for (const piece of pieces) {
      if (!native.write(piece)) {
        throw new TypeError(`a piece of a body is a string or bytes, but was ${describe(piece)}`);
      }
    }
    native.end();
  }

  function withType(lines, type) {
    if (lines === '') return type;
    return hasHeader(lines, 'content-type') ? lines : `${lines}\n${type}`;
  }

  /** An HTTP server. */
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

    /** Takes no more connections; requests under way are answered. */
    close() {
      this.#native.close();
    }
  }

  /**
   * Serves HTTP/1.1 on a port (0 takes a free one), or as {port, host, backlog, maxHeaderBytes, maxBodyBytes} say. Each
   * request runs handler(request) in a coroutine of its own; what it returns is sent.
   */
  function serve(where, handler) {
    const options = typeof where === 'object' && where !== null ? where : { port: where };
    const port = Number(options.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new RangeError(`serve: the port must be an integer from 0 to 65535, but was ${describe(options.port)}`);
    }
    globals.requireFunction('serve: the handler', handler);
    const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    const dispatch = (native) => {
      const result = handler(new Request(native, maxBodyBytes));
      if (typeof result === 'string') native.respondText(200, TEXT, result);
      else respond(native, result);
    };
    const site = globals.siteOf();
    return new Server(
      host.serve(options.host ?? null, port, options.backlog ?? 0, options.maxHeaderBytes ?? 0, site, dispatch),
    );
  }

  /** What a server answered. */
  class Response {
    #native;
    #headers;

    constructor(native) {
      this.#native = native;
      this.status = native.status();
      this.ok = this.status >= 200 && this.status < 300;
    }

    get headers() {
      return (this.#headers ??= headersOf(this.#native.headers()));
    }

    text() {
      return this.#native.text();
    }

    json() {
      return JSON.parse(this.text());
    }

    bytes() {
      return new Uint8Array(new ArrayBuffer(this.#native.bytes()));
    }
  }

  /** Fetches a URL: the response, with its whole body. Options: {method, headers, body, timeout}. */
  function fetch(url, options = {}) {
    const limit = options.timeout === undefined ? -1 : milliseconds('fetch: the timeout', options.timeout);
    const method = options.method ?? (options.body === undefined ? 'GET' : 'POST');
    return new Response(host.fetch(`${url}`, `${method}`, linesOf(options.headers), options.body ?? null, limit));
  }

  globals.blocking(serve);
  globals.blocking(fetch);
  globals.blockingMethods(Request, ['text', 'json', 'bytes', 'read']);
  return { serve, fetch, Request, Response, Server };
});
