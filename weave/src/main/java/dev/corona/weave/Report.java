package dev.corona.weave;

/**
 * Something the weaver has to say about a method or a class.
 *
 * @param kind what it is about
 * @param className with dots
 * @param method its name; empty if it is about the class
 * @param line where in the source file; -1 if unknown
 * @param reason what is the matter, and the remedy where there is one
 */
public record Report(Kind kind, String className, String method, int line, String reason) {
    /** What a report is about. */
    public enum Kind {
        /** A method that can suspend has no resumable form. */
        NOT_RESUMABLE,
        /** A class with methods that can suspend stays as it is. */
        NOT_WOVEN,
        /** A call hands code that can suspend to a method that is not woven. */
        ESCAPE
    }

    @Override
    public String toString() {
        String thing = method.isEmpty() ? className : className + "." + method;
        String what =
                switch (kind) {
                    case NOT_RESUMABLE -> " is not resumable";
                    case NOT_WOVEN -> " is not woven";
                    case ESCAPE -> "";
                };
        String place = line < 0 ? "" : " (line %d)".formatted(line);
        return "%s%s: %s%s".formatted(thing, what, reason, place);
    }
}
