// The console. Evaluates to a function of the host bridge, of what writes to standard output, and of what loads inspection:
// that is done when the first value is printed that needs more than its own text.
(function (host, out, inspectModule) {
  'use strict';

  let indent = '';
  const counts = new Map();
  const timers = new Map();

  /** Whether String(value) is the text of the value. */
  function isPlain(value) {
    if (value === null || value === undefined) return true;
    const type = typeof value;
    return type === 'string' || type === 'boolean' || (type === 'number' && !Object.is(value, -0));
  }

  function format(args) {
    const first = args[0];
    if (args.length === 1) {
      if (isPlain(first)) return String(first);
    } else if (args.every(isPlain) && !(typeof first === 'string' && first.includes('%'))) {
      return args.map(String).join(' ');
    }
    return inspectModule().format(...args);
  }

  function line(args) {
    const text = format(args);
    if (indent === '') return text + '\n';
    return indent + text.replaceAll('\n', '\n' + indent) + '\n';
  }

  function log(...args) {
    out(line(args));
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
      out(indent + inspectModule().inspect(value, { customInspect: false, ...options }) + '\n');
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
