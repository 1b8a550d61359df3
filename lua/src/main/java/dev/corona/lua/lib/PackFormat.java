package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaString;

/** Reads the options of a format of {@code string.pack}, one after the other. */
final class PackFormat {
    /** What an option stands for. */
    enum Kind {
        SIGNED,
        UNSIGNED,
        FLOAT,
        DOUBLE,
        CHARS,
        STRING,
        ZERO_TERMINATED,
        PADDING,
        ALIGNMENT,
        NOTHING
    }

    private static final int MAX_INTEGER = 16;
    private static final int NATIVE_ALIGNMENT = 8;

    private final String format;
    private int at;
    private int maxAlignment = 1;
    private boolean little = true;

    // The option read last.
    private Kind kind = Kind.NOTHING;
    private int size;
    private int alignment;

    PackFormat(LuaString format) {
        this.format = format.toLatin1();
    }

    boolean hasMore() {
        return at < format.length();
    }

    Kind kind() {
        return kind;
    }

    int size() {
        return size;
    }

    boolean isLittle() {
        return little;
    }

    /** How many bytes of padding the option needs in front of it at an offset. */
    int padding(long offset) {
        return (int) ((alignment - (offset & (alignment - 1))) & (alignment - 1));
    }

    /** Reads the next option. */
    void next() {
        read();
        int align = size;
        if (kind == Kind.ALIGNMENT) {
            if (!hasMore()) throw invalidNext();
            read();
            align = size;
            boolean aligned = kind != Kind.CHARS && align != 0;
            kind = Kind.ALIGNMENT;
            size = 0;
            if (!aligned) throw invalidNext();
        }
        boolean numeric =
                kind == Kind.SIGNED
                        || kind == Kind.UNSIGNED
                        || kind == Kind.FLOAT
                        || kind == Kind.DOUBLE
                        || kind == Kind.STRING
                        || kind == Kind.ALIGNMENT;
        alignment = 1;
        if (align <= 1 || !numeric) return;
        align = Math.min(align, maxAlignment);
        if ((align & (align - 1)) != 0) {
            throw LuaErrors.argument(1, "format asks for alignment not power of 2");
        }
        alignment = align;
    }

    private static RuntimeException invalidNext() {
        return LuaErrors.argument(1, "invalid next option for option 'X'");
    }

    private void read() {
        char c = format.charAt(at++);
        size = 0;
        switch (c) {
            case 'b' -> set(Kind.SIGNED, 1);
            case 'B' -> set(Kind.UNSIGNED, 1);
            case 'h' -> set(Kind.SIGNED, 2);
            case 'H' -> set(Kind.UNSIGNED, 2);
            case 'i' -> set(Kind.SIGNED, integerSize(4));
            case 'I' -> set(Kind.UNSIGNED, integerSize(4));
            case 'l', 'j' -> set(Kind.SIGNED, 8);
            case 'L', 'J', 'T' -> set(Kind.UNSIGNED, 8);
            case 'f' -> set(Kind.FLOAT, 4);
            case 'd', 'n' -> set(Kind.DOUBLE, 8);
            case 's' -> set(Kind.STRING, integerSize(8));
            case 'c' -> {
                int n = number(-1);
                if (n < 0) throw LuaErrors.located("missing size for format option 'c'");
                set(Kind.CHARS, n);
            }
            case 'z' -> set(Kind.ZERO_TERMINATED, 0);
            case 'x' -> set(Kind.PADDING, 1);
            case 'X' -> set(Kind.ALIGNMENT, 0);
            default -> setting(c);
        }
    }

    private void setting(char c) {
        kind = Kind.NOTHING;
        switch (c) {
            case ' ' -> {}
            case '<', '=' -> little = true;
            case '>' -> little = false;
            case '!' -> maxAlignment = integerSize(NATIVE_ALIGNMENT);
            default -> throw LuaErrors.located("invalid format option '" + c + "'");
        }
    }

    private void set(Kind newKind, int newSize) {
        kind = newKind;
        size = newSize;
    }

    private int integerSize(int ifNone) {
        int n = number(ifNone);
        if (n < 1 || n > MAX_INTEGER) {
            throw LuaErrors.located(
                    "integral size (" + n + ") out of limits [1," + MAX_INTEGER + "]");
        }
        return n;
    }

    /** As many digits as an int has room for. */
    private int number(int ifNone) {
        if (!hasMore() || !isDigit(format.charAt(at))) return ifNone;
        int n = 0;
        while (hasMore() && isDigit(format.charAt(at)) && n <= (Integer.MAX_VALUE - 9) / 10) {
            n = n * 10 + format.charAt(at++) - '0';
        }
        return n;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
