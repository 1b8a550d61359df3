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

  /** What the function `thrower` throws, whatever it is. */
  make.thrownBy = (thrower) => {
    try {
      return thrower();
    } catch (thrown) {
      return thrown;
    }
  };
  return make;

  /** A new error whose stack begins at the caller; `code` as Node has it, or nothing. */
  function make(name, message, code) {
    const type = typeOf(name);
    const error = new Error(message);
    if (type !== Error) {
      // the engine leaves out all frames if the constructor is not one of a user's source
      Object.setPrototypeOf(error, type.prototype);
      Error.captureStackTrace(error);
    }
    if (code) error.code = code;
    return error;
  }
});
