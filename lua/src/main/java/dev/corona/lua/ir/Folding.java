package dev.corona.lua.ir;

import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.syntax.Tree.BinaryOperator;

import org.jspecify.annotations.Nullable;

/** Arithmetic on numerals, done while compiling. What could fail, or gives zero or NaN, is left to run time. */
final class Folding {
    private Folding() {}

    static @Nullable Operand fold(BinaryOperator operator, Operand left, Operand right) {
        if (!(left instanceof Literal l) || !(right instanceof Literal r)) return null;
        if (!(l.value() instanceof Number a) || !(r.value() instanceof Number b)) return null;
        Number result =
                a instanceof Long x && b instanceof Long y
                        ? integers(operator, x, y)
                        : floats(operator, a.doubleValue(), b.doubleValue());
        return result == null ? null : new Literal(result);
    }

    private static @Nullable Number integers(BinaryOperator operator, long x, long y) {
        return switch (operator) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case BAND -> x & y;
            case BOR -> x | y;
            case BXOR -> x ^ y;
            default -> floats(operator, (double) x, (double) y);
        };
    }

    private static @Nullable Number floats(BinaryOperator operator, double x, double y) {
        double result =
                switch (operator) {
                    case ADD -> x + y;
                    case SUB -> x - y;
                    case MUL -> x * y;
                    case DIV -> x / y;
                    default -> 0;
                };
        return result == 0 || Double.isNaN(result) ? null : (Number) result;
    }
}
