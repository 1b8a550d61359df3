package dev.corona.cli;

import dev.corona.js.JsRuntime;
import dev.corona.kernel.Engines;

/** What {@code --version} prints: the versions, and what this process would run with. */
final class Versions {
    private Versions() {}

    static String describe() {
        return """
                corona %s
                coroutine engine: %s
                JavaScript: GraalJS %s, %s
                Java: %s (%s)
                start-up cache: %s
                """
                .formatted(
                        JsRuntime.version(),
                        Engines.fallback().name(),
                        JsRuntime.engineVersion(),
                        JsRuntime.isCompiled()
                                ? "JIT compiler on"
                                : "interpreted only (no JIT compiler)",
                        Runtime.version(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("corona.cache", "off"));
    }
}
