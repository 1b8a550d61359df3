/** The suite {@code http}: servers under load. Start with {@link dev.corona.bench.http.HttpSuite}. */
@NullMarked
package dev.corona.bench.http;

import org.jspecify.annotations.NullMarked;
