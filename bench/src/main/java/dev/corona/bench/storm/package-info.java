/** The suite {@code storm}: many short connections. Start with {@link dev.corona.bench.storm.StormSuite}. */
@NullMarked
package dev.corona.bench.storm;

import org.jspecify.annotations.NullMarked;
