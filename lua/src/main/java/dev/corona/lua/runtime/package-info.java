/** Lua values, and the operations on them that compiled code and the library stand on. */
@NullMarked
package dev.corona.lua.runtime;

import org.jspecify.annotations.NullMarked;
