package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** The library {@code utf8}. */
@Resumable
final class Utf8Library {
    private static final LuaString CHAR_PATTERN =
            LuaString.ofLatin1("[\0-\u007f\u00c2-\u00fd][\u0080-\u00bf]*");
    private static final int MAX_UNICODE = 0x10FFFF;
    private static final int MAX_RESULTS = 1_000_000;
    private static final long[] LEAST = {0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};

    private Utf8Library() {}

    static LuaTable install(LuaState state) {
        LuaTable t = new LuaTable(0, 6);
        LibraryFunction.register(t, chars(state), codes(), codepoint(state));
        LibraryFunction.register(t, length(state), offset(state));
        t.set(LuaString.of("charpattern"), CHAR_PATTERN);
        return t;
    }

    /** Appends the encoding of a code of up to 31 bits. */
    static void encode(LuaBuffer out, long code) {
        if (code < 0x80) {
            out.append((int) code);
            return;
        }
        int more = 1;
        while (more < 5 && code >= LEAST[more + 1]) more++;
        int lead = 0xff << (7 - more) & 0xff;
        out.append((int) (lead | code >> (6 * more)));
        for (int i = more - 1; i >= 0; i--) out.append((int) (0x80 | (code >> (6 * i) & 0x3f)));
    }

    private static boolean isContinuation(LuaString s, long at) {
        return at < s.length() && (s.at((int) at) & 0xc0) == 0x80;
    }

