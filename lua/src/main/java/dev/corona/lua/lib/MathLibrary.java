package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.function.DoubleUnaryOperator;

/** The library {@code math}. */
final class MathLibrary {
    private static final LuaString INTEGER = LuaString.of("integer");
    private static final LuaString FLOAT = LuaString.of("float");

    private final Xoshiro random;

    private MathLibrary(Xoshiro random) {
        this.random = random;
    }

    static LuaTable install(LuaState state, long seed1, long seed2) {
        MathLibrary library = new MathLibrary(new Xoshiro(seed1, seed2));
        state.remember("math.random", library.random);
        LuaTable t = new LuaTable(0, 32);
        library.constants(t);
        LibraryFunction.register(
                t,
                real("math.sqrt", Math::sqrt),
                real("math.sin", Math::sin),
                real("math.cos", Math::cos),
                real("math.tan", Math::tan),
                real("math.asin", Math::asin),
                real("math.acos", MathLibrary::acos),
                real("math.exp", Math::exp),
                real("math.deg", x -> x * (180.0 / Math.PI)),
                real("math.rad", x -> x * (Math.PI / 180.0)));
        LibraryFunction.register(
                t,
                library.rounded("math.floor", Math::floor),
                library.rounded("math.ceil", Math::ceil),
                library.abs(),
                library.atan(),
                library.log(),
                library.fmod(),
                library.modf(),
                library.toInteger(),
                library.type(),
                library.ult());
        LibraryFunction.register(
                t,
                real("math.sinh", Math::sinh),
                real("math.cosh", Math::cosh),
                real("math.tanh", Math::tanh),
                real("math.log10", Math::log10),
                library.pow(),
                library.frexp(),
                library.ldexp(),
                library.atan2());
        LibraryFunction.register(
                t,
                library.extreme("math.max", true),
                library.extreme("math.min", false),
                library.random(),
                library.randomSeed());
        return t;
    }

    private void constants(LuaTable t) {
        t.set(LuaString.of("pi"), Math.PI);
        t.set(LuaString.of("huge"), Double.POSITIVE_INFINITY);
        t.set(LuaString.of("maxinteger"), Long.MAX_VALUE);
        t.set(LuaString.of("mininteger"), Long.MIN_VALUE);
    }

    /** Outside of its domain, C's function gives a NaN of the other sign. */
    private static double acos(double x) {
        return Math.abs(x) > 1 ? LuaNumbers.POSITIVE_NAN : Math.acos(x);
    }

    private static Library1 real(String name, DoubleUnaryOperator f) {
        return new Library1(name) {
            @Override
            Object run(@Nullable Object x) {
                return f.applyAsDouble(Args.real(1, x));
            }
        };
    }

    private Library1 rounded(String name, DoubleUnaryOperator f) {
        return new Library1(name) {
            @Override
            Object run(@Nullable Object x) {
                if (x instanceof Long) return x;
                Number n = Args.number(1, x);
                return n instanceof Long ? n : shortest(f.applyAsDouble(n.doubleValue()));
            }
        };
    }

    /** An integral float as an integer, if it is one of 64 bits. */
    private static Object shortest(double d) {
        return LuaNumbers.isInteger(d) ? (Object) (long) d : (Object) d;
    }

    private Library1 abs() {
        return new Library1("math.abs") {
            @Override
            Object run(@Nullable Object x) {
                return x instanceof Long l
                        ? (Object) Math.abs(l)
                        : (Object) Math.abs(Args.real(1, x));
            }
        };
    }

    private Library2 atan() {
        return new Library2("math.atan") {
            @Override
            Object run(@Nullable Object y, @Nullable Object x) {
                return Math.atan2(Args.real(1, y), x == null ? 1 : Args.real(2, x));
            }
        };
    }

    private Library2 log() {
        return new Library2("math.log") {
            @Override
            Object run(@Nullable Object x, @Nullable Object b) {
                double d = Args.real(1, x);
                if (b == null) return Math.log(d);
                double base = Args.real(2, b);
                if (base == 2) return log2(d);
                return base == 10 ? Math.log10(d) : Math.log(d) / Math.log(base);
            }
        };
    }

    /** Exact for powers of two. */
    private static double log2(double d) {
        int exponent = Math.getExponent(d);
        boolean power =
                d > 0
                        && exponent >= Double.MIN_EXPONENT
                        && exponent <= Double.MAX_EXPONENT
                        && d == Math.scalb(1.0, exponent);
        return power ? exponent : Math.log(d) / Math.log(2);
    }

