/** What is known of the registers of a function: types, liveness. */
@NullMarked
package dev.corona.lua.analysis;

import org.jspecify.annotations.NullMarked;
