package dev.corona.js;

import java.nio.file.Path;

/** What a {@link JsRuntime} runs in its main coroutine. */
public sealed interface JsProgram {
    /** A script or module in a file; the ending and the nearest package.json say which. */
    record File(Path path) implements JsProgram {}

    /**
     * Source text.
     *
     * @param name what errors call it, such as {@code [eval]}
     */
    record Code(String name, String text) implements JsProgram {}
}
