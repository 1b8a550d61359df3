/**
 * What Lua programs have of the event loop: the modules {@code corona} and {@code socket}. Start with {@link dev.corona.lua.io.LuaLoop};
 * {@link dev.corona.lua.io.function.Job} says how a function waits.
 */
@NullMarked
package dev.corona.lua.io;

import org.jspecify.annotations.NullMarked;
