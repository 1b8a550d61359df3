/**
 * What tasks of a loop hand to each other: channels, the sources and sinks that they are, bodies that fill or empty one, and
 * the choice between several. Start with {@link dev.corona.channels.Channel} and {@link dev.corona.channels.Select}.
 */
@NullMarked
package dev.corona.channels;

import org.jspecify.annotations.NullMarked;
