/** The only code that knows GraalJS from the inside: promise jobs, asynchronous contexts, ES modules, stacks. */
@NullMarked
package dev.corona.js.graal;

import org.jspecify.annotations.NullMarked;
