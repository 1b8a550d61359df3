package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

/**
 * The operations of Lua in full, with metamethods and errors. Where a parameter is called {@code name} or {@code names}, it
 * is what messages call the operands, such as {@code local 'x'}; two are separated by a line feed.
 */
@Resumable
public final class Operations {
    /** How many {@code __index} or {@code __newindex} may lead to each other. */
    private static final int MAX_CHAIN = 2000;

    /** By the ordinals of the compiler's operators. */
    private static final Metamethod[] BINARY = {
        Metamethod.ADD,
        Metamethod.SUB,
        Metamethod.MUL,
        Metamethod.DIV,
        Metamethod.MOD,
        Metamethod.POW,
        Metamethod.IDIV,
        Metamethod.BAND,
        Metamethod.BOR,
        Metamethod.BXOR,
        Metamethod.SHL,
        Metamethod.SHR
    };

    private static final int ADD = 0;
    private static final int SUB = 1;
    private static final int MUL = 2;
    private static final int DIV = 3;
    private static final int MOD = 4;
    private static final int POW = 5;
    private static final int IDIV = 6;
    private static final int BAND = 7;
    private static final int BOR = 8;
    private static final int BXOR = 9;
    private static final int SHL = 10;
    private static final int SHR = 11;

    private static final int MINUS = 0;
    private static final int LENGTH = 2;

    private Operations() {}

    // ---- metamethods

    /** The first result of a metamethod of two operands. */
    private static @Nullable Object invoke(
            LuaState state, Object handler, String event, @Nullable Object a, @Nullable Object b) {
        return Values.first(invoke(state, callable(state, handler, event), a, b));
    }

    /** Functions that call nothing but metamethods do not count themselves, so these calls are counted here. */
    private static @Nullable Object invoke(
            LuaState state, LuaFunction f, @Nullable Object a, @Nullable Object b) {
        if (state.enterSpending()) Polls.atEntry(state);
        Object result = f.call(a, b);
        state.depth--;
        return result;
    }

    private static void invoke(
            LuaState state,
            LuaFunction f,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object c) {
        if (state.enterSpending()) Polls.atEntry(state);
        f.call(a, b, c);
        state.depth--;
    }

    // ---- index

    /** {@code object[key]} */
    public static @Nullable Object index(
            LuaState state, @Nullable Object object, @Nullable Object key, @Nullable String name) {
        Object at = object;
        for (int i = 0; i < MAX_CHAIN; i++) {
            Object handler;
            if (at instanceof LuaTable t) {
                LuaTable meta = t.metatable();
                if (meta == null) return i == 0 ? null : t.get(key);
                Object value = t.get(key);
                if (value != null) return value;
                handler = meta.metamethod(Metamethod.INDEX);
                if (handler == null) return null;
            } else {
                handler = state.metamethod(at, Metamethod.INDEX);
                if (handler == null) throw indexError(state, at, i == 0 ? name : null);
            }
            if (handler instanceof LuaFunction f) return Values.first(invoke(state, f, at, key));
            at = handler;
            if (at instanceof LuaTable t && t.metatable() == null) return t.get(key);
        }
        throw state.error("'__index' chain too long; possible loop");
    }

    private static LuaError indexError(
            LuaState state, @Nullable Object object, @Nullable String name) {
        return typeError(state, "index", object, name);
    }

    /** The error of an operation on a value of the wrong type. */
    public static LuaError typeError(
            LuaState state, String operation, @Nullable Object value, @Nullable String name) {
        String shown = name == null || name.isEmpty() ? "" : " (" + name + ")";
        return state.error(
                "attempt to " + operation + " a " + LuaTypes.nameOf(value) + " value" + shown);
    }

    /** {@code object[key] = value} */
    public static @Nullable Object setIndex(
            LuaState state,
            @Nullable Object object,
            @Nullable Object key,
            @Nullable Object value,
            @Nullable String name) {
        Object at = object;
        for (int i = 0; i < MAX_CHAIN; i++) {
            Object handler;
            if (at instanceof LuaTable t) {
                LuaTable meta = t.metatable();
                handler =
                        meta == null || t.get(key) != null
                                ? null
                                : meta.metamethod(Metamethod.NEWINDEX);
                if (handler == null) {
                    setRaw(state, t, key, value);
                    return null;
                }
            } else {
                handler = state.metamethod(at, Metamethod.NEWINDEX);
                if (handler == null) throw indexError(state, at, i == 0 ? name : null);
            }
            if (handler instanceof LuaFunction f) {
                invoke(state, f, at, key, value);
                return null;
            }
            at = handler;
        }
        throw state.error("'__newindex' chain too long; possible loop");
    }

    private static void setRaw(
            LuaState state, LuaTable table, @Nullable Object key, @Nullable Object value) {
        if (key == null) throw state.error("table index is nil");
        if (key instanceof Double d && d.isNaN()) throw state.error("table index is NaN");
        table.set(key, value);
    }

