package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern as {@link LuaPattern} runs it: a list of items, and a set of bytes for each class in it. What is malformed is an item
 * too, so that it is an error only when a match gets there. Immutable.
 */
public final class PatternProgram {
    // items; what follows the sign is what the item has
    /** set: one byte of it */
    static final byte ONE = 0;

    /** set: as many bytes of it as there are, but come back with fewer */
    static final byte STAR = 1;

    /** set: the same, at least one */
    static final byte PLUS = 2;

    /** set: as few bytes of it as possible */
    static final byte MINUS = 3;

    /** set: a byte of it, or else nothing */
    static final byte OPTIONAL = 4;

    static final byte OPEN = 5;
    static final byte POSITION = 6;
    static final byte CLOSE = 7;

    /** Only the end of the subject. */
    static final byte AT_END = 8;

    /** two bytes: what opens and what closes */
    static final byte BALANCE = 9;

    /** set: between a byte that is not in it and one that is */
    static final byte FRONTIER = 10;

    /** a digit: what the capture of this number has */
    static final byte BACK = 11;

    /** a message: an error */
    static final byte MALFORMED = 12;

    /** The match is complete. */
    static final byte ACCEPT = 13;

    private static final boolean[] NO_SET = new boolean[0];

    private final LuaString source;
    private final boolean anchored;
    final byte[] items;
    final boolean[][] sets;
    final int[] operands;
    final String[] messages;

    /** How many captures it can have. */
    final int captures;

    /** The bytes that a match can begin with; null if it may begin with any, or be empty. */
    final boolean @Nullable [] first;

    private PatternProgram(Compiler c, LuaString source, boolean anchored) {
        this.source = source;
        this.anchored = anchored;
        int n = c.items.size();
        items = new byte[n];
        sets = new boolean[n][];
        operands = new int[n];
        messages = new String[n];
        int opened = 0;
        for (int i = 0; i < n; i++) {
            Item item = c.items.get(i);
            items[i] = item.kind;
            sets[i] = item.set;
            operands[i] = item.operand;
            messages[i] = item.message;
            if (item.kind == OPEN || item.kind == POSITION) opened++;
        }
        captures = Math.min(opened, LuaPattern.MAX_CAPTURES);
        first = beginning();
    }

    private boolean @Nullable [] beginning() {
        int i = 0;
        while (items[i] == OPEN) i++;
        // more of them are an error that a skipped byte would hide
        if (i > LuaPattern.MAX_CAPTURES) return null;
        return items[i] == ONE || items[i] == PLUS ? sets[i] : null;
    }

    /**
     * The program of a pattern.
     *
     * @param anchored whether its first byte is an anchor, which is not matched
     */
    public static PatternProgram of(LuaString pattern, boolean anchored) {
        Compiler c = new Compiler(pattern);
        c.compile(anchored ? 1 : 0);
        return new PatternProgram(c, pattern, anchored);
    }

    /** Whether it is what {@link #of} makes of these. */
    public boolean isOf(LuaString pattern, boolean isAnchored) {
        return anchored == isAnchored && source.equals(pattern);
    }

    private record Item(byte kind, boolean[] set, int operand, String message) {}

    /** Reads a pattern. */
    private static final class Compiler {
        private final byte[] pattern;
        private final int end;
        private final List<Item> items = new ArrayList<>();

        Compiler(LuaString pattern) {
            this.pattern = pattern.bytes();
            end = pattern.length();
        }

        private int at(int p) {
            return pattern[p] & 0xff;
        }

        void compile(int from) {
            int p = from;
            while (p < end) {
                int next = item(p);
                if (next < 0) return;
                p = next;
            }
            add(ACCEPT, 0);
        }

        private void add(byte kind, int operand) {
            items.add(new Item(kind, NO_SET, operand, ""));
        }

        private int malformed(String message) {
            items.add(new Item(MALFORMED, NO_SET, 0, message));
            return -1;
        }

        /** Reads an item; the place behind it, -1 if nothing behind it matters. */
        private int item(int p) {
            int c = at(p);
            if (c == '(') {
                boolean position = p + 1 < end && at(p + 1) == ')';
                add(position ? POSITION : OPEN, 0);
                return position ? p + 2 : p + 1;
            }
            if (c == ')') {
                add(CLOSE, 0);
                return p + 1;
            }
            if (c == '$' && p + 1 == end) {
                add(AT_END, 0);
                return p + 1;
            }
            if (c == '%' && p + 1 < end) {
                int next = at(p + 1);
                if (next == 'b') return balance(p + 2);
                if (next == 'f') return frontier(p + 2);
                if (next >= '0' && next <= '9') {
                    add(BACK, next);
                    return p + 2;
                }
            }
            return bytes(p);
        }

