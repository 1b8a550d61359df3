/** The command behind {@code bench/run}, and what its suites share. Start with {@link dev.corona.bench.Main}. */
@NullMarked
package dev.corona.bench;

import org.jspecify.annotations.NullMarked;
