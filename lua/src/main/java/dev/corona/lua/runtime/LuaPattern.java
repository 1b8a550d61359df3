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
 *   entry     place            item        when everything behind it has failed
 *   LONGEST   first, current   behind it   takes one byte less
 *   SHORTEST  current          itself      takes one byte more
 *   OPTIONAL  current          behind it   goes on without the byte
 *   OPENED                                 forgets the capture
 *   CLOSED    its index                    opens the capture again
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

    /** The numbers of an entry: its kind, then two places of the subject and an item. */
    private static final int WIDTH = 4;

    private final byte[] subject;
    private final int end;
    private final PatternProgram program;
    private final byte[] items;
    private final boolean[][] sets;
    private final int[] starts;
    private final int[] lengths;
    private int captures;

    private int[] entries = new int[8 * WIDTH];

    /** How many numbers of {@link #entries} are in use. */
    private int size;

    /** Where the machine is in the subject and in the program. */
    private int s;

    private int at;

    /** Whether no match begins with the byte at this place. */
    private boolean hopeless;

    private int result;
    private long steps;

    public LuaPattern(LuaString subject, PatternProgram program) {
        this.subject = subject.bytes();
        this.end = subject.length();
        this.program = program;
        this.items = program.items;
        this.sets = program.sets;
        this.starts = new int[program.captures];
        this.lengths = new int[program.captures];
    }

    /** Whether no byte of the pattern has a special meaning. */
    public static boolean isPlain(LuaString pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("^$*+?.([%-".indexOf(pattern.at(i)) >= 0) return false;
        }
        return true;
    }

    /** Begins to match at a place of the subject. */
    public void begin(int from) {
        captures = 0;
        size = 0;
        s = from;
        at = 0;
        boolean[] first = program.first;
        hopeless = first != null && (from >= end || !first[subject[from] & 0xff]);
    }

    /** Goes on for {@link #STEPS}, those of earlier matches included; whether the match is over. */
    public boolean run() {
        while (steps < STEPS) {
            if (hopeless) {
                steps++;
                result = FAIL;
                return true;
            }
            if (items[at] == PatternProgram.ACCEPT) {
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
    int match(int from) {
        begin(from);
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

    /** Matches the next item; whether it does. */
    private boolean advance() {
        int i = at;
        switch (items[i]) {
            case PatternProgram.ONE -> {
                if (s >= end || !sets[i][subject[s] & 0xff]) return false;
                s++;
            }
            case PatternProgram.STAR -> {
                return longest(i, 0);
            }
            case PatternProgram.PLUS -> {
                return longest(i, 1);
            }
            case PatternProgram.MINUS -> push(SHORTEST, s, 0, i);
            case PatternProgram.OPTIONAL -> {
                if (s < end && sets[i][subject[s] & 0xff]) push(OPTIONAL, s++, 0, i + 1);
            }
            case PatternProgram.OPEN -> open(OPEN);
            case PatternProgram.POSITION -> open(POSITION);
            case PatternProgram.CLOSE -> close();
            case PatternProgram.AT_END -> {
                if (s != end) return false;
            }
            default -> {
                s = rare(i);
                if (s < 0) return false;
            }
        }
        at = i + 1;
        return true;
    }

    private int rare(int i) {
        return switch (items[i]) {
            case PatternProgram.BALANCE -> balance(program.operands[i]);
            case PatternProgram.FRONTIER -> frontier(sets[i]);
            case PatternProgram.BACK -> backReference(program.operands[i]);
            default -> throw LuaErrors.located(program.messages[i]);
        };
    }

    private boolean longest(int i, int least) {
        boolean[] set = sets[i];
        int to = s;
        while (to < end && set[subject[to] & 0xff]) to++;
        steps += to - s;
        int first = s + least;
        if (to < first) return false;
        if (items[i + 1] != PatternProgram.ACCEPT) push(LONGEST, first, to, i + 1);
        s = to;
        at = i + 1;
        return true;
    }

    private void open(int length) {
        if (captures >= MAX_CAPTURES) throw LuaErrors.located("too many captures");
        push(OPENED, 0, 0, 0);
        starts[captures] = s;
        lengths[captures] = length;
        captures++;
    }

    private void close() {
        int c = captures - 1;
        while (c >= 0 && lengths[c] != OPEN) c--;
        if (c < 0) throw LuaErrors.located("invalid pattern capture");
        push(CLOSED, c, 0, 0);
        lengths[c] = s - starts[c];
    }

    private void push(int kind, int first, int current, int item) {
        if (size == (MAX_ENTRIES - 1) * WIDTH) throw LuaErrors.located("pattern too complex");
        if (size == entries.length) entries = Arrays.copyOf(entries, 2 * size);
        entries[size] = kind;
        entries[size + 1] = first;
        entries[size + 2] = current;
        entries[size + 3] = item;
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
                        at = entries[top + 3];
                        return true;
                    }
                }
                case SHORTEST -> {
                    if (extend(top)) return true;
                }
                case OPTIONAL -> {
                    s = entries[top + 1];
                    at = entries[top + 3];
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
        int place = entries[entry + 1];
        int item = entries[entry + 3];
        if (place >= end || !sets[item][subject[place] & 0xff]) return false;
        entries[entry + 1] = place + 1;
        s = place + 1;
        at = item + 1;
        return true;
    }

    private int balance(int operand) {
        byte opening = (byte) (operand >> 8);
        byte closing = (byte) operand;
        if (s >= end || subject[s] != opening) return FAIL;
        int nesting = 1;
        for (int i = s + 1; i < end; i++) {
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

    private int frontier(boolean[] set) {
        int previous = s == 0 ? 0 : subject[s - 1] & 0xff;
        int current = s == end ? 0 : subject[s] & 0xff;
        return !set[previous] && set[current] ? s : FAIL;
    }

    private int backReference(int digit) {
        int i = digit - '1';
        if (i < 0 || i >= captures || lengths[i] == OPEN) {
            throw LuaErrors.located("invalid capture index %" + (i + 1));
        }
        int length = lengths[i];
        if (length < 0) return FAIL;
        if (end - s < length) return FAIL;
        for (int k = 0; k < length; k++) {
            steps++;
            if (subject[starts[i] + k] != subject[s + k]) return FAIL;
        }
        return s + length;
    }
}
