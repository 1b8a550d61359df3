package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One match of a pattern against a subject, tried at one place after the other.
 *
 * <p>Single characters without choice are matched in a loop; the matcher recurses where it may have to come back, that is for
 * repetitions and captures, up to a limit as the reference has it. The steps made are counted so that a budget can be charged for them.
 */
public final class LuaPattern {
    /** How many captures a pattern may have. */
    public static final int MAX_CAPTURES = 32;

    private static final int MAX_DEPTH = 200;
    private static final int OPEN = -1;
    private static final int POSITION = -2;
    private static final int FAIL = -1;

    private final byte[] subject;
    private final int end;
    private final byte[] pattern;
    private final int patternEnd;
    private final int[] starts = new int[MAX_CAPTURES];
    private final int[] lengths = new int[MAX_CAPTURES];
    private final @Nullable Meter meter;
    private int captures;
    private int depth;
    private int steps;

    /** Is told now and then how many steps were made since it was told last; may throw to end the match. */
    @FunctionalInterface
    public interface Meter {
        void charge(int steps);
    }

    public LuaPattern(LuaString subject, LuaString pattern, @Nullable Meter meter) {
        this.subject = subject.bytes();
        this.end = subject.length();
        this.pattern = pattern.bytes();
        this.patternEnd = pattern.length();
        this.meter = meter;
    }

    /** Whether no byte of the pattern has a special meaning. */
    public static boolean isPlain(LuaString pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("^$*+?.([%-".indexOf(pattern.at(i)) >= 0) return false;
        }
        return true;
    }

    /**
     * Matches at a place of the subject.
     *
     * @param patternFrom 1 for a pattern whose anchor is to be skipped, else 0
     * @return the end of the match; -1 if there is none
     */
    public int match(int from, int patternFrom) {
        captures = 0;
        depth = 0;
        int result = match0(from, patternFrom);
        if (steps > 0 && meter != null) charge();
        return result;
    }

    private void charge() {
        int made = steps;
        steps = 0;
        if (meter != null) meter.charge(made);
    }

    private void step() {
        if (++steps >= 4096) charge();
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

    private int match0(int subjectFrom, int patternFrom) {
        if (++depth > MAX_DEPTH) throw LuaErrors.located("pattern too complex");
        int s = subjectFrom;
        int p = patternFrom;
        try {
            while (p < patternEnd) {
                step();
                int c = pattern[p];
                if (c == '(') return open(s, p);
                if (c == ')') return close(s, p);
                if (c == '$' && p + 1 == patternEnd) return s == end ? s : FAIL;
                if (c == '%' && p + 1 < patternEnd) {
                    int next = pattern[p + 1];
                    if (next == 'b') {
                        s = balance(s, p + 2);
                        if (s < 0) return FAIL;
                        p += 4;
                        continue;
                    }
                    if (next == 'f') {
                        p = frontier(s, p + 2);
                        if (p < 0) return FAIL;
                        continue;
                    }
                    if (next >= '0' && next <= '9') {
                        s = backReference(s, next);
                        if (s < 0) return FAIL;
                        p += 2;
                        continue;
                    }
                }
                int after = classEnd(p);
                int suffix = after < patternEnd ? pattern[after] : 0;
                if (suffix == '*') return longest(s, p, after, 0);
                if (suffix == '+') return longest(s, p, after, 1);
                if (suffix == '-') return shortest(s, p, after);
                boolean single = s < end && isMatch(subject[s] & 0xff, p, after);
                if (suffix == '?') {
                    if (single) {
                        int result = match0(s + 1, after + 1);
                        if (result >= 0) return result;
                    }
                    p = after + 1;
                } else if (single) {
                    s++;
                    p = after;
                } else {
                    return FAIL;
                }
            }
            return s;
        } finally {
            depth--;
        }
    }

    private int longest(int s, int p, int after, int least) {
        int count = 0;
        while (s + count < end && isMatch(subject[s + count] & 0xff, p, after)) {
            count++;
            step();
        }
        if (after + 1 == patternEnd) return count >= least ? s + count : FAIL;
        for (; count >= least; count--) {
            int result = match0(s + count, after + 1);
            if (result >= 0) return result;
        }
        return FAIL;
    }

    private int shortest(int from, int p, int after) {
        int s = from;
        while (true) {
            int result = match0(s, after + 1);
            if (result >= 0) return result;
            if (s >= end || !isMatch(subject[s] & 0xff, p, after)) return FAIL;
            s++;
        }
    }

    private int open(int s, int p) {
        if (captures >= MAX_CAPTURES) throw LuaErrors.located("too many captures");
        boolean position = p + 1 < patternEnd && pattern[p + 1] == ')';
        starts[captures] = s;
        lengths[captures] = position ? POSITION : OPEN;
        captures++;
        int result = match0(s, position ? p + 2 : p + 1);
        if (result < 0) captures--;
        return result;
    }

    private int close(int s, int p) {
        int i = captures - 1;
        while (i >= 0 && lengths[i] != OPEN) i--;
        if (i < 0) throw LuaErrors.located("invalid pattern capture");
        lengths[i] = s - starts[i];
        int result = match0(s, p + 1);
        if (result < 0) lengths[i] = OPEN;
        return result;
    }

    private int balance(int from, int p) {
        if (p + 1 >= patternEnd) {
            throw LuaErrors.located("malformed pattern (missing arguments to '%b')");
        }
        if (from >= end || subject[from] != pattern[p]) return FAIL;
        int opening = pattern[p];
        int closing = pattern[p + 1];
        int nesting = 1;
        for (int s = from + 1; s < end; s++) {
            step();
            int c = subject[s];
            if (c == closing) {
                if (--nesting == 0) return s + 1;
            } else if (c == opening) {
                nesting++;
            }
        }
        return FAIL;
    }

    private int frontier(int s, int p) {
        if (p >= patternEnd || pattern[p] != '[') {
            throw LuaErrors.located("missing '[' after '%f' in pattern");
        }
        int after = classEnd(p);
        int previous = s == 0 ? 0 : subject[s - 1] & 0xff;
        int current = s == end ? 0 : subject[s] & 0xff;
        boolean here = !isInSet(previous, p, after - 1) && isInSet(current, p, after - 1);
        return here ? after : FAIL;
    }

    private int backReference(int s, int digit) {
        int i = digit - '1';
        if (i < 0 || i >= captures || lengths[i] == OPEN) {
            throw LuaErrors.located("invalid capture index %" + (i + 1));
        }
        int length = lengths[i];
        if (length < 0) return FAIL;
        if (end - s < length) return FAIL;
        for (int k = 0; k < length; k++) {
            step();
            if (subject[starts[i] + k] != subject[s + k]) return FAIL;
        }
        return s + length;
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
