/** What goes wrong with coroutines, by name. Start with {@link dev.corona.errors.CoroutineStateException}. */
@NullMarked
package dev.corona.errors;

import org.jspecify.annotations.NullMarked;
