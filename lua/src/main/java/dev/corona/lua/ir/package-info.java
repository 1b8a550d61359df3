/** The intermediate representation: a list of instructions on registers for each function, and its making from the tree. Start with {@code Lowering}. */
@NullMarked
package dev.corona.lua.ir;

import org.jspecify.annotations.NullMarked;
