/** The suite {@code async}: what tasks, waits and channels cost. Start with {@link dev.corona.bench.async.AsyncSuite}. */
@NullMarked
package dev.corona.bench.async;

import org.jspecify.annotations.NullMarked;
