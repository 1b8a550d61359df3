/** Lua 5.4 embedded in Java. Start with {@code LuaRuntime}. */
@NullMarked
package dev.corona.lua;

import org.jspecify.annotations.NullMarked;
