package dev.corona.bench;

import java.util.Locale;

/**
 * A number that a run must reach.
 *
 * @param name the suite and the thing, such as {@code http-hello-throughput}
 * @param unit what the number counts, as it reads after it
 */
public record Target(String name, double value, Bound bound, double limit, String unit) {
    /** The side on which a limit lies. */
    public enum Bound {
        AT_LEAST(">="),
        AT_MOST("<=");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    public static Target atLeast(String name, double value, double limit, String unit) {
        return new Target(name, value, Bound.AT_LEAST, limit, unit);
    }

    public static Target atMost(String name, double value, double limit, String unit) {
        return new Target(name, value, Bound.AT_MOST, limit, unit);
    }

    /** Whether the value, which is not rounded first, keeps to the limit; a missing one (NaN) does not. */
    public boolean isMet() {
        return bound == Bound.AT_LEAST ? value >= limit : value <= limit;
    }

    /** The line of the report. */
    String line(boolean judged) {
        String verdict = !judged ? "(quick: not judged)" : isMet() ? "ok" : "SHORT";
        return "target %s: %s vs %s %s %s %s"
                .formatted(name, number(value), bound.sign, number(limit), unit, verdict);
    }

    /** A number with as many decimals as make sense at its size. */
    public static String number(double value) {
        if (Double.isNaN(value)) return "-";
        double size = Math.abs(value);
        String format =
                value == Math.rint(value) || size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
