/**
 * What the runtime's own scripts (in the resources of this module) call: one class for each of their concerns, its exported
 * methods in the terms of JavaScript. Errors leave as JavaScript errors. Start with {@link dev.corona.js.host.Guest}.
 */
@NullMarked
package dev.corona.js.host;

import org.jspecify.annotations.NullMarked;
