// The built-in modules by name, as a Map of functions that load them, and a function that adds one. Evaluates to a function of
// what loads a module.
(function (load) {
  'use strict';

  const modules = new Map();
  return { modules, add: (name) => modules.set(name, () => load(name)) };
});
