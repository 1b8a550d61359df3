package dev.corona.js.graal;

/** Small operations on JavaScript source text. */
public final class Sources {
    private Sources() {}

    /** The text with a first line {@code #!...} made a comment; lines and columns stay. */
    public static String withoutHashbang(String text) {
        return text.startsWith("#!") ? "//" + text.substring(2) : text;
    }

    /** {@code text} as a JavaScript string literal. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '\'') quoted.append('\\').append(c);
            else if (c < ' ' || c == '\u2028' || c == '\u2029')
                quoted.append("\\u%04x".formatted((int) c));
            else quoted.append(c);
        }
        return quoted.append('\'').toString();
    }
}
