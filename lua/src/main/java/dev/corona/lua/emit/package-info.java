/** Class files from the intermediate representation. Start with {@code Compiler}. */
@NullMarked
package dev.corona.lua.emit;

import org.jspecify.annotations.NullMarked;
