/** Lua programs on Corona, on the reference implementation and on other Luas of the JVM. Start with {@code LuaSuite}. */
@org.jspecify.annotations.NullMarked
package dev.corona.bench.lua;
