package dev.corona.lua.runtime;

import java.util.Arrays;

/**
 * A match of a pattern against a subject, tried at one place after the other.
 *
 * <p>It is a machine that runs by portions: {@link #run} returns after a number of steps, so that a program can be charged for them, and
 * paused, between two of them. Where it may have to come back it leaves an entry on a stack of its own; how deep that
 * may be is the reference's limit for its recursion.
 *
 * <pre>
 *   entry     place            pattern        when everything behind it has failed
 *   LONGEST   first, current   behind it      takes one byte less
 *   SHORTEST  current          the item       takes one byte more
 *   OPTIONAL  current          behind it      goes on without the byte
 *   OPENED                                    forgets the capture
 *   CLOSED    its index                       opens the capture again
 * </pre>
 */
public final class LuaPattern {
    /** How many captures a pattern may have. */
    public static final int MAX_CAPTURES = 32;

    /** How many steps {@link #run} makes before it returns. */
    public static final int STEPS = 4096;

    private static final int MAX_ENTRIES = 200;
    private static final int OPEN = -1;
    private static final int POSITION = -2;
    private static final int FAIL = -1;

    private static final int LONGEST = 0;
    private static final int SHORTEST = 1;
    private static final int OPTIONAL = 2;
    private static final int OPENED = 3;
    private static final int CLOSED = 4;

    /** The numbers of an entry: its kind, then two places of the subject and one of the pattern. */
    private static final int WIDTH = 4;

    private final byte[] subject;
    private final int end;
    private final byte[] pattern;
    private final int patternEnd;
    private final int[] starts = new int[MAX_CAPTURES];
    private final int[] lengths = new int[MAX_CAPTURES];
    private int captures;

    private int[] entries = new int[8 * WIDTH];

    /** How many numbers of {@link #entries} are in use. */
    private int size;

    /** Where the machine is in the subject and in the pattern. */
    private int s;

    private int p;
    private int result;
    private long steps;

    public LuaPattern(LuaString subject, LuaString pattern) {
        this.subject = subject.bytes();
        this.end = subject.length();
        this.pattern = pattern.bytes();
        this.patternEnd = pattern.length();
    }

