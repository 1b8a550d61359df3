package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaPattern;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaTypes;
import dev.corona.lua.runtime.PatternProgram;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** What {@code string} has for patterns: find, match, gmatch, gsub. */
@Resumable
final class PatternFunctions {
    /** How many places a plain text is looked for at before they are charged for. */
    private static final int PLACES = 1 << 14;

    private static final int CACHED = 32;

    private final LuaState state;

    /** The programs of patterns that were used lately, at their hash. */
    private final @Nullable PatternProgram[] programs = new PatternProgram[CACHED];

    private PatternFunctions(LuaState state) {
        this.state = state;
    }

    /** Matches at a place; where it takes many steps, the program pays for them by portions, and may be paused between them. */
    private int match(LuaPattern matcher, int from) {
        matcher.begin(from);
        while (!matcher.run()) state.work(LuaPattern.STEPS >> 2);
        return matcher.end();
    }

    static void install(LuaState state, LuaTable library) {
        PatternFunctions f = new PatternFunctions(state);
        state.name("patterns", f);
        LibraryFunction.register(
                library, f.search("string.find", true), f.search("string.match", false));
        LibraryFunction.register(library, f.gmatch(), f.gsub());
    }

    private LibraryN search(String name, boolean find) {
        return new LibraryN(name) {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaString subject = Args.string(1, Args.at(arguments, 1));
                LuaString pattern = Args.string(2, Args.at(arguments, 2));
                long init = Args.start(Args.integer(3, Args.at(arguments, 3), 1), subject.length());
                if (init > subject.length()) return null;
                boolean plain =
                        find
                                && (Tables.truth(Args.at(arguments, 4))
                                        || LuaPattern.isPlain(pattern));
                if (plain) return findPlain(subject, pattern, (int) init);
                return search(subject, pattern, (int) init, find);
            }
        };
    }

    private @Nullable Object findPlain(LuaString subject, LuaString wanted, int init) {
        int last = subject.length() - wanted.length();
        int places = Math.max(1, PLACES / (1 + (wanted.length() >> 4)));
        for (int from = init; from <= last; from += places) {
            int at = subject.indexOf(wanted, from, Math.min(last, from + places - 1));
            if (at >= 0) return Values.of(at + 1L, (long) at + wanted.length());
            state.work(Math.min(last - from + 1, PLACES) >> 4);
            if (from > last - places) break;
        }
        return null;
    }

    /** The program of a pattern; that of {@code gmatch} has no anchor. */
    private PatternProgram program(LuaString pattern, boolean anchored) {
        int at = pattern.hashCode() + (anchored ? 1 : 0) & CACHED - 1;
        PatternProgram known = programs[at];
        if (known != null && known.isOf(pattern, anchored)) return known;
        PatternProgram made = PatternProgram.of(pattern, anchored);
        programs[at] = made;
        return made;
    }

    private @Nullable Object search(LuaString subject, LuaString pattern, int init, boolean find) {
        boolean anchored = isAnchored(pattern);
        LuaPattern matcher = new LuaPattern(subject, program(pattern, anchored));
        int last = anchored ? init : subject.length();
        for (int from = init; from <= last; from++) {
            int to = match(matcher, from);
            if (to < 0) continue;
            state.work(matcher.takeSteps() >> 2);
            if (!find) return captures(matcher, from, to);
            @Nullable Object[] list = new Object[2 + matcher.captureCount()];
            list[0] = from + 1L;
            list[1] = (long) to;
            for (int i = 2; i < list.length; i++) list[i] = matcher.capture(i - 2, from, to);
            return Values.of(list);
        }
        state.work(matcher.takeSteps() >> 2);
        return null;
    }

    private static boolean isAnchored(LuaString pattern) {
        return pattern.length() > 0 && pattern.at(0) == '^';
    }

    /** All captures, or the whole match if there are none. */
    private static @Nullable Object captures(LuaPattern matcher, int from, int to) {
        int n = matcher.captureCount();
        if (n <= 1) return matcher.capture(0, from, to);
        @Nullable Object[] list = new Object[n];
        for (int i = 0; i < n; i++) list[i] = matcher.capture(i, from, to);
        return Values.of(list);
    }

    private Library3 gmatch() {
        return new Library3("string.gmatch") {
            @Override
            Object run(@Nullable Object s, @Nullable Object p, @Nullable Object i) {
                LuaString subject = Args.string(1, s);
                LuaString pattern = Args.string(2, p);
                long init = Args.start(Args.integer(3, i, 1), subject.length());
                return new Matches(subject, pattern, (int) Math.min(init, subject.length() + 1L));
            }
        };
    }

    /** The iterator of {@code gmatch}. */
    private final class Matches extends Library1 {
        private final LuaString subject;
        private final LuaPattern matcher;
        private int from;
        private int lastEnd = -1;

        Matches(LuaString subject, LuaString pattern, int from) {
            super("for iterator");
            this.subject = subject;
            this.matcher = new LuaPattern(subject, program(pattern, false));
            this.from = from;
        }

        @Override
        @Nullable Object run(@Nullable Object ignored) {
            for (; from <= subject.length(); from++) {
                int start = from;
                int to = match(matcher, start);
                if (to < 0 || to == lastEnd) continue;
                from = to;
                lastEnd = to;
                state.work(matcher.takeSteps() >> 2);
                return captures(matcher, start, to);
            }
            state.work(matcher.takeSteps() >> 2);
            return Values.of();
        }
    }

    // ---- gsub

    private LibraryN gsub() {
        return new LibraryN("string.gsub") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaString subject = Args.string(1, Args.at(arguments, 1));
                LuaString pattern = Args.string(2, Args.at(arguments, 2));
                Object by = Args.at(arguments, 3);
                Object replacement = by instanceof Number ? Conversions.text(by) : by;
                boolean valid =
                        replacement instanceof LuaString
                                || replacement instanceof LuaTable
                                || replacement instanceof LuaFunction;
                if (!valid) throw LuaErrors.type(3, "string/function/table", by);
                long max = Args.integer(4, Args.at(arguments, 4), subject.length() + 1L);
                return substitute(subject, pattern, replacement, max);
            }
        };
    }

    private @Nullable Object substitute(
            LuaString subject, LuaString pattern, @Nullable Object replacement, long max) {
        boolean anchored = isAnchored(pattern);
        LuaPattern matcher = new LuaPattern(subject, program(pattern, anchored));
        LuaBuffer out = state.buffer();
        int at = 0;
        int lastEnd = -1;
        int charged = 0;
        long count = 0;
        while (count < max) {
            int to = match(matcher, at);
            if (to >= 0 && to != lastEnd) {
                count++;
                replace(out, subject, matcher, at, to, replacement);
                at = to;
                lastEnd = to;
            } else if (at < subject.length()) {
                out.append(subject.at(at++));
            } else {
                break;
            }
            if (anchored) break;
            if (out.length() - charged >= PLACES) {
                state.work(out.length() - charged >> 4);
                charged = out.length();
            }
        }
        state.work(matcher.takeSteps() >> 2);
        if (count == 0) return Values.of(subject, 0L);
        if (at < subject.length()) out.append(subject.bytes(), at, subject.length());
        state.requireSize(out.length());
        return Values.of(out.toLuaString(), count);
    }

    private void replace(
            LuaBuffer out,
            LuaString subject,
            LuaPattern matcher,
            int from,
            int to,
            @Nullable Object replacement) {
        if (replacement instanceof LuaString text) {
            expand(out, matcher, from, to, text);
            return;
        }
        Object value;
        if (replacement instanceof LuaFunction f) {
            Object c = captures(matcher, from, to);
            value = Values.first(c instanceof Values ? f.call(Values.all(c).clone()) : f.call(c));
        } else {
            value = Access.get(state, replacement, matcher.capture(0, from, to));
        }
        if (!Tables.truth(value)) {
            out.append(subject.bytes(), from, to);
            return;
        }
        LuaString text = Conversions.text(value);
        if (text == null) {
            throw LuaErrors.located("invalid replacement value (a " + LuaTypes.nameOf(value) + ")");
        }
        out.append(text);
    }

    private static void expand(
            LuaBuffer out, LuaPattern matcher, int from, int to, LuaString text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            int next = ++i < text.length() ? text.at(i) : 0;
            if (next == '%') {
                out.append('%');
            } else if (next >= '0' && next <= '9') {
                LuaString s = Conversions.text(capture(matcher, next - '0', from, to));
                if (s != null) out.append(s);
            } else {
                throw LuaErrors.located("invalid use of '%' in replacement string");
            }
        }
    }

    private static Object capture(LuaPattern matcher, int number, int from, int to) {
        if (number == 0) return matcher.whole(from, to);
        if (number > Math.max(1, matcher.captureCount())) {
            throw LuaErrors.located("invalid capture index %" + number);
        }
        return matcher.capture(number - 1, from, to);
    }
}
