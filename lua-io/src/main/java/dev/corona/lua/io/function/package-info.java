/**
 * Functions that Lua code calls and that may wait: the one part of this module that is woven. Start with
 * {@link dev.corona.lua.io.function.Job}.
 */
@NullMarked
package dev.corona.lua.io.function;

import org.jspecify.annotations.NullMarked;