    /** The code at an index and, times 2^32, how many bytes it takes; -1 if it is malformed. */
    private static long decode(LuaString s, int at, boolean strict) {
        int first = s.at(at);
        if (first < 0x80) return 1L << 32 | first;
        int more = Integer.numberOfLeadingZeros(~(first << 24)) - 1;
        if (more < 1 || more > 5) return -1;
        long code = first & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            if (!isContinuation(s, (long) at + i)) return -1;
            code = code << 6 | (s.at(at + i) & 0x3f);
        }
        boolean surrogate = code >= 0xD800 && code <= 0xDFFF;
        if (code < LEAST[more] || (strict && (code > MAX_UNICODE || surrogate))) return -1;
        return (more + 1L) << 32 | code;
    }

    private static LibraryN chars(LuaState state) {
        return new LibraryN("utf8.char") {
            @Override
            Object run(@Nullable Object[] arguments) {
                LuaBuffer out = state.buffer();
                state.work(arguments.length >> 3);
                for (int i = 0; i < arguments.length; i++) {
                    long code = Args.integer(i + 1, arguments[i]);
                    if (code < 0 || code > Integer.MAX_VALUE) {
                        throw LuaErrors.argument(i + 1, "value out of range");
                    }
                    encode(out, code);
                }
                return out.toLuaString();
            }
        };
    }

    private static LibraryN codepoint(LuaState state) {
        return new LibraryN("utf8.codepoint") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaString s = Args.string(1, Args.at(arguments, 1));
                long first = position(Args.integer(2, Args.at(arguments, 2), 1), s.length());
                long last = position(Args.integer(3, Args.at(arguments, 3), first), s.length());
                boolean strict = !Tables.truth(Args.at(arguments, 4));
                if (first < 1) throw LuaErrors.argument(2, "out of bounds");
                if (last > s.length()) throw LuaErrors.argument(3, "out of bounds");
                if (first > last) return Values.NONE;
                if (last - first >= MAX_RESULTS) throw LuaErrors.located("string slice too long");
                state.work(last - first >> 3);
                return codepoints(s, (int) first - 1, (int) last, strict);
            }
        };
    }

    private static @Nullable Object codepoints(LuaString s, int from, int to, boolean strict) {
        java.util.List<Object> codes = new java.util.ArrayList<>();
        int at = from;
        while (at < to) {
            long code = decode(s, at, strict);
            if (code < 0) throw LuaErrors.located("invalid UTF-8 code");
            codes.add(code & 0xffffffffL);
            at += (int) (code >>> 32);
        }
        return Values.of(codes.toArray());
    }

    /** A position that counts from the end if it is negative, and is 0 if it is before the beginning then. */
    private static long position(long position, int length) {
        if (position >= 0) return position;
        return -position > length ? 0 : length + position + 1;
    }

    private static LibraryN length(LuaState state) {
        return new LibraryN("utf8.len") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaString s = Args.string(1, Args.at(arguments, 1));
                long at = position(Args.integer(2, Args.at(arguments, 2), 1), s.length());
                long last = position(Args.integer(3, Args.at(arguments, 3), -1), s.length());
                boolean strict = !Tables.truth(Args.at(arguments, 4));
                if (at < 1 || at > s.length() + 1L) {
                    throw LuaErrors.argument(2, "initial position out of bounds");
                }
                if (last > s.length()) throw LuaErrors.argument(3, "final position out of bounds");
                long count = 0;
                int i = (int) at - 1;
                if (last - i >= LuaString.LARGE) state.work(last - i >> 4);
                while (i < last) {
                    long code = decode(s, i, strict);
                    if (code < 0) return Values.of(null, i + 1L);
                    i += (int) (code >>> 32);
                    count++;
                }
                return count;
            }
        };
    }

    private static Library3 offset(LuaState state) {
        return new Library3("utf8.offset") {
            @Override
            @Nullable Object run(
                    @Nullable Object text, @Nullable Object count, @Nullable Object start) {
                LuaString s = Args.string(1, text);
                long n = Args.integer(2, count);
                long ifNil = n >= 0 ? 1 : s.length() + 1L;
                long i = position(Args.integer(3, start, ifNil), s.length()) - 1;
                if (i < 0 || i > s.length()) throw LuaErrors.argument(3, "position out of bounds");
                long far = n == 0 ? 0 : n > 0 ? Math.min(n, s.length() - i) : Math.min(-n, i);
                if (far >= LuaString.LARGE) state.work(far >> 4);
                return offset(s, n, i);
            }
        };
    }

    private static @Nullable Object offset(LuaString s, long count, long start) {
        long n = count;
        long i = start;
        if (n == 0) {
            while (i > 0 && isContinuation(s, i)) i--;
            return i + 1;
        }
        if (isContinuation(s, i)) {
            throw LuaErrors.located("initial position is a continuation byte");
        }
        if (n < 0) {
            while (n < 0 && i > 0) {
                do i--;
                while (i > 0 && isContinuation(s, i));
                n++;
            }
        } else {
            n--;
            while (n > 0 && i < s.length()) {
                do i++;
                while (isContinuation(s, i));
                n--;
            }
        }
        return n == 0 ? (Long) (i + 1) : null;
    }

    private static Library2 codes() {
        return new Library2("utf8.codes") {
            @Override
            @Nullable Object run(@Nullable Object text, @Nullable Object lax) {
                LuaString s = Args.string(1, text);
                if (isContinuation(s, 0)) throw LuaErrors.argument(1, "invalid UTF-8 code");
                return Values.of(iterator(!Tables.truth(lax)), s, 0L);
            }
        };
    }

    private static Library2 iterator(boolean strict) {
        return new Library2("for iterator") {
            @Override
            @Nullable Object run(@Nullable Object text, @Nullable Object position) {
                LuaString s = Args.string(1, text);
                long at = Args.integer(2, position);
                if (at > 0) {
                    while (isContinuation(s, at)) at++;
                }
                if (at < 0 || at >= s.length()) return Values.NONE;
                long code = decode(s, (int) at, strict);
                if (code < 0 || isContinuation(s, at + (code >>> 32))) {
                    throw LuaErrors.located("invalid UTF-8 code");
                }
                return Values.of(at + 1, code & 0xffffffffL);
            }
        };
    }
}
