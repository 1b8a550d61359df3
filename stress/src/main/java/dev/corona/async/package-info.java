/** Models of what other threads do to a wait and to a loop's thread. */
@NullMarked
package dev.corona.async;

import org.jspecify.annotations.NullMarked;
