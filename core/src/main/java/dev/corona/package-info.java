/**
 * Coroutines for Java: code that stops in the middle, hands over control, and goes on later.
 *
 * <ul>
 *   <li>{@link dev.corona.Generator}: values out, for loops and streams. Start here.
 *   <li>{@link dev.corona.Coexpression}: values in and out, between a caller and a body.
 *   <li>{@link dev.corona.Coroutine}: symmetric, a ring of peers that take turns by a {@link dev.corona.Schedule}.
 * </ul>
 *
 * All of them are policies over one continuation of {@code dev.corona.kernel}; for waiting without blocking a thread, see
 * {@code dev.corona.async}.
 */
@NullMarked
package dev.corona;

import org.jspecify.annotations.NullMarked;
