/** The {@code corona} command. Start with {@link dev.corona.cli.Main}. */
@NullMarked
package dev.corona.cli;

import org.jspecify.annotations.NullMarked;
