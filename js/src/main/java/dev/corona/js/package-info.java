/** The JavaScript runtime. {@link dev.corona.js.JsRuntime} runs a program. */
@NullMarked
package dev.corona.js;

import org.jspecify.annotations.NullMarked;
