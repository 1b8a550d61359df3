// The globals of Corona: coroutines, futures and timers. Evaluates to a function of the host bridge.
(function (host, makeError) {
  'use strict';

  const PENDING = 0;
  const FULFILLED = 1;
  const REJECTED = 2;

  /** Failed futures whose error nobody has asked for yet, and who owns each: where it was spawned; null if it was not. */
  const unread = new Map();

  /**
   * The result of a coroutine, or of anything else that takes time. Reading `value` suspends the calling coroutine until
   * there is one. A Future is also thenable, so `await` works on it.
   */
  class Future {
    #state = PENDING;
    #result = undefined;
    #room = null;
    #reactions = null;

    /** `executor(resolve, reject)` runs at once, as with a Promise. */
    constructor(executor) {
      if (typeof executor !== 'function') {
        throw new TypeError(`Future executor must be a function, but was ${describe(executor)}`);
      }
      let open = true;
      const once = (settle) => (result) => {
        if (!open) return;
        open = false;
        settle(result);
      };
      const resolve = once((value) => this.#adopt(value));
      const reject = once((error) => this.#settle(REJECTED, error));
      try {
        executor(resolve, reject);
      } catch (error) {
        reject(error);
      }
    }

    static resolve(value) {
      return value instanceof Future ? value : new Future((resolve) => resolve(value));
    }

    static reject(error) {
      return new Future((_, reject) => reject(error));
    }

    /** A future of all values, in order; fails as soon as one fails. */
    static all(items) {
      const futures = futuresOf(items);
      return new Future((resolve, reject) => {
        let left = futures.length;
        const values = new Array(left);
        if (left === 0) resolve(values);
        futures.forEach((future, i) => {
          future.#react((state, result) => {
            if (state === REJECTED) return reject(result);
            values[i] = result;
            if (--left === 0) resolve(values);
          });
        });
      });
    }

    /** A future of whichever is first to succeed or fail. */
    static race(items) {
      const futures = futuresOf(items);
      return new Future((resolve, reject) => {
        for (const future of futures) {
          future.#react((state, result) => (state === FULFILLED ? resolve : reject)(result));
        }
      });
    }

    /** Whether it has a value or an error. */
    get done() {
      return this.#state !== PENDING;
    }

    /** The value; suspends the calling coroutine until there is one. Throws the error if it failed. */
    get value() {
      return this.wait();
    }

    /** As `value`; throws a TimeoutError if there is none after `timeoutMs` milliseconds. */
    wait(timeoutMs) {
      const limit = timeoutMs === undefined ? -1 : milliseconds('timeout', timeoutMs);
      if (this.#state === PENDING) {
        this.#room ??= host.room();
        if (!this.#room.park('a future', limit) && this.#state === PENDING) {
          throw makeError('TimeoutError', `the future has no value after ${limit} ms`, 'ETIMEDOUT');
        }
      }
      unread.delete(this);
      if (this.#state === REJECTED) throw this.#result;
      return this.#result;
    }

    then(onFulfilled, onRejected) {
      return new Promise((resolve, reject) => {
        this.#react((state, result) => (state === FULFILLED ? resolve : reject)(result));
      }).then(onFulfilled, onRejected);
    }

    catch(onRejected) {
      return this.then(undefined, onRejected);
    }

    finally(onFinally) {
      return this.then().finally(onFinally);
    }

    #react(reaction) {
      unread.delete(this);
      if (this.#state === PENDING) (this.#reactions ??= []).push(reaction);
      else reaction(this.#state, this.#result);
    }

    #adopt(value) {
      if (value === this) return this.#settle(REJECTED, new TypeError('a Future cannot resolve to itself'));
      if (value instanceof Future) return value.#react((state, result) => this.#settle(state, result));
      let thenable;
      try {
        thenable = isThenable(value);
      } catch (error) {
        return this.#settle(REJECTED, error);
      }
      if (thenable) {
        return Promise.resolve(value).then(
          (result) => this.#settle(FULFILLED, result),
          (error) => this.#settle(REJECTED, error),
        );
      }
      this.#settle(FULFILLED, value);
    }

    #settle(state, result) {
      if (this.#state !== PENDING) return;
      this.#state = state;
      this.#result = result;
      const asked = this.#room !== null || this.#reactions !== null;
      if (state === REJECTED && !asked) unread.set(this, null);
      if (this.#room !== null) this.#room.wakeAll();
      if (this.#reactions !== null) {
        for (const reaction of this.#reactions) reaction(state, result);
        this.#reactions = null;
      }
    }

    get [Symbol.toStringTag]() {
      return 'Future';
    }

    [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
      if (this.#state === PENDING) return 'Future { <pending> }';
      const text = inspect ? inspect(this.#result, options) : String(this.#result);
      return this.#state === FULFILLED ? `Future { ${text} }` : `Future { <rejected> ${text} }`;
    }
  }

  function isThenable(value) {
    return (
      value !== null && (typeof value === 'object' || typeof value === 'function') && typeof value.then === 'function'
    );
  }

  function futuresOf(items) {
    return [...items].map(toFuture);
  }

  function toFuture(item) {
    return item instanceof Future ? item : new Future((resolve) => resolve(item));
  }

  function describe(value) {
    if (value === null) return 'null';
    return typeof value === 'object' || typeof value === 'function' ? `a ${typeof value}` : String(value);
  }

  function milliseconds(what, value) {
    const ms = Number(value);
    if (Number.isNaN(ms)) throw new TypeError(`${what} must be a number of milliseconds, but was ${describe(value)}`);
    return Math.max(0, Math.min(ms, 2 ** 47));
  }

  function requireFunction(what, fn) {
    if (typeof fn !== 'function') throw new TypeError(`${what} must be a function, but was ${describe(fn)}`);
  }

  /**
   * Runs fn.apply(self, args) in a new coroutine and returns a Future of its result. `onUnread(error, future, owner)` is told
   * of an error that nobody has asked for by the end of the turn.
   */
  function start(site, name, fn, self, args, onUnread) {
    let resolve;
    let reject;
    const future = new Future((onValue, onError) => {
      resolve = onValue;
      reject = onError;
    });
    host.spawn(name, site, () => {
      try {
        resolve(Reflect.apply(fn, self, args));
        return true;
      } catch (error) {
        const owner = host.site();
        reject(error);
        if (unread.has(future)) unread.set(future, owner);
        if (onUnread !== null) host.afterTurn(() => onUnread(error, future, owner));
        return false;
      }
    });
    return future;
  }

  function siteOf() {
    const site = {};
    Error.captureStackTrace(site);
    return site;
  }

  /** Runs fn(...args) in a new coroutine and returns a Future of its result. An error that nobody reads is reported. */
  function spawn(fn, ...args) {
    requireFunction('spawn: the first argument', fn);
    return spawnAt(siteOf(), fn, args);
  }

  function spawnAt(site, fn, args) {
    return start(site, fn.name || 'anonymous', fn, undefined, args, (error, future, owner) => {
      if (unread.delete(future)) host.uncaught(error, owner);
    });
  }

  /** Gives the blocking function `fn` its `fn.future(...)`, which runs it in a coroutine of its own. */
  function blocking(fn) {
    function future(...args) {
      return start(siteOf(), fn.name, fn, this, args, null);
    }
    Object.defineProperty(fn, 'future', { value: future, configurable: true, writable: true });
    return fn;
  }

  /**
   * Gives the methods of a class that may block their `future` twins: `socket.read.future(...)` keeps `socket`. The first
   * use of a method on an object binds it to that object.
   */
  function blockingMethods(type, names) {
    for (const name of names) {
      const method = type.prototype[name];
      Object.defineProperty(type.prototype, name, {
        configurable: true,
        get() {
          if (!(this instanceof type)) return method;
          const self = this;
          const bound = blocking({ [name]: (...args) => Reflect.apply(method, self, args) }[name]);
          Object.defineProperty(this, name, { value: bound, writable: true, configurable: true });
          return bound;
        },
      });
    }
  }

  function sleep(ms) {
    host.sleep(milliseconds('sleep', ms === undefined ? 0 : ms));
  }

  /** The value of a promise, a Future or any thenable; suspends the calling coroutine. Other values come back as is. */
  function wait(thenable, timeoutMs) {
    if (!isThenable(thenable)) return thenable;
    return toFuture(thenable).wait(timeoutMs);
  }

  /** Runs fn; a call in it that would block throws at once, so nothing else runs in between. */
  function atomic(fn) {
    requireFunction('atomic: the argument', fn);
    return host.atomic(fn);
  }

  class Timeout {
    #handle = null;
    #keepsAlive = true;
    #fn;
    #args;
    #every;
    #ms;
    #site = {};

    constructor(fn, ms, every, args) {
      Error.captureStackTrace(this.#site);
      this.#fn = fn;
      this.#args = args;
      this.#every = every;
      this.#ms = ms;
      this.#arm();
    }

    #arm() {
      this.#handle = host.timer(this.#ms, this.#keepsAlive, this.#every ? 'setInterval' : 'setTimeout', this.#site, () => {
        if (this.#every) this.#arm();
        else this.#handle = null;
        this.#fn(...this.#args);
      });
    }

    close() {
      if (this.#handle !== null) this.#handle.cancel();
      this.#handle = null;
      return this;
    }

    refresh() {
      if (this.#handle !== null) {
        this.close();
        this.#arm();
      }
      return this;
    }

    ref() {
      return this.#keepAlive(true);
    }

    unref() {
      return this.#keepAlive(false);
    }

    #keepAlive(keepsAlive) {
      this.#keepsAlive = keepsAlive;
      if (this.#handle !== null) this.#handle.keepAlive(keepsAlive);
      return this;
    }

    hasRef() {
      return this.#keepsAlive;
    }

    [Symbol.toPrimitive]() {
      return (this.#id ??= Timeout.#register(this));
    }

    #id = null;
    static #numbered = new Map();
    static #count = 0;

    static #register(timeout) {
      const id = ++Timeout.#count;
      Timeout.#numbered.set(id, timeout);
      return id;
    }

    static clear(timeout) {
      const found = timeout instanceof Timeout ? timeout : Timeout.#numbered.get(Number(timeout));
      if (found === undefined) return;
      if (found.#id !== null) Timeout.#numbered.delete(found.#id);
      found.close();
    }
  }

  function delay(ms) {
    const n = Number(ms);
    return n >= 1 && n <= 2147483647 ? n : 1;
  }

  function setTimeout(fn, ms, ...args) {
    requireFunction('setTimeout: the callback', fn);
    return new Timeout(fn, delay(ms), false, args);
  }

  function setInterval(fn, ms, ...args) {
    requireFunction('setInterval: the callback', fn);
    return new Timeout(fn, delay(ms), true, args);
  }

  function clearTimeout(timeout) {
    if (timeout !== undefined && timeout !== null) Timeout.clear(timeout);
  }

  class Immediate {
    #cancelled = false;

    constructor(fn, args) {
      host.immediate('setImmediate', siteOf(), () => {
        if (!this.#cancelled) fn(...args);
      });
    }

    static clear(immediate) {
      if (immediate instanceof Immediate) immediate.#cancelled = true;
    }
  }

  function setImmediate(fn, ...args) {
    requireFunction('setImmediate: the callback', fn);
    return new Immediate(fn, args);
  }

  function clearImmediate(immediate) {
    Immediate.clear(immediate);
  }

  function queueMicrotask(fn) {
    requireFunction('queueMicrotask: the callback', fn);
    resolved.then(() => {
      try {
        fn();
      } catch (error) {
        host.uncaught(error, null);
      }
    });
  }

  const resolved = Promise.resolve();

  function define(name, value) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }

  blocking(sleep);
  blocking(wait);
  const globals = {
    Future, spawn, sleep, wait, atomic, setTimeout, setInterval, setImmediate, queueMicrotask,
    clearTimeout, clearInterval: clearTimeout, clearImmediate,
  };
  for (const [name, value] of Object.entries(globals)) define(name, value);
  define('global', globalThis);
  for (const name of ['arguments', 'print', 'printErr', 'load', 'loadWithNewGlobal']) delete globalThis[name];

  return {
    define, siteOf, spawnAt, blocking, blockingMethods, describe, milliseconds, requireFunction, Future,
    /** A new object under a global name, until it is dropped. */
    hold: (name) => (globalThis[name] = {}),
    drop: (name) => delete globalThis[name],
    /** Reports the errors of futures that failed and that nobody has read. */
    reportUnread() {
      for (const [future, owner] of [...unread]) {
        try {
          future.wait();
        } catch (error) {
          host.uncaught(error, owner);
        }
      }
    },
  };
});
