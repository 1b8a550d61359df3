/** From the bytes of a chunk to its tree. Start with {@code Parser}. */
@NullMarked
package dev.corona.lua.syntax;

import org.jspecify.annotations.NullMarked;
