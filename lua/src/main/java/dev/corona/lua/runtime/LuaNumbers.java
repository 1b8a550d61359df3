package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Between numbers and text, and between integers and floats, exactly as Lua 5.4 does it. */
public final class LuaNumbers {
    /**
     * A NaN that is written "nan"; every other is written "-nan", which is what arithmetic gives on the reference's most common
     * platform. The JVM does not tell how the sign of a NaN came about, but keeps its payload.
     */
    public static final double POSITIVE_NAN = Double.longBitsToDouble(0x7ff8000000000001L);

    private static final double TWO_63 = 0x1p63;
    private static final LuaString INF = LuaString.of("inf");
    private static final LuaString MINUS_INF = LuaString.of("-inf");

    private LuaNumbers() {}

    // ---- to text

    /** A Long or Double as {@code tostring} writes it. */
    public static LuaString format(Number number) {
        return number instanceof Long l
                ? toLuaString(l.longValue())
                : toLuaString(number.doubleValue());
    }

    public static LuaString toLuaString(long value) {
        if (value >= 0 && value < 10) return LuaString.ofByte('0' + (int) value);
        byte[] digits = new byte[20];
        int at = 20;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) digits[--at] = '-';
        return LuaString.copyOf(digits, at, 20);
    }

    public static LuaString toLuaString(double value) {
        long l = (long) value;
        boolean isShort = l > -100_000_000_000_000L && l < 100_000_000_000_000L;
        if (l == value && isShort && (l != 0 || 1 / value > 0)) {
            return toLuaString(l).concat(LuaString.ofLatin1(".0"));
        }
        if (Double.isInfinite(value)) return value > 0 ? INF : MINUS_INF;
        if (Double.isNaN(value)) return LuaString.ofLatin1(nan(value));
        String text = LuaFormat.general(value, 14, false);
        boolean integral = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            integral &= c == '-' || (c >= '0' && c <= '9');
        }
        return LuaString.ofLatin1(integral ? text + ".0" : text);
    }

    /** A float as C's {@code %.14g} writes it, which has no point in an integral one. */
    public static LuaString withoutPoint(double value) {
        LuaString text = toLuaString(value);
        int n = text.length();
        boolean pointed = n > 2 && text.at(n - 1) == '0' && text.at(n - 2) == '.';
        return pointed ? text.sub(0, n - 2) : text;
    }

    static String nan(double value) {
        return (Double.doubleToRawLongBits(value) & 1) == 1 ? "nan" : "-nan";
    }

    // ---- between integers and floats

    /** The integer that a float is exactly; null if it is none. */
    public static @Nullable Long toInteger(double value) {
        return isInteger(value) ? (Long) (long) value : null;
    }

    /** Whether a float is exactly an integer of 64 bits. */
    public static boolean isInteger(double value) {
        return value >= -TWO_63 && value < TWO_63 && (long) value == value;
    }

    /** The integer that a number, or a string that is a numeral, is exactly; null if it is none. */
    public static @Nullable Long toInteger(@Nullable Object value) {
        if (value instanceof Long l) return l;
        if (value instanceof Double d) return toInteger(d.doubleValue());
        if (value instanceof LuaString s) {
            Object number = parse(s);
            return number == null ? null : toInteger(number);
        }
        return null;
    }

    /** The number that a value is by itself or by coercion of a string, a Long or a Double; null if it is none. */
    public static @Nullable Object toNumber(@Nullable Object value) {
        if (value instanceof Long || value instanceof Double) return value;
        return value instanceof LuaString s ? parse(s) : null;
    }

    /** As {@link #toNumber}, as a float; null if it is none. */
    public static @Nullable Double toFloat(@Nullable Object value) {
        if (value instanceof Double d) return d;
        if (value instanceof Long l) return (double) l.longValue();
        return value instanceof LuaString s && parse(s) instanceof Number n
                ? (Double) n.doubleValue()
                : null;
    }

    // ---- from text

    /** The number that a numeral with optional sign and surrounding space stands for; null if it is malformed. */
    public static @Nullable Number parse(LuaString text) {
        byte[] b = text.bytes();
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(b[from])) from++;
        while (to > from && isSpace(b[to - 1])) to--;
        if (from == to) return null;
        boolean negative = b[from] == '-';
        if (negative || b[from] == '+') from++;
        if (to - from >= 2 && b[from] == '0' && (b[from + 1] | 0x20) == 'x') {
            return parseHex(b, from + 2, to, negative);
        }
        return parseDecimal(b, from, to, negative);
    }

    static boolean isSpace(int b) {
        return b == ' ' || (b >= 9 && b <= 13);
    }

    private static @Nullable Number parseDecimal(byte[] b, int from, int to, boolean negative) {
        if (from == to) return null;
        long value = 0;
        boolean overflow = false;
        int i = from;
        for (; i < to && isDigit(b[i]); i++) {
            int digit = b[i] - '0';
            long limit = Long.MAX_VALUE / 10;
            overflow |= value > limit || (value == limit && digit > 7 + (negative ? 1 : 0));
            value = value * 10 + digit;
        }
        if (i == to && !overflow) return negative ? -value : value;
        return isDecimal(b, from, to) ? (Number) parseFloat(b, from, to, negative) : null;
    }

    private static Double parseFloat(byte[] b, int from, int to, boolean negative) {
        double d = Double.parseDouble(latin1(b, from, to));
        return negative ? -d : d;
    }

    private static boolean isDecimal(byte[] b, int from, int to) {
        int i = digits(b, from, to);
        int count = i - from;
        if (i < to && b[i] == '.') {
            int end = digits(b, i + 1, to);
            count += end - i - 1;
            i = end;
        }
        return count > 0 && isExponent(b, i, to, 'e');
    }

    /** Whether the rest is empty or an exponent. */
    private static boolean isExponent(byte[] b, int from, int to, char letter) {
        int i = from;
        if (i == to) return true;
        if ((b[i++] | 0x20) != letter) return false;
        if (i < to && (b[i] == '+' || b[i] == '-')) i++;
        return i < to && digits(b, i, to) == to;
    }

    private static int digits(byte[] b, int from, int to) {
        int i = from;
        while (i < to && isDigit(b[i])) i++;
        return i;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private static @Nullable Number parseHex(byte[] b, int from, int to, boolean negative) {
        long value = 0;
        int i = from;
        for (; i < to && hexDigit(b[i]) >= 0; i++) value = value << 4 | hexDigit(b[i]);
        if (i == to) return i == from ? null : (Number) (negative ? -value : value);
        int count = i - from;
        if (b[i] == '.') {
            int start = ++i;
            while (i < to && hexDigit(b[i]) >= 0) i++;
            count += i - start;
        }
        if (count == 0 || !isExponent(b, i, to, 'p')) return null;
        String text = "0x" + latin1(b, from, to) + (i == to ? "p0" : "");
        double d = Double.parseDouble(text);
        return negative ? -d : d;
    }

    /** The value of a hexadecimal digit; -1 for another byte. */
    static int hexDigit(int b) {
        if (isDigit(b)) return b - '0';
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static String latin1(byte[] b, int from, int to) {
        return new String(b, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** The integer of a numeral in a base from 2 to 36, with optional sign and surrounding space; null if it is malformed. */
    public static @Nullable Long parse(LuaString text, int base) {
        byte[] b = text.bytes();
        int i = 0;
        int to = text.length();
        while (i < to && isSpace(b[i])) i++;
        while (to > i && isSpace(b[to - 1])) to--;
        boolean negative = i < to && b[i] == '-';
        if (negative || (i < to && b[i] == '+')) i++;
        if (i == to) return null;
        long value = 0;
        for (; i < to; i++) {
            int digit = b[i] < 0 ? -1 : Character.digit(b[i], base);
            if (digit < 0) return null;
            value = value * base + digit;
        }
        return negative ? -value : value;
    }
}
