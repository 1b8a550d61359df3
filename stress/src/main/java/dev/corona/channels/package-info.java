/** Models of what other threads do to a channel. */
@NullMarked
package dev.corona.channels;

import org.jspecify.annotations.NullMarked;
