// The built-in modules by name, as a Map of functions that load them. Evaluates to a function of the loaders.
(function (loaders, names) {
  'use strict';
  return new Map(Array.from(names, (name) => [name, () => loaders[name]()]));
});
