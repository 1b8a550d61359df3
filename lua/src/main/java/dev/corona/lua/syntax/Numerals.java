package dev.corona.lua.syntax;

import org.jspecify.annotations.Nullable;

/** The values of numerals in a chunk. */
final class Numerals {
    private Numerals() {}

    /** The value of a numeral, a {@code Long} or a {@code Double}; null if it is malformed. */
    static @Nullable Number parse(String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        return hex ? parseHex(text.substring(2)) : parseDecimal(text);
    }

    private static @Nullable Number parseDecimal(String text) {
        boolean digits = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            digits &= digit;
            if (!digit && c != '.' && c != 'e' && c != 'E' && c != '+' && c != '-') return null;
        }
        try {
            if (!digits) return Double.valueOf(text);
            return fitsLong(text) ? (Number) Long.valueOf(text) : Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean fitsLong(String digits) {
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') zeros++;
        String significant = digits.substring(zeros);
        String most = "9223372036854775807";
        return significant.length() < most.length()
                || (significant.length() == most.length() && significant.compareTo(most) <= 0);
    }

    /** Integers wrap around; anything with a point or an exponent is a float. */
    private static @Nullable Number parseHex(String text) {
        int exponentAt = Math.max(text.indexOf('p'), text.indexOf('P'));
        String mantissa = exponentAt < 0 ? text : text.substring(0, exponentAt);
        int point = mantissa.indexOf('.');
        String digits = point < 0 ? mantissa : mantissa.replaceFirst("\\.", "");
        if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0))
            return null;
        if (exponentAt < 0 && point < 0) return wrapped(digits);
        try {
            return Double.valueOf(
                    "0x" + mantissa + (exponentAt < 0 ? "p0" : text.substring(exponentAt)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Long wrapped(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value << 4 | Character.digit(digits.charAt(i), 16);
        }
        return value;
    }
}
