// Named errors of the runtime. Evaluates to a function that returns `make(name, message, code)`.
(function () {
  'use strict';

  const types = new Map([
    ['Error', Error],
    ['TypeError', TypeError],
    ['RangeError', RangeError],
  ]);

  function typeOf(name) {
    let type = types.get(name);
    if (type === undefined) {
      type = { [name]: class extends Error {} }[name];
      Object.defineProperty(type.prototype, 'name', { value: name, writable: true, configurable: true });
      types.set(name, type);
    }
    return type;
  }

  /** A new error whose stack begins at the caller; `code` as Node has it, or nothing. */
  return function make(name, message, code) {
    const error = new (typeOf(name))(message);
    if (code) error.code = code;
    return error;
  };
});
