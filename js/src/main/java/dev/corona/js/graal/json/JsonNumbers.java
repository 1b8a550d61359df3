package dev.corona.js.graal.json;

/**
 * Numbers of JSON and their shortest decimal text. Exact: a decimal of at most 15 digits is the quotient or product of two doubles
 * that are exact (W. D. Clinger, "How to read floating point numbers accurately", 1990); others go through the JDK.
 */
final class JsonNumbers {
    private static final int MAX_EXACT_DIGITS = 15;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    /** Where decimals that {@link #appendShort} tries end, and their sizes. */
    private static final int MAX_DECIMALS = 5;

    private static final double MAX_SHORT = 1e9;
    private static final double MIN_SHORT = 1e-3;

    private int end;

    /** Where the number that was parsed last ended. */
    int end() {
        return end;
    }

    /** The number that begins at {@code start}, as an Integer if it is one. */
    Object parse(String text, int start) {
        int at = start;
        boolean negative = text.charAt(at) == '-';
        if (negative) at++;
        int integerStart = at;
        long mantissa = 0;
        for (; isDigit(text, at); at++) mantissa = mantissa * 10 + (text.charAt(at) - '0');
        int digits = at - integerStart;
        if (digits == 0 || digits > 1 && text.charAt(integerStart) == '0') throw NotPlain.INSTANCE;
        int fraction = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            int fractionStart = ++at;
            for (; isDigit(text, at); at++) mantissa = mantissa * 10 + (text.charAt(at) - '0');
            fraction = at - fractionStart;
            if (fraction == 0) throw NotPlain.INSTANCE;
        }
        boolean hasExponent = at < text.length() && (text.charAt(at) | 0x20) == 'e';
        if (hasExponent) at = exponentEnd(text, at);
        end = at;
        if (hasExponent || digits + fraction > MAX_EXACT_DIGITS)
            return value(Double.parseDouble(text.substring(start, at)));
        if (fraction == 0 && mantissa <= Integer.MAX_VALUE && (mantissa != 0 || !negative))
            return negative ? -(int) mantissa : (int) mantissa;
        double magnitude = mantissa / POWERS[fraction];
        return value(negative ? -magnitude : magnitude);
    }

    /** As the engine keeps numbers: one that an int can be is an Integer. */
    private static Object value(double number) {
        int whole = (int) number;
        boolean isInt = whole == number && (whole != 0 || 1 / number > 0);
        if (isInt) return whole;
        return number;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int exponentEnd(String text, int start) {
        int at = start + 1;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) at++;
        if (!isDigit(text, at)) throw NotPlain.INSTANCE;
        while (isDigit(text, at)) at++;
        return at;
    }

    /**
     * Appends a number if it has few decimals; false if it has more, or is very large or small. The first number of decimals that gives the
     * double back is the shortest, and its digits are the only ones of that length, as there are at most 15.
     */
    static boolean appendShort(StringBuilder out, double number) {
        double magnitude = Math.abs(number);
        if (!(magnitude >= MIN_SHORT && magnitude < MAX_SHORT)) return false;
        for (int decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
            long scaled = Math.round(magnitude * POWERS[decimals]);
            if (scaled / POWERS[decimals] != magnitude) continue;
            if (number < 0) out.append('-');
            append(out, scaled, decimals);
            return true;
        }
        return false;
    }

    private static void append(StringBuilder out, long scaled, int decimals) {
        long unit = (long) POWERS[decimals];
        out.append(scaled / unit);
        if (decimals == 0) return;
        out.append('.');
        long rest = scaled % unit;
        for (long digit = unit / 10; digit > 0; digit /= 10)
            out.append((char) ('0' + rest / digit % 10));
    }
}
