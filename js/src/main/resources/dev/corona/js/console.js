// The console. Evaluates to a function of the host bridge; inspection is loaded when the first object is printed.
(function (host, inspectModule) {
  'use strict';

  let indent = '';
  const counts = new Map();
  const timers = new Map();

  function format(args) {
    if (args.length === 1 && typeof args[0] === 'string') return args[0];
    return inspectModule().format(...args);
  }

  function line(args) {
    const text = format(args);
    if (indent === '') return text + '\n';
    return indent + text.replaceAll('\n', '\n' + indent) + '\n';
  }

  function log(...args) {
    host.out(line(args));
  }

  function error(...args) {
    host.err(line(args));
  }

  function elapsed(label) {
    const start = timers.get(label);
    if (start === undefined) {
      error(`Warning: No such label '${label}' for console.time()`);
      return undefined;
    }
    const ms = host.now() - start;
    return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${ms.toFixed(3)}ms`;
  }

  const console = {
    log,
    info: log,
    debug: log,
    error,
    warn: error,
    dir(value, options) {
      host.out(indent + inspectModule().inspect(value, { customInspect: false, ...options }) + '\n');
    },
    trace(...args) {
      const site = { name: 'Trace', message: args.length === 0 ? '' : format(args) };
      Error.captureStackTrace(site);
      const frames = site.stack.slice(Math.max(0, site.stack.indexOf('\n    at ')));
      error(`Trace${site.message === '' ? '' : `: ${site.message}`}${frames}`);
    },
    assert(condition, ...args) {
      if (condition) return;
      if (typeof args[0] === 'string') error(`Assertion failed: ${args[0]}`, ...args.slice(1));
      else error('Assertion failed', ...args);
    },
    group(...args) {
      if (args.length > 0) log(...args);
      indent += '  ';
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    count(label = 'default') {
      const count = (counts.get(`${label}`) ?? 0) + 1;
      counts.set(`${label}`, count);
      log(`${label}: ${count}`);
    },
    countReset(label = 'default') {
      counts.delete(`${label}`);
    },
    time(label = 'default') {
      if (timers.has(`${label}`)) error(`Warning: Label '${label}' already exists for console.time()`);
      else timers.set(`${label}`, host.now());
    },
    timeLog(label = 'default', ...args) {
      const text = elapsed(`${label}`);
      if (text !== undefined) log(`${label}: ${text}`, ...args);
    },
    timeEnd(label = 'default') {
      const text = elapsed(`${label}`);
      if (text !== undefined) log(`${label}: ${text}`);
      timers.delete(`${label}`);
    },
  };
  console.groupCollapsed = console.group;
  Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
  return console;
});
