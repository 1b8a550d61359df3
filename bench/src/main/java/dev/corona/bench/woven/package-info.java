/** What a step costs when the body is woven, and what it costs otherwise. */
@org.jspecify.annotations.NullMarked
package dev.corona.bench.woven;