    private Library2 fmod() {
        return new Library2("math.fmod") {
            @Override
            Object run(@Nullable Object a, @Nullable Object b) {
                Number x = Args.number(1, a);
                Number y = Args.number(2, b);
                if (!(x instanceof Long i) || !(y instanceof Long k))
                    return x.doubleValue() % y.doubleValue();
                if (k == 0) throw LuaErrors.argument(2, "zero");
                return i % k;
            }
        };
    }

    private Library1 modf() {
        return new Library1("math.modf") {
            @Override
            @Nullable Object run(@Nullable Object x) {
                Number n = Args.number(1, x);
                double d = n.doubleValue();
                double whole = d < 0 ? Math.ceil(d) : Math.floor(d);
                double fraction = d == whole ? 0.0 : d - whole;
                return Values.of(shortest(whole), fraction);
            }
        };
    }

    private LibraryN toInteger() {
        return new LibraryN("math.tointeger") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return LuaNumbers.toInteger(Args.any(arguments, 1));
            }
        };
    }

    private LibraryN type() {
        return new LibraryN("math.type") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object x = Args.any(arguments, 1);
                return x instanceof Long ? INTEGER : x instanceof Double ? FLOAT : null;
            }
        };
    }

    private Library2 ult() {
        return new Library2("math.ult") {
            @Override
            Object run(@Nullable Object a, @Nullable Object b) {
                return Long.compareUnsigned(Args.integer(1, a), Args.integer(2, b)) < 0;
            }
        };
    }

    private LibraryN extreme(String name, boolean max) {
        return new LibraryN(name) {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object best = Args.any(arguments, 1);
                for (int i = 1; i < arguments.length; i++) {
                    Object n = arguments[i];
                    boolean better = max ? Sort.plainLess(best, n) : Sort.plainLess(n, best);
                    if (better) best = n;
                }
                return best;
            }
        };
    }

    // ---- what earlier versions had and the reference still brings

    private Library2 pow() {
        return new Library2("math.pow") {
            @Override
            Object run(@Nullable Object x, @Nullable Object y) {
                return Math.pow(Args.real(1, x), Args.real(2, y));
            }
        };
    }

    private Library2 atan2() {
        return new Library2("math.atan2") {
            @Override
            Object run(@Nullable Object y, @Nullable Object x) {
                return Math.atan2(Args.real(1, y), x == null ? 1 : Args.real(2, x));
            }
        };
    }

    private Library1 frexp() {
        return new Library1("math.frexp") {
            @Override
            @Nullable Object run(@Nullable Object x) {
                double d = Args.real(1, x);
                if (d == 0 || Double.isInfinite(d) || Double.isNaN(d)) return Values.of(d, 0L);
                boolean subnormal = Math.abs(d) < Double.MIN_NORMAL;
                double normal = subnormal ? d * 0x1p54 : d;
                int exponent = Math.getExponent(normal) + 1;
                double mantissa = Math.scalb(normal, -exponent);
                return Values.of(mantissa, exponent - (subnormal ? 54L : 0L));
            }
        };
    }

    private Library2 ldexp() {
        return new Library2("math.ldexp") {
            @Override
            Object run(@Nullable Object x, @Nullable Object e) {
                long exponent = Math.clamp(Args.integer(2, e), -5000, 5000);
                return Math.scalb(Args.real(1, x), (int) exponent);
            }
        };
    }

    // ---- random numbers

    private LibraryN random() {
        return new LibraryN("math.random") {
            @Override
            Object run(@Nullable Object[] arguments) {
                long low = 1;
                long high;
                switch (arguments.length) {
                    case 0 -> {
                        return random.nextFloat();
                    }
                    case 1 -> {
                        high = Args.integer(1, arguments[0]);
                        if (high == 0) return random.next();
                    }
                    case 2 -> {
                        low = Args.integer(1, arguments[0]);
                        high = Args.integer(2, arguments[1]);
                    }
                    default -> throw LuaErrors.located("wrong number of arguments");
                }
                if (low > high) throw LuaErrors.argument(1, "interval is empty");
                return low + random.nextUpTo(high - low);
            }
        };
    }

    private LibraryN randomSeed() {
        return new LibraryN("math.randomseed") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                long n1;
                long n2 = 0;
                if (arguments.length == 0) {
                    n1 = System.nanoTime();
                    n2 = System.identityHashCode(arguments);
                } else {
                    n1 = Args.integer(1, arguments[0]);
                    n2 = Args.integer(2, Args.at(arguments, 2), 0);
                }
                random.seed(n1, n2);
                return Values.of(n1, n2);
            }
        };
    }
}
