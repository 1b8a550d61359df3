package dev.corona.bench.kernel;

import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

/** The kernel's engines by name. */
final class Kernels {
    private Kernels() {}

    static Engine engine(String name) {
        return Engines.all().stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "this JVM has no engine %s; start it with %s"
                                                .formatted(name, Engines.HOTSPOT_FLAGS)));
    }
}
