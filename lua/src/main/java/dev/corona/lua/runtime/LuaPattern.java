package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One match of a pattern against a subject, tried at one place after the other.
 *
 * <p>Items without choice are matched in a loop; the matcher recurses where it may have to come back, that is for
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
    private final byte[] items;
    private final PatternProgram program;
    private final int[] starts;
    private final int[] lengths;
    private final @Nullable LuaState state;
    private int captures;
    private int depth;
    private int steps;

    /**
     * @param state whose budget is charged; null for none
     */
    public LuaPattern(LuaString subject, PatternProgram program, @Nullable LuaState state) {
        this.subject = subject.bytes();
        this.end = subject.length();
        this.program = program;
        this.items = program.items;
        this.state = state;
        starts = new int[program.captures];
        lengths = new int[program.captures];
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
     * @return the end of the match; -1 if there is none
     */
    public int match(int from) {
        boolean[] first = program.first;
        if (first != null && (from >= end || !first[subject[from] & 0xff])) {
            step();
            return FAIL;
        }
        captures = 0;
        depth = 0;
        return match(from, 0);
    }

    /** Charges the steps that were not charged yet; at the end. */
    public void charge() {
        int made = steps;
        steps = 0;
        if (made > 0 && state != null) state.spend(made >> 2);
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

    private int match(int subjectFrom, int itemFrom) {
        if (++depth > MAX_DEPTH) throw LuaErrors.located("pattern too complex");
        int result = run(subjectFrom, itemFrom);
        depth--;
        return result;
    }

    private int run(int subjectFrom, int itemFrom) {
        int s = subjectFrom;
        for (int i = itemFrom; ; i++) {
            step();
            switch (items[i]) {
                case PatternProgram.ONE -> {
                    if (s >= end || !program.sets[i][subject[s] & 0xff]) return FAIL;
                    s++;
                }
                case PatternProgram.STAR -> {
                    return longest(s, i, 0);
                }
                case PatternProgram.PLUS -> {
                    return longest(s, i, 1);
                }
                case PatternProgram.MINUS -> {
                    return shortest(s, i);
                }
                case PatternProgram.OPTIONAL -> {
                    if (s < end && program.sets[i][subject[s] & 0xff]) {
                        int result = match(s + 1, i + 1);
                        if (result >= 0) return result;
                    }
                }
                case PatternProgram.OPEN -> {
                    return open(s, i, OPEN);
                }
                case PatternProgram.POSITION -> {
                    return open(s, i, POSITION);
                }
                case PatternProgram.CLOSE -> {
                    return close(s, i);
                }
                case PatternProgram.AT_END -> {
                    return s == end ? s : FAIL;
                }
                case PatternProgram.ACCEPT -> {
                    return s;
                }
                default -> {
                    s = rare(s, i);
                    if (s < 0) return FAIL;
                }
            }
        }
    }

    private int rare(int s, int i) {
        return switch (items[i]) {
            case PatternProgram.BALANCE -> balance(s, program.operands[i]);
            case PatternProgram.FRONTIER -> frontier(s, program.sets[i]);
            case PatternProgram.BACK -> backReference(s, program.operands[i]);
            default -> throw LuaErrors.located(program.messages[i]);
        };
    }

    private int longest(int s, int i, int least) {
        boolean[] set = program.sets[i];
        int last = s;
        while (last < end && set[subject[last] & 0xff]) last++;
        steps += last - s;
        if (steps >= 4096) charge();
        if (items[i + 1] == PatternProgram.ACCEPT) return last - s >= least ? last : FAIL;
        for (; last - s >= least; last--) {
            int result = match(last, i + 1);
            if (result >= 0) return result;
        }
        return FAIL;
    }

    private int shortest(int from, int i) {
        boolean[] set = program.sets[i];
        int s = from;
        while (true) {
            int result = match(s, i + 1);
            if (result >= 0) return result;
            if (s >= end || !set[subject[s] & 0xff]) return FAIL;
            s++;
        }
    }

    private int open(int s, int i, int length) {
        if (captures >= MAX_CAPTURES) throw LuaErrors.located("too many captures");
        starts[captures] = s;
        lengths[captures] = length;
        captures++;
        int result = match(s, i + 1);
        if (result < 0) captures--;
        return result;
    }

    private int close(int s, int i) {
        int c = captures - 1;
        while (c >= 0 && lengths[c] != OPEN) c--;
        if (c < 0) throw LuaErrors.located("invalid pattern capture");
        lengths[c] = s - starts[c];
        int result = match(s, i + 1);
        if (result < 0) lengths[c] = OPEN;
        return result;
    }

    private int balance(int from, int operand) {
        byte opening = (byte) (operand >> 8);
        byte closing = (byte) operand;
        if (from >= end || subject[from] != opening) return FAIL;
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

    private int frontier(int s, boolean[] set) {
        int previous = s == 0 ? 0 : subject[s - 1] & 0xff;
        int current = s == end ? 0 : subject[s] & 0xff;
        return !set[previous] && set[current] ? s : FAIL;
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
}
