/** Variables of a function while it is parsed: which name means which variable, and which of them closures capture. */
@NullMarked
package dev.corona.lua.scope;

import org.jspecify.annotations.NullMarked;
