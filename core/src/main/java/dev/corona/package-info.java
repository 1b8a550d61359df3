/**
 * Coroutines for Java: coexpressions (asymmetric, values in and out), generators (values
 * out), coroutines (symmetric). Start with {@code Generator}.
 */
@NullMarked
package dev.corona;

import org.jspecify.annotations.NullMarked;
