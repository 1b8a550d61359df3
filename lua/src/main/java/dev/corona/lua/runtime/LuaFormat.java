package dev.corona.lua.runtime;

/**
 * Numbers as C's printf writes them.
 *
 * @param width the least number of chars
 * @param precision -1 if none is given
 */
public record LuaFormat(
        boolean left,
        boolean plus,
        boolean space,
        boolean alternate,
        boolean zero,
        int width,
        int precision) {

    // ---- integers

    /** As {@code %d}. */
    public String decimal(long value) {
        String digits = value < 0 ? Long.toString(value).substring(1) : Long.toString(value);
        return integer(sign(value < 0), digits, value == 0);
    }

    /** As {@code %u}. */
    public String unsigned(long value) {
        return integer("", Long.toUnsignedString(value), value == 0);
    }

    /** As {@code %x} and {@code %X}. */
    public String hexadecimal(long value, boolean upper) {
        String digits = Long.toHexString(value);
        String text = integer(alternate && value != 0 ? "0x" : "", digits, value == 0);
        return upper ? upper(text) : text;
    }

    /** As {@code %o}. */
    public String octal(long value) {
        String digits = Long.toOctalString(value);
        boolean more = alternate && value != 0 && precision <= digits.length();
        return integer("", more ? "0" + digits : digits, value == 0 && !alternate);
    }

    private String integer(String prefix, String digits, boolean isZero) {
        String shown = precision == 0 && isZero ? "" : digits;
        if (shown.length() < precision) shown = "0".repeat(precision - shown.length()) + shown;
        return pad(prefix, shown, zero && precision < 0);
    }

    private static String upper(String text) {
        return text.toUpperCase(java.util.Locale.ROOT);
    }

    // ---- floats

    /**
     * As the conversion of that letter.
     *
     * @param letter one of a, e, f, g, or one of them in upper case
     */
    public String floating(double value, char letter) {
        char lower = Character.toLowerCase(letter);
        String text;
        if (Double.isNaN(value)) text = nan(value);
        else {
            String sign = sign(value < 0 || (value == 0 && 1 / value < 0));
            double magnitude = Math.abs(value);
            if (Double.isInfinite(magnitude)) text = pad(sign, "inf", false);
            else if (lower == 'a') text = pad(sign + "0x", hex(magnitude), zero);
            else text = pad(sign, body(magnitude, lower), zero);
        }
        return lower == letter ? text : upper(text);
    }

    private String nan(double value) {
        String text = LuaNumbers.nan(value);
        boolean negative = text.startsWith("-");
        return pad(sign(negative), "nan", false);
    }

    private String body(double magnitude, char letter) {
        int p = precision < 0 ? 6 : precision;
        return switch (letter) {
            case 'e' -> exponential(magnitude, p, alternate);
            case 'f' -> fixed(magnitude, p, alternate);
            default -> general(magnitude, p, alternate);
        };
    }

    /** As {@code %.{precision}g}, of a finite number. */
    static String general(double value, int precision, boolean alternate) {
        if (value < 0 || (value == 0 && 1 / value < 0)) {
            return "-" + general(-value, precision, alternate);
        }
        int p = Math.max(precision, 1);
        Decimals d = Decimals.significant(value, p);
        if (d.exponent < -4 || d.exponent >= p) return exponential(d, alternate, !alternate);
        String text = point(d, p - 1 - d.exponent, alternate);
        return alternate ? text : withoutZeros(text);
    }

    private static String exponential(double magnitude, int precision, boolean alternate) {
        return exponential(Decimals.significant(magnitude, precision + 1), alternate, false);
    }

    private static String exponential(Decimals d, boolean alternate, boolean trim) {
        String fraction = d.digits.substring(1);
        String mantissa =
                d.digits.charAt(0) + (fraction.isEmpty() && !alternate ? "" : ".") + fraction;
        if (trim) mantissa = withoutZeros(mantissa);
        int e = Math.abs(d.exponent);
        return mantissa + (d.exponent < 0 ? "e-" : "e+") + (e < 10 ? "0" : "") + e;
    }

    private static String fixed(double magnitude, int places, boolean alternate) {
        return point(Decimals.fixed(magnitude, places), places, alternate);
    }

    /** The digits with a decimal point, of which {@code places} digits are behind it. */
    private static String point(Decimals d, int places, boolean alternate) {
        String digits = d.digits;
        int before = digits.length() - places;
        if (before < 1) {
            digits = "0".repeat(1 - before) + digits;
            before = 1;
        }
        if (places == 0) return alternate ? digits + "." : digits;
        return digits.substring(0, before) + "." + digits.substring(before);
    }

    private static String withoutZeros(String text) {
        if (text.indexOf('.') < 0) return text;
        int end = text.length();
        while (text.charAt(end - 1) == '0') end--;
        if (text.charAt(end - 1) == '.') end--;
        return text.substring(0, end);
    }

    /** Mantissa and exponent as {@code %a} writes them, behind "0x". */
    private String hex(double magnitude) {
        long bits = Double.doubleToRawLongBits(magnitude);
        long mantissa = bits & 0xfffffffffffffL;
        int exponent = (int) (bits >>> 52);
        long lead = exponent == 0 ? 0 : 1;
        int power = magnitude == 0 ? 0 : exponent == 0 ? -1022 : exponent - 1023;
        if (precision >= 0 && precision < 13) {
            int dropped = 4 * (13 - precision);
            long all = roundToEven(lead << 52 | mantissa, dropped);
            lead = all >>> 52;
            mantissa = all & 0xfffffffffffffL;
        }
        String digits = hexDigits(mantissa);
        String pointed = digits.isEmpty() && !alternate ? "" : "." + digits;
        return lead + pointed + "p" + (power < 0 ? "-" : "+") + Math.abs(power);
    }

    private static long roundToEven(long value, int dropped) {
        long unit = 1L << dropped;
        long rest = value & (unit - 1);
        long kept = value - rest;
        boolean up = rest > unit / 2 || (rest == unit / 2 && (kept & unit) != 0);
        return up ? kept + unit : kept;
    }

    private String hexDigits(long mantissa) {
        String all = String.format("%013x", mantissa);
        if (precision >= 0) {
            return precision <= 13 ? all.substring(0, precision) : all + "0".repeat(precision - 13);
        }
        int end = 13;
        while (end > 0 && all.charAt(end - 1) == '0') end--;
        return all.substring(0, end);
    }

    // ---- padding

    private String sign(boolean negative) {
        if (negative) return "-";
        return plus ? "+" : space ? " " : "";
    }

    private String pad(String prefix, String body, boolean zeros) {
        int missing = width - prefix.length() - body.length();
        if (missing <= 0) return prefix + body;
        if (left) return prefix + body + " ".repeat(missing);
        return zeros ? prefix + "0".repeat(missing) + body : " ".repeat(missing) + prefix + body;
    }

    /** Spaces around text up to the width. */
    public String pad(String text) {
        return pad("", text, false);
    }
}
