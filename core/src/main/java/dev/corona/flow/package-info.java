/**
 * {@code java.util.concurrent.Flow} and tasks: publishers as sources to iterate, subscribers as sinks to send to, iterables and
 * channels as publishers, all with back-pressure. Start with {@link dev.corona.flow.Feed}.
 */
@NullMarked
package dev.corona.flow;

import org.jspecify.annotations.NullMarked;