    // ---- calls

    /** What a call of {@code callee} calls: itself, or its {@code __call} with it as the first argument. */
    public static LuaFunction callable(
            LuaState state, @Nullable Object callee, @Nullable String name) {
        if (callee instanceof LuaFunction f) return f;
        Object handler = state.metamethod(callee, Metamethod.CALL);
        if (handler == null) throw typeError(state, "call", callee, name);
        return new CallHandler(callable(state, handler, name), callee);
    }

    // ---- arithmetic

    /**
     * An operation on two operands.
     *
     * @param operator the ordinal of the compiler's operator
     */
    public static @Nullable Object arithmetic(
            LuaState state,
            int operator,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable String names) {
        if (operator >= BAND) return bitwise(state, operator, a, b, names);
        if (a instanceof Number x && b instanceof Number y) return numbers(state, operator, x, y);
        Metamethod event = BINARY[operator];
        Object handler = handler(state, a, b, event);
        if (handler != null) return invoke(state, handler, event.key.toLatin1(), a, b);
        boolean second = a instanceof Number;
        throw typeError(state, "perform arithmetic on", second ? b : a, operandName(names, second));
    }

    private static @Nullable Object handler(
            LuaState state, @Nullable Object a, @Nullable Object b, Metamethod event) {
        Object handler = state.metamethod(a, event);
        return handler == null ? state.metamethod(b, event) : handler;
    }

    private static @Nullable String operandName(@Nullable String names, boolean second) {
        if (names == null) return null;
        int end = names.indexOf('\n');
        return second ? names.substring(end + 1) : names.substring(0, end);
    }

