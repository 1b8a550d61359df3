package dev.corona.cli;

import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

import java.util.List;

/** Cuts what is to be completed out of a line: the names with dots and colons that end at the cursor. */
final class LuaWords implements Parser {
    /**
     * A line with one word.
     *
     * @param word what stands before the cursor
     */
    record Line(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        int from = cursor;
        while (from > 0 && isPart(line.charAt(from - 1))) from--;
        return new Line(line, cursor, line.substring(from, cursor));
    }

    private static boolean isPart(char c) {
        return c == '_' || c == '.' || c == ':' || c < 0x80 && Character.isLetterOrDigit(c);
    }
}
