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
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** What {@code string} has for patterns: find, match, gmatch, gsub. */
@Resumable
final class PatternFunctions {
    private final LuaState state;
    private final LuaPattern.Meter meter;

    private PatternFunctions(LuaState state) {
        this.state = state;
        meter = steps -> state.spend(steps >> 2);
    }

    static void install(LuaState state, LuaTable library) {
        PatternFunctions f = new PatternFunctions(state);
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
        int at = subject.indexOf(wanted, init);
        state.spend(((at < 0 ? subject.length() : at) - init) >> 4);
        return at < 0 ? null : Values.of(at + 1L, (long) at + wanted.length());
    }

    private @Nullable Object search(LuaString subject, LuaString pattern, int init, boolean find) {
        LuaPattern matcher = new LuaPattern(subject, pattern, meter);
        int anchor = isAnchored(pattern) ? 1 : 0;
        int last = anchor == 1 ? init : subject.length();
        for (int from = init; from <= last; from++) {
            int to = matcher.match(from, anchor);
            if (to < 0) continue;
            if (!find) return captures(matcher, from, to);
            @Nullable Object[] list = new Object[2 + matcher.captureCount()];
            list[0] = from + 1L;
            list[1] = (long) to;
            for (int i = 2; i < list.length; i++) list[i] = matcher.capture(i - 2, from, to);
            return Values.of(list);
        }
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
            this.matcher = new LuaPattern(subject, pattern, meter);
            this.from = from;
        }

        @Override
        @Nullable Object run(@Nullable Object ignored) {
            for (; from <= subject.length(); from++) {
                int start = from;
                int to = matcher.match(start, 0);
                if (to < 0 || to == lastEnd) continue;
                from = to;
                lastEnd = to;
                return captures(matcher, start, to);
            }
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
        LuaPattern matcher = new LuaPattern(subject, pattern, meter);
        int anchor = isAnchored(pattern) ? 1 : 0;
        LuaBuffer out = new LuaBuffer();
        int at = 0;
        int lastEnd = -1;
        long count = 0;
        while (count < max) {
            int to = matcher.match(at, anchor);
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
            if (anchor == 1) break;
        }
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
