/** Programs as bytes: what of a runtime goes along, and what the other runtime has in its place. */
@NullMarked
package dev.corona.lua.store;

import org.jspecify.annotations.NullMarked;
