/** The event loop, tasks, and what they wait for. */
@NullMarked
package dev.corona.async;

import org.jspecify.annotations.NullMarked;
