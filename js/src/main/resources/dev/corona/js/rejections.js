// Promises that are rejected and that nobody handles by the end of the next turn, in which the coroutines that the rejecting
// one has spawned begin. Evaluates to a function of the host bridge.
(function (report, afterTurn, isHandled) {
  'use strict';

  const pending = new Map();

  function reportAll() {
    const rejected = [...pending];
    pending.clear();
    for (const [promise, error] of rejected) if (!isHandled(promise)) report(error);
  }

  Graal.setUnhandledPromiseRejectionHandler((error, promise) => {
    if (promise === undefined) return report(error);
    if (pending.size === 0) afterTurn(() => afterTurn(reportAll));
    pending.set(promise, error);
  });
});
