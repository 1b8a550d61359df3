package dev.corona.weave;

/**
 * Something the weaver has to say about a method.
 *
 * @param className with dots
 * @param method its name
 * @param reason what is the matter, and the remedy where there is one
 */
public record Report(String className, String method, String reason) {
    @Override
    public String toString() {
        return "%s.%s is not resumable: %s".formatted(className, method, reason);
    }
}
