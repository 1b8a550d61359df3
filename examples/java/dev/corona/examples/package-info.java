/** Examples of coroutines in Java. Start with {@link dev.corona.examples.GeneratorTour}. */
@NullMarked
package dev.corona.examples;

import org.jspecify.annotations.NullMarked;
