package dev.corona.js.host;

import org.graalvm.polyglot.Engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The versions of Corona and of its engine. */
public final class Version {
    /** As in the build; a library user reads it from {@code process.versions.corona}. */
    public static final String CORONA = "0.1.0";

    private Version() {}

    /** That of GraalJS. The engine itself knows it only on the module path; its jar knows it always. */
    public static String graalJs() {
        try (var in =
                Engine.class.getResourceAsStream(
                        "/META-INF/graalvm/org.graalvm.polyglot/version")) {
            if (in == null) return "unknown";
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
