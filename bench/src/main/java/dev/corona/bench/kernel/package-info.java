/** The suite {@code kernel}: the cost of a switch. Start with {@link dev.corona.bench.kernel.KernelSuite}. */
@NullMarked
package dev.corona.bench.kernel;

import org.jspecify.annotations.NullMarked;
