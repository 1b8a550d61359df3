// The global `process`. Evaluates to a function of the host bridge and of a JSON text of what never changes.
(function (host, makeError, factsText) {
  'use strict';

  const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'];
  const listeners = new Map();
  let exiting = false;

  function on(event, listener, once = false) {
    if (typeof listener !== 'function') {
      throw new TypeError(`process.on: the listener must be a function, but was ${typeof listener}`);
    }
    if (!listeners.has(event)) listeners.set(event, []);
    listeners.get(event).push({ listener, once });
    if (SIGNALS.includes(event)) host.listenTo(event);
    return process;
  }

  function off(event, listener) {
    const list = listeners.get(event) ?? [];
    const index = list.findLastIndex((entry) => entry.listener === listener);
    if (index >= 0) list.splice(index, 1);
    if (list.length === 0 && SIGNALS.includes(event)) host.ignore(event);
    return process;
  }

  function emit(event, ...args) {
    const list = listeners.get(event);
    if (list === undefined || list.length === 0) return false;
    for (const { listener, once } of [...list]) {
      if (once) off(event, listener);
      Reflect.apply(listener, process, args);
    }
    return true;
  }

  function exitCodeOf(value) {
    if (value === undefined || value === null) return undefined;
    const code = Number(value);
    if (!Number.isInteger(code)) {
      throw new TypeError(`process.exitCode must be an integer, but was ${String(value)}`);
    }
    return code;
  }

  let exitCode;

  function exit(code) {
    if (code !== undefined) exitCode = exitCodeOf(code);
    const final = exitCode ?? 0;
    if (!exiting) {
      exiting = true;
      emit('exit', final);
    }
    host.exit(exitCode ?? 0);
  }

  function hrtime(previous) {
    const now = host.nanoTime();
    let seconds = Math.floor(now / 1e9);
    let nanos = now % 1e9;
    if (previous === undefined) return [seconds, nanos];
    seconds -= previous[0];
    nanos -= previous[1];
    return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
  }
  hrtime.bigint = () => BigInt(host.nanoTime());

  function stream(write, writeBytes, fd) {
    return {
      fd,
      isTTY: false,
      write(chunk) {
        if (typeof chunk === 'string') write(chunk);
        else if (ArrayBuffer.isView(chunk)) writeBytes(chunk);
        else throw new TypeError(`process.${fd === 1 ? 'stdout' : 'stderr'}.write: the data must be a string or bytes, but was ${typeof chunk}`);
        return true;
      },
    };
  }

  function nextTick(fn, ...args) {
    if (typeof fn !== 'function') throw new TypeError('process.nextTick: the callback must be a function');
    queueMicrotask(() => fn(...args));
  }

  const facts = JSON.parse(factsText);
  const process = {
    title: 'corona',
    version: 'v20.0.0',
    versions: facts.versions,
    arch: facts.arch,
    platform: facts.platform,
    release: { name: 'corona' },
    pid: facts.pid,
    argv: facts.argv,
    execPath: facts.argv[0],
    execArgv: [],
    env: facts.env,
    get exitCode() {
      return exitCode;
    },
    set exitCode(value) {
      exitCode = exitCodeOf(value);
    },
    exit,
    cwd: () => facts.cwd,
    hrtime,
    uptime: () => host.uptime(),
    memoryUsage: () => ({ ...host.memoryUsage() }),
    nextTick,
    stdout: stream((text) => host.out(text), (bytes) => host.outBytes(bytes), 1),
    stderr: stream((text) => host.err(text), (bytes) => host.errBytes(bytes), 2),
    on: (event, listener) => on(event, listener),
    addListener: (event, listener) => on(event, listener),
    once: (event, listener) => on(event, listener, true),
    off,
    removeListener: off,
    removeAllListeners(event) {
      for (const { listener } of [...(listeners.get(event) ?? [])]) off(event, listener);
      return process;
    },
    emit,
    listeners: (event) => (listeners.get(event) ?? []).map((entry) => entry.listener),
    listenerCount: (event) => (listeners.get(event) ?? []).length,
  };
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });

  return {
    process,
    emit,
    hasListener: (event) => (listeners.get(event) ?? []).length > 0,
    /** Runs the exit listeners; the final code. Unless it `must` be, `code` is only for a program that has set none. */
    finish(code, must) {
      if (must || exitCode === undefined) exitCode = code;
      if (!exiting) {
        exiting = true;
        emit('exit', exitCode);
      }
      return exitCode;
    },
  };
});
