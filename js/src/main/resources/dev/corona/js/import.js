// Dynamic import on behalf of the runtime. Evaluates to a function that returns it.
(function () {
  'use strict';
  return (id) => import(id);
});