    /** Whether no byte of the pattern has a special meaning. */
    public static boolean isPlain(LuaString pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("^$*+?.([%-".indexOf(pattern.at(i)) >= 0) return false;
        }
        return true;
    }

    /**
     * Begins to match at a place of the subject.
     *
     * @param patternFrom 1 for a pattern whose anchor is to be skipped, else 0
     */
    public void begin(int from, int patternFrom) {
        captures = 0;
        size = 0;
        s = from;
        p = patternFrom;
    }

    /** Goes on for {@link #STEPS}, those of earlier matches included; whether the match is over. */
    public boolean run() {
        while (steps < STEPS) {
            if (p >= patternEnd) {
                result = s;
                return true;
            }
            steps++;
            if (!advance() && !backtrack()) {
                result = FAIL;
                return true;
            }
        }
        steps -= STEPS;
        return false;
    }

    /** The end of the match that is over; -1 if there is none. */
    public int end() {
        return result;
    }

    /** How many steps were made since {@link #run} returned false, or since this was asked. */
    public long takeSteps() {
        long made = steps;
        steps = 0;
        return made;
    }

    /** All of a match, whatever it takes. */
    int match(int from, int patternFrom) {
        begin(from, patternFrom);
        while (!run()) {}
        return result;
    }

    // ---- captures

    public int captureCount() {
        return captures;
    }

    /** The value of a capture from 0, or the whole match if there are none: a string or a position. */
    public Object capture(int i, int matchFrom, int matchTo) {
        if (i >= captures) {
            if (i != 0) throw LuaErrors.located("invalid capture index %" + (i + 1));
            return LuaString.copyOf(subject, matchFrom, matchTo);
        }
        int length = lengths[i];
        if (length == OPEN) throw LuaErrors.located("unfinished capture");
        if (length == POSITION) return starts[i] + 1L;
        return LuaString.copyOf(subject, starts[i], starts[i] + length);
    }

    /** The whole match. */
    public LuaString whole(int from, int to) {
        return LuaString.copyOf(subject, from, to);
    }

    // ---- matching

    /** Matches the next item of the pattern; whether it does. */
    private boolean advance() {
        switch (pattern[p]) {
            case '(' -> {
                return open();
            }
            case ')' -> {
                return close();
            }
            case '$' -> {
                if (p + 1 == patternEnd) {
                    p++;
                    return s == end;
                }
            }
            case '%' -> {
                if (p + 1 < patternEnd) return escape(pattern[p + 1]);
            }
            default -> {}
        }
        return item();
    }

    private boolean escape(int letter) {
        if (letter == 'b') {
            s = balance(s, p + 2);
            p += 4;
            return s >= 0;
        }
        if (letter == 'f') {
            p = frontier(s, p + 2);
            return p >= 0;
        }
        if (letter < '0' || letter > '9') return item();
        s = backReference(s, letter);
        p += 2;
        return s >= 0;
    }

    /** A class, and how often it is to be matched. */
    private boolean item() {
        int after = classEnd(p);
        int suffix = after < patternEnd ? pattern[after] : 0;
        if (suffix == '*') return longest(after, 0);
        if (suffix == '+') return longest(after, 1);
        if (suffix == '-') {
            push(SHORTEST, s, 0, p);
            p = after + 1;
            return true;
        }
        boolean single = s < end && isMatch(subject[s] & 0xff, p, after);
        if (suffix == '?') {
            if (single) push(OPTIONAL, s++, 0, after + 1);
            p = after + 1;
            return true;
        }
        if (single) s++;
        p = after;
        return single;
    }

    private boolean longest(int after, int least) {
        int to = s;
        while (to < end && isMatch(subject[to] & 0xff, p, after)) to++;
        steps += to - s;
        int first = s + least;
        if (to < first) return false;
        if (after + 1 < patternEnd) push(LONGEST, first, to, after + 1);
        s = to;
        p = after + 1;
        return true;
    }

    private boolean open() {
        if (captures >= MAX_CAPTURES) throw LuaErrors.located("too many captures");
        boolean position = p + 1 < patternEnd && pattern[p + 1] == ')';
        push(OPENED, 0, 0, 0);
        starts[captures] = s;
        lengths[captures] = position ? POSITION : OPEN;
        captures++;
        p += position ? 2 : 1;
        return true;
    }

    private boolean close() {
        int i = captures - 1;
        while (i >= 0 && lengths[i] != OPEN) i--;
        if (i < 0) throw LuaErrors.located("invalid pattern capture");
        push(CLOSED, i, 0, 0);
        lengths[i] = s - starts[i];
        p++;
        return true;
    }

    private void push(int kind, int first, int current, int patternPlace) {
        if (size == (MAX_ENTRIES - 1) * WIDTH) throw LuaErrors.located("pattern too complex");
        if (size == entries.length) entries = Arrays.copyOf(entries, 2 * size);
        entries[size] = kind;
        entries[size + 1] = first;
        entries[size + 2] = current;
        entries[size + 3] = patternPlace;
        size += WIDTH;
    }

    /** Goes back to the last place where there is a choice left; whether there is one. */
    private boolean backtrack() {
        while (size > 0) {
            int top = size - WIDTH;
            steps++;
            switch (entries[top]) {
                case LONGEST -> {
                    if (entries[top + 2] > entries[top + 1]) {
                        s = --entries[top + 2];
                        p = entries[top + 3];
                        return true;
                    }
                }
                case SHORTEST -> {
                    if (extend(top)) return true;
                }
                case OPTIONAL -> {
                    s = entries[top + 1];
                    p = entries[top + 3];
                    size = top;
                    return true;
                }
                case OPENED -> captures--;
                default -> lengths[entries[top + 1]] = OPEN;
            }
            size = top;
        }
        return false;
    }

    /** One more byte for the item of an entry. */
    private boolean extend(int entry) {
        int at = entries[entry + 1];
        int item = entries[entry + 3];
        int after = classEnd(item);
        if (at >= end || !isMatch(subject[at] & 0xff, item, after)) return false;
        entries[entry + 1] = at + 1;
        s = at + 1;
        p = after + 1;
        return true;
    }

    private int balance(int from, int p) {
        if (p + 1 >= patternEnd) {
            throw LuaErrors.located("malformed pattern (missing arguments to '%b')");
        }
        if (from >= end || subject[from] != pattern[p]) return FAIL;
        int opening = pattern[p];
        int closing = pattern[p + 1];
        int nesting = 1;
        for (int i = from + 1; i < end; i++) {
            steps++;
            int c = subject[i];
            if (c == closing) {
                if (--nesting == 0) return i + 1;
            } else if (c == opening) {
                nesting++;
            }
        }
        return FAIL;
    }

    private int frontier(int at, int p) {
        if (p >= patternEnd || pattern[p] != '[') {
            throw LuaErrors.located("missing '[' after '%f' in pattern");
        }
        int after = classEnd(p);
        int previous = at == 0 ? 0 : subject[at - 1] & 0xff;
        int current = at == end ? 0 : subject[at] & 0xff;
        boolean here = !isInSet(previous, p, after - 1) && isInSet(current, p, after - 1);
        return here ? after : FAIL;
    }

    private int backReference(int from, int digit) {
        int i = digit - '1';
        if (i < 0 || i >= captures || lengths[i] == OPEN) {
            throw LuaErrors.located("invalid capture index %" + (i + 1));
        }
        int length = lengths[i];
        if (length < 0) return FAIL;
        if (end - from < length) return FAIL;
        for (int k = 0; k < length; k++) {
            steps++;
            if (subject[starts[i] + k] != subject[from + k]) return FAIL;
        }
        return from + length;
    }

    // ---- classes

    private int classEnd(int from) {
        int p = from;
        int c = pattern[p++];
        if (c == '%') {
            if (p >= patternEnd) throw LuaErrors.located("malformed pattern (ends with '%')");
            return p + 1;
        }
        if (c != '[') return p;
        if (p < patternEnd && pattern[p] == '^') p++;
        do {
            if (p >= patternEnd) throw LuaErrors.located("malformed pattern (missing ']')");
            if (pattern[p++] == '%') p++;
        } while (p >= patternEnd || pattern[p] != ']');
        return p + 1;
    }

    private boolean isMatch(int c, int p, int after) {
        return switch (pattern[p]) {
            case '.' -> true;
            case '%' -> isInClass(c, pattern[p + 1] & 0xff);
            case '[' -> isInSet(c, p, after - 1);
            default -> (pattern[p] & 0xff) == c;
        };
    }

    /** Whether a byte is in the set from '[' at {@code from} to ']' at {@code last}. */
    private boolean isInSet(int c, int from, int last) {
        int p = from + 1;
        boolean positive = pattern[p] != '^';
        if (!positive) p++;
        for (; p < last; p++) {
            int low = pattern[p] & 0xff;
            if (low == '%') {
                p++;
                if (isInClass(c, pattern[p] & 0xff)) return positive;
            } else if (pattern[p + 1] == '-' && p + 2 < last) {
                p += 2;
                if (low <= c && c <= (pattern[p] & 0xff)) return positive;
            } else if (low == c) {
                return positive;
            }
        }
        return !positive;
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
