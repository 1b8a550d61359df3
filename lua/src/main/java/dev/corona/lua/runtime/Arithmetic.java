package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Arithmetic on numbers, as Lua defines it. */
public final class Arithmetic {
    private static final double TWO_TO_63 = 0x1p63;

    private Arithmetic() {}

    /** {@code a + b} of integers; null of anything else. */
    public static @Nullable Object addIntegers(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y ? (Object) (x + y) : null;
    }

    public static @Nullable Object subtractIntegers(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y ? (Object) (x - y) : null;
    }

    public static @Nullable Object multiplyIntegers(@Nullable Object a, @Nullable Object b) {
        return a instanceof Long x && b instanceof Long y ? (Object) (x * y) : null;
    }

    /** The remainder whose sign is that of the divisor. */
    public static long mod(long a, long b, LuaState state) {
        if (b == 0) throw state.error("attempt to perform 'n%0'");
        return Math.floorMod(a, b);
    }

    public static long idiv(long a, long b, LuaState state) {
        if (b == 0) throw state.error("attempt to divide by zero");
        return Math.floorDiv(a, b);
    }

    public static double mod(double a, double b) {
        double r = a % b;
        return r != 0 && (r < 0) != (b < 0) ? r + b : r;
    }

    public static double idiv(double a, double b) {
        return Math.floor(a / b);
    }

    public static double pow(double a, double b) {
        return b == 2
                ? a * a
                : Math.abs(a) == 1 && Double.isInfinite(b) || a == 1 ? 1 : Math.pow(a, b);
    }

    /** A shift to the left; by a negative number to the right, filling with zeros. */
    public static long shiftLeft(long a, long by) {
        if (by <= -64 || by >= 64) return 0;
        return by >= 0 ? a << by : a >>> -by;
    }

    public static long shiftRight(long a, long by) {
        if (by <= -64 || by >= 64) return 0;
        return by >= 0 ? a >>> by : a << -by;
    }

    /** The integer that a number is; null if it is none. */
    public static @Nullable Long toInteger(@Nullable Object value) {
        if (value instanceof Long l) return l;
        if (!(value instanceof Double d)) return null;
        double f = d;
        if (f >= -TWO_TO_63 && f < TWO_TO_63 && (long) f == f) return (long) f;
        return null;
    }

    /** {@code a < b} exactly, whatever a double can hold of {@code a}. */
    static boolean less(long a, double b) {
        if (b >= TWO_TO_63) return true;
        if (!(b > -TWO_TO_63)) return false;
        double up = Math.ceil(b);
        return up >= TWO_TO_63 || a < (long) up;
    }

    static boolean lessOrEqual(long a, double b) {
        if (b >= TWO_TO_63) return true;
        if (!(b >= -TWO_TO_63)) return false;
        return a <= (long) Math.floor(b);
    }

    static boolean less(double a, long b) {
        if (a >= TWO_TO_63) return false;
        if (a < -TWO_TO_63) return true;
        return !Double.isNaN(a) && (long) Math.floor(a) < b;
    }

    static boolean lessOrEqual(double a, long b) {
        if (a > -TWO_TO_63) {
            double up = Math.ceil(a);
            return up < TWO_TO_63 && (long) up <= b;
        }
        return !Double.isNaN(a);
    }

    /** {@code a < b} for numbers. */
    public static boolean less(Object a, Object b) {
        if (a instanceof Long x) {
            return b instanceof Long y ? x < y : less(x.longValue(), ((Double) b).doubleValue());
        }
        double x = (Double) a;
        return b instanceof Double y ? x < y : less(x, ((Long) b).longValue());
    }

    /** {@code a <= b} for numbers. */
    public static boolean lessOrEqual(Object a, Object b) {
        if (a instanceof Long x) {
            return b instanceof Long y
                    ? x <= y
                    : lessOrEqual(x.longValue(), ((Double) b).doubleValue());
        }
        double x = (Double) a;
        return b instanceof Double y ? x <= y : lessOrEqual(x, ((Long) b).longValue());
    }
}
