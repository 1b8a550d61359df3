package dev.corona.lua.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal digits of a finite double, rounded to nearest, ties to even, as C's printf does.
 *
 * <p>The shortest digits that identify a double ({@link Double#toString}) are on the same side of every tie of up to 15 digits as its
 * exact value, or on the tie itself: a tie between the two would be nearer and no longer. So up to 15 digits are rounded from
 * those, and only ties and longer requests take exact arithmetic.
 */
final class Decimals {
    private static final int FAST_DIGITS = 15;

    /** Smaller ones have fewer bits, so that the shortest digits may be far from the exact value. */
    private static final double LEAST_FAST = Double.MIN_NORMAL;

    /** The digits d, for d[0].d[1]d[2]... times 10 to the power of {@link #exponent}; "0" for zero. */
    final String digits;

    final int exponent;

    private Decimals(String digits, int exponent) {
        this.digits = digits;
        this.exponent = exponent;
    }

    /** The first {@code count} significant digits of a finite number that is not negative; count is at least 1. */
    static Decimals significant(double d, int count) {
        if (d == 0) return new Decimals("0".repeat(count), 0);
        Decimals shortest = shortest(d);
        if (count <= FAST_DIGITS && d >= LEAST_FAST) {
            Decimals fast = shortest.round(count);
            if (fast != null) return fast;
        }
        BigDecimal exact = new BigDecimal(d).round(new MathContext(count, RoundingMode.HALF_EVEN));
        return of(exact, count);
    }

    /** The digits up to {@code places} behind the decimal point, of which there may be none. */
    static Decimals fixed(double d, int places) {
        if (d == 0) return new Decimals("0".repeat(places + 1), 0);
        Decimals shortest = shortest(d);
        int count = shortest.exponent + 1 + places;
        if (count >= 1 && count <= FAST_DIGITS && d >= LEAST_FAST) {
            Decimals fast = shortest.round(count);
            if (fast != null)
                return fast.exponent == shortest.exponent
                        ? fast
                        : new Decimals(fast.digits + "0", fast.exponent);
        }
        BigDecimal exact = new BigDecimal(d).setScale(places, RoundingMode.HALF_EVEN);
        if (exact.signum() == 0) return new Decimals("0".repeat(places + 1), 0);
        return of(exact, exact.precision());
    }

    private static Decimals of(BigDecimal value, int count) {
        String unscaled = value.unscaledValue().toString();
        int exponent = unscaled.length() - 1 - value.scale();
        int missing = count - unscaled.length();
        return new Decimals(missing > 0 ? unscaled + "0".repeat(missing) : unscaled, exponent);
    }

    static Decimals shortest(double d) {
        String text = Double.toString(d);
        int e = text.indexOf('E');
        int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
        String mantissa = e < 0 ? text : text.substring(0, e);
        int point = mantissa.indexOf('.');
        String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int first = 0;
        while (first < all.length() - 1 && all.charAt(first) == '0') first++;
        int last = all.length();
        while (last > first + 1 && all.charAt(last - 1) == '0') last--;
        return new Decimals(all.substring(first, last), exponent + point - 1 - first);
    }

    /** Rounded to that many digits; null if the digits end in a tie. */
    private @org.jspecify.annotations.Nullable Decimals round(int count) {
        int n = digits.length();
        if (n <= count) return new Decimals(digits + "0".repeat(count - n), exponent);
        char next = digits.charAt(count);
        if (next == '5' && n == count + 1) return null;
        String kept = digits.substring(0, count);
        return next < '5' ? new Decimals(kept, exponent) : new Decimals(kept, exponent).up();
    }

    private Decimals up() {
        char[] d = digits.toCharArray();
        int i = d.length - 1;
        while (i >= 0 && d[i] == '9') d[i--] = '0';
        if (i >= 0) {
            d[i]++;
            return new Decimals(new String(d), exponent);
        }
        return new Decimals("1" + "0".repeat(d.length - 1), exponent + 1);
    }
}
