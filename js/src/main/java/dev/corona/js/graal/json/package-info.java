/**
 * {@code JSON.parse} and {@code JSON.stringify} for what programs mostly have: plain objects, arrays and values. Everything
 * else is left to the engine's own. Start with {@link dev.corona.js.graal.json.JsonBuiltins}.
 */
@org.jspecify.annotations.NullMarked
package dev.corona.js.graal.json;
