package dev.corona.weave.analysis;

import java.util.List;
import java.util.function.Predicate;

/** Names with dots by pattern: a whole name, {@code com.acme.*} for what is directly in it, {@code com.acme.**} for all below. */
public final class Patterns {
    private Patterns() {}

    /** Whether one of the patterns matches. */
    public static Predicate<String> of(List<String> patterns) {
        return name -> patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.endsWith(".**"))
            return name.startsWith(pattern.substring(0, pattern.length() - 2));
        if (pattern.endsWith(".*")) {
            String prefix = pattern.substring(0, pattern.length() - 1);
            return name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0;
        }
        return name.equals(pattern) || name.startsWith(pattern + "$");
    }
}