        private int balance(int p) {
            if (p + 1 >= end) return malformed("malformed pattern (missing arguments to '%b')");
            add(BALANCE, at(p) << 8 | at(p + 1));
            return p + 2;
        }

        private int frontier(int p) {
            if (p >= end || at(p) != '[') return malformed("missing '[' after '%f' in pattern");
            int after = classEnd(p);
            if (after < 0) return -1;
            items.add(new Item(FRONTIER, set(p, after), 0, ""));
            return after;
        }

        private int bytes(int p) {
            int after = classEnd(p);
            if (after < 0) return -1;
            byte kind =
                    switch (after < end ? at(after) : 0) {
                        case '*' -> STAR;
                        case '+' -> PLUS;
                        case '-' -> MINUS;
                        case '?' -> OPTIONAL;
                        default -> ONE;
                    };
            items.add(new Item(kind, set(p, after), 0, ""));
            return kind == ONE ? after : after + 1;
        }

        /** The place behind a class; -1 if it is malformed, which has become an item then. */
        private int classEnd(int from) {
            int p = from;
            int c = at(p++);
            if (c == '%') {
                return p < end ? p + 1 : malformed("malformed pattern (ends with '%')");
            }
            if (c != '[') return p;
            if (p < end && at(p) == '^') p++;
            do {
                if (p >= end) return malformed("malformed pattern (missing ']')");
                if (at(p++) == '%') p++;
            } while (p >= end || at(p) != ']');
            return p + 1;
        }

        private boolean[] set(int p, int after) {
            return switch (at(p)) {
                case '.' -> any();
                case '%' -> classOf(at(p + 1));
                case '[' -> bracketed(p, after - 1);
                default -> single(at(p));
            };
        }

        private static boolean[] any() {
            boolean[] set = new boolean[256];
            Arrays.fill(set, true);
            return set;
        }

        private static boolean[] single(int c) {
            boolean[] set = new boolean[256];
            set[c] = true;
            return set;
        }

        /** The set from '[' at {@code from} to ']' at {@code last}. */
        private boolean[] bracketed(int from, int last) {
            boolean[] set = new boolean[256];
            int p = from + 1;
            boolean positive = at(p) != '^';
            if (!positive) p++;
            for (; p < last; p++) {
                int low = at(p);
                if (low == '%') {
                    p++;
                    boolean[] other = classOf(at(p));
                    for (int c = 0; c < 256; c++) set[c] |= other[c];
                } else if (at(p + 1) == '-' && p + 2 < last) {
                    p += 2;
                    for (int c = low; c <= at(p); c++) set[c] = true;
                } else {
                    set[low] = true;
                }
            }
            if (!positive) for (int c = 0; c < 256; c++) set[c] = !set[c];
            return set;
        }
    }

    // ---- classes

    private static boolean[] classOf(int letter) {
        boolean[] set = new boolean[256];
        for (int c = 0; c < 256; c++) set[c] = isInClass(c, letter);
        return set;
    }

    private static boolean isInClass(int c, int letter) {
        boolean in;
        switch (letter | 0x20) {
            case 'a' -> in = isLetter(c);
            case 'd' -> in = isDigit(c);
            case 'l' -> in = c >= 'a' && c <= 'z';
            case 'u' -> in = c >= 'A' && c <= 'Z';
            case 's' -> in = LuaNumbers.isSpace(c);
            case 'w' -> in = isLetter(c) || isDigit(c);
            case 'x' -> in = LuaNumbers.hexDigit(c) >= 0;
            case 'p' -> in = c > 32 && c < 127 && !isLetter(c) && !isDigit(c);
            case 'c' -> in = c < 32 || c == 127;
            case 'z' -> in = c == 0;
            case 'g' -> in = c > 32 && c < 127;
            default -> {
                return letter == c;
            }
        }
        boolean upper = letter >= 'A' && letter <= 'Z';
        return (letter >= 'a' && letter <= 'z') || upper ? in != upper : letter == c;
    }

    private static boolean isLetter(int c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' && c < 128;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