    private static Object numbers(LuaState state, int operator, Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            switch (operator) {
                case ADD:
                    return x + y;
                case SUB:
                    return x - y;
                case MUL:
                    return x * y;
                case MOD:
                    return Arithmetic.mod(x, y, state);
                case IDIV:
                    return Arithmetic.idiv(x, y, state);
                default:
                    break;
            }
        }
        return floats(operator, a.doubleValue(), b.doubleValue());
    }

    private static double floats(int operator, double x, double y) {
        return switch (operator) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case MOD -> Arithmetic.mod(x, y);
            case POW -> Arithmetic.pow(x, y);
            default -> Arithmetic.idiv(x, y);
        };
    }

    /** Arithmetic of two numbers by the compiler's operator; for the library's string arithmetic. */
    public static Object arithmeticOnNumbers(LuaState state, int operator, Number a, Number b) {
        return numbers(state, operator, a, b);
    }

    private static @Nullable Object bitwise(
            LuaState state,
            int operator,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable String names) {
        Long x = Arithmetic.toInteger(a);
        Long y = Arithmetic.toInteger(b);
        if (x != null && y != null) {
            long i = x;
            long k = y;
            return switch (operator) {
                case BAND -> i & k;
                case BOR -> i | k;
                case BXOR -> i ^ k;
                case SHL -> Arithmetic.shiftLeft(i, k);
                case SHR -> Arithmetic.shiftRight(i, k);
                default -> throw new AssertionError(operator);
            };
        }
        Metamethod event = BINARY[operator];
        Object handler = handler(state, a, b, event);
        if (handler != null) return invoke(state, handler, event.key.toLatin1(), a, b);
        throw bitwiseError(state, a, b, names);
    }

    private static LuaError bitwiseError(
            LuaState state, @Nullable Object a, @Nullable Object b, @Nullable String names) {
        if (a instanceof Number && b instanceof Number)
            return noInteger(state, operandName(names, Arithmetic.toInteger(a) != null));
        boolean second = a instanceof Number;
        return typeError(
                state, "perform bitwise operation on", second ? b : a, operandName(names, second));
    }

    private static LuaError noInteger(LuaState state, @Nullable String name) {
        String shown = name == null || name.isEmpty() ? "" : " (" + name + ")";
        return state.error("number" + shown + " has no integer representation");
    }

    /** An operation on one operand, by the ordinal of the compiler's operator. */
    public static @Nullable Object unary(
            LuaState state, int operator, @Nullable Object a, @Nullable String name) {
        if (operator == LENGTH) return length(state, a, name);
        if (operator == MINUS) {
            if (a instanceof Long l) return -l;
            if (a instanceof Double d) return -d;
            return byHandler(state, a, Metamethod.UNM, "perform arithmetic on", name);
        }
        Long x = Arithmetic.toInteger(a);
        if (x != null) return ~x;
        if (a instanceof Number) throw noInteger(state, name);
        return byHandler(state, a, Metamethod.BNOT, "perform bitwise operation on", name);
    }

    private static @Nullable Object byHandler(
            LuaState state,
            @Nullable Object a,
            Metamethod event,
            String operation,
            @Nullable String name) {
        Object handler = state.metamethod(a, event);
        if (handler == null) throw typeError(state, operation, a, name);
        return invoke(state, handler, event.key.toLatin1(), a, a);
    }

    /** {@code #object} */
    public static @Nullable Object length(
            LuaState state, @Nullable Object object, @Nullable String name) {
        if (object instanceof LuaString s) return (long) s.length();
        if (object instanceof LuaTable t && t.metatable() == null) return t.length();
        Object handler = state.metamethod(object, Metamethod.LEN);
        if (handler != null) return invoke(state, handler, "__len", object, object);
        if (object instanceof LuaTable t) return t.length();
        throw typeError(state, "get length of", object, name);
    }

    // ---- concatenation

    public static @Nullable Object concat(
            LuaState state, @Nullable Object a, @Nullable Object b, @Nullable String names) {
        LuaString x = Conversions.text(a);
        LuaString y = Conversions.text(b);
        if (x != null && y != null) {
            long length = (long) x.length() + y.length();
            state.requireSize(length);
            LuaString both = x.concat(y);
            if (length >= LuaString.LARGE)
                state.work((both.bytes() == x.bytes() ? y.length() : length) >> 6);
            return both;
        }
        Object handler = handler(state, a, b, Metamethod.CONCAT);
        if (handler != null) return invoke(state, handler, "__concat", a, b);
        boolean second = x != null;
        throw typeError(state, "concatenate", second ? b : a, operandName(names, second));
    }

    /** {@code list[0] .. list[1] .. ...}, from the right. */
    public static @Nullable Object concat(
            LuaState state, @Nullable Object[] list, @Nullable String names) {
        LuaString all = state.joined(list);
        if (all != null) {
            if (all.length() >= LuaString.LARGE) state.work(all.length() >> 6);
            return all;
        }
        String[] each = names == null ? new String[0] : names.split("\n", -1);
        Object result = list[list.length - 1];
        for (int i = list.length - 2; i >= 0; i--) {
            String left = i < each.length ? each[i] : "";
            String right = i == list.length - 2 && i + 1 < each.length ? each[i + 1] : "";
            result = concat(state, list[i], result, left + "\n" + right);
        }
        return result;
    }

    // ---- comparisons

    /** {@code a == b} */
    public static boolean equal(LuaState state, @Nullable Object a, @Nullable Object b) {
        if (a instanceof LuaString x && b instanceof LuaString y) {
            if (Tables.areCostly(x, y)) state.work(x.length() >> 6);
            return x.equals(y);
        }
        if (Tables.rawEqual(a, b)) return true;
        if (!Tables.mayBeMadeEqual(a, b)) return false;
        Object handler = handler(state, a, b, Metamethod.EQ);
        if (handler == null) return false;
        return Tables.truth(invoke(state, handler, "__eq", a, b));
    }

    /** {@code a < b} */
    public static boolean lessThan(LuaState state, @Nullable Object a, @Nullable Object b) {
        if (a instanceof Number && b instanceof Number) return Arithmetic.less(a, b);
        if (a instanceof LuaString x && b instanceof LuaString y) return compare(state, x, y) < 0;
        return compareByHandler(state, a, b, handler(state, a, b, Metamethod.LT), Metamethod.LT);
    }

    /** {@code a <= b}; without {@code __le} it is {@code not (b < a)}, as the reference is built. */
    public static boolean lessEqual(LuaState state, @Nullable Object a, @Nullable Object b) {
        if (a instanceof Number && b instanceof Number) return Arithmetic.lessOrEqual(a, b);
        if (a instanceof LuaString x && b instanceof LuaString y) return compare(state, x, y) <= 0;
        Object handler = handler(state, a, b, Metamethod.LE);
        Object opposite = handler == null ? handler(state, b, a, Metamethod.LT) : null;
        return opposite == null
                ? compareByHandler(state, a, b, handler, Metamethod.LE)
                : !compareByHandler(state, b, a, opposite, Metamethod.LT);
    }

    private static int compare(LuaState state, LuaString a, LuaString b) {
        int length = Math.min(a.length(), b.length());
        if (length >= LuaString.LARGE) state.work(length >> 6);
        return a.compareTo(b);
    }

    private static boolean compareByHandler(
            LuaState state,
            @Nullable Object a,
            @Nullable Object b,
            @Nullable Object handler,
            Metamethod event) {
        if (handler != null) {
            LuaFunction f = callable(state, handler, event.key.toLatin1());
            return Tables.truth(Values.first(invoke(state, f, a, b)));
        }
        String x = LuaTypes.nameOf(a);
        String y = LuaTypes.nameOf(b);
        throw state.error(
                x.equals(y)
                        ? "attempt to compare two " + x + " values"
                        : "attempt to compare " + x + " with " + y);
    }
}
