package dev.corona.snapshot;

import java.util.Set;

/** The classes of the JDK that every restoration may load: values that do nothing when they are made. */
final class JdkClasses {
    private static final Set<String> PACKAGES =
            Set.of(
                    "java.lang",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.math",
                    "java.time",
                    "java.time.chrono",
                    "java.time.zone",
                    "java.nio.charset");

    private static final Set<String> OTHERS =
            Set.of(
                    "java.lang.invoke.SerializedLambda",
                    "java.net.URI",
                    "java.io.IOException",
                    "java.io.UncheckedIOException",
                    "java.io.EOFException",
                    "java.io.FileNotFoundException",
                    "java.io.Serializable");

    private JdkClasses() {}

    static boolean isValue(String name) {
        int end = name.lastIndexOf('.');
        if (end < 0)
            return Set.of(
                            "int", "long", "boolean", "double", "float", "char", "byte", "short",
                            "void")
                    .contains(name);
        String where = name.substring(0, end);
        return PACKAGES.contains(where)
                || OTHERS.contains(name)
                || where.equals("dev.corona.errors");
    }
}
