/**
 * One-shot delimited continuations and the engines that run them. Start with {@link dev.corona.kernel.Continuation};
 * {@link dev.corona.kernel.Engines} chooses an engine. Everything else in Corona (coroutine, generator, task, a
 * JavaScript or Lua coroutine) is a policy over this package, which is not exported to users.
 */
@NullMarked
package dev.corona.kernel;

import org.jspecify.annotations.NullMarked;
