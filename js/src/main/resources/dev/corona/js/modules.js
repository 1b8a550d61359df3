// CommonJS modules: `require`, its cache and its errors. Evaluates to a function of the host bridge, and of what loads a
// built-in module, imports and compiles.
(function (host, builtin, load, compile) {
  'use strict';

  const cache = Object.create(null);
  let main;

  class Module {
    constructor(id, parent) {
      this.id = id;
      this.filename = id;
      this.path = host.folder(id);
      this.exports = {};
      this.parent = parent;
      this.children = [];
      this.loaded = false;
    }
  }

  function requireStack(module) {
    let text = '\nRequire stack:';
    for (let m = module; m; m = m.parent) text += `\n- ${m.id}`;
    return text;
  }

  function requireById(id, parent) {
    const cached = cache[id];
    if (cached !== undefined) return cached.exports;
    const kind = host.kind(id);
    if (kind === 'builtin') return builtin(id);
    if (kind === 'module') return wait(load(id));
    const module = new Module(id, parent);
    cache[id] = module;
    if (parent) parent.children.push(module);
    try {
      if (kind === 'json') module.exports = parseJson(id);
      else run(module);
    } catch (error) {
      delete cache[id];
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  function parseJson(id) {
    try {
      return JSON.parse(host.read(id));
    } catch (error) {
      error.message = `${id}: ${error.message}`;
      throw error;
    }
  }

  function run(module) {
    const fn = compile(module.id, host.text(module.id));
    Reflect.apply(fn, module.exports, [module.exports, makeRequire(module), module, module.filename, module.path]);
  }

  function makeRequire(module) {
    function require(specifier) {
      if (typeof specifier !== 'string') {
        throw new TypeError(`require: the specifier must be a string, but was ${typeof specifier}`);
      }
      return requireById(host.resolve(specifier, module.path, requireStack(module)), module);
    }
    require.resolve = (specifier) => host.resolve(String(specifier), module.path, requireStack(module));
    require.cache = cache;
    require.main = main;
    return require;
  }

  /** Runs the program's own CommonJS source called `id`. */
  function runMain(id) {
    main = new Module(id, null);
    cache[id] = main;
    run(main);
    main.loaded = true;
  }

  Object.defineProperty(globalThis, Symbol.for('corona.require'), { value: (id) => requireById(id, null) });

  return { runMain, exportNames: (id) => {
    const value = requireById(id, null);
    return value !== null && (typeof value === 'object' || typeof value === 'function') ? Object.keys(value) : [];
  } };
});
