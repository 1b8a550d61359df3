package dev.corona.lua.emit;

/** Names of chunks as messages show them. */
public final class ChunkNames {
    /** The longest name that is shown whole. */
    private static final int MAX = 59;

    private ChunkNames() {}

    /** {@code =name} is shown as name, {@code @file} as the file's name, any other name as the text that it is the beginning of. */
    public static String shown(String name) {
        int end = name.indexOf('\0');
        String source = end < 0 ? name : name.substring(0, end);
        if (source.startsWith("=")) {
            return source.length() <= MAX + 1 ? source.substring(1) : source.substring(1, MAX + 1);
        }
        if (source.startsWith("@")) {
            if (source.length() <= MAX + 1) return source.substring(1);
            return "..." + source.substring(source.length() - (MAX - 3));
        }
        int lineEnd = source.indexOf('\n');
        String first = lineEnd < 0 ? source : source.substring(0, lineEnd);
        int room = MAX - "[string \"...\"]".length();
        boolean cut = lineEnd >= 0 || first.length() > room;
        if (first.length() > room) first = first.substring(0, room);
        return "[string \"" + first + (cut ? "..." : "") + "\"]";
    }
}
