package dev.corona.lua.analysis;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Register;
import dev.corona.lua.syntax.Tree.BinaryOperator;
import dev.corona.lua.syntax.Tree.UnaryOperator;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/** The kinds of the registers of a function: of each the join over all that is ever put into it. */
public final class Kinds {
    private final Kind[] kinds;
    private final @Nullable SelfCalls integerCalls;
    private boolean changed;

    private Kinds(int registers, @Nullable SelfCalls integerCalls) {
        kinds = new Kind[registers];
        this.integerCalls = integerCalls;
        java.util.Arrays.fill(kinds, Kind.NONE);
    }

    public static Kinds of(Ir.Function function) {
        return of(function, Set.of());
    }

    /**
     * @param integers the parameters that are known to be integers when the function is called
     */
    public static Kinds of(Ir.Function function, Set<Register> integers) {
        return of(function, integers, null);
    }

    /**
     * @param integerCalls the calls of the function itself that give an integer; null if nothing is known of them
     */
    static Kinds of(
            Ir.Function function, Set<Register> integers, @Nullable SelfCalls integerCalls) {
        Kinds result = new Kinds(function.registers.size(), integerCalls);
        for (Register p : function.parameters) {
            result.join(p, integers.contains(p) ? Kind.INTEGER : Kind.ANY);
        }
        do {
            result.changed = false;
            for (Instruction i : function.code) result.visit(i);
        } while (result.changed);
        return result;
    }

    /** The kind of a register or literal; {@code ANY} where nothing is known. */
    public Kind of(Operand operand) {
        Kind kind = raw(operand);
        return kind == Kind.NONE ? Kind.ANY : kind;
    }

    private Kind raw(Operand operand) {
        return switch (operand) {
            case Register r -> kinds[r.number()];
            case Literal l ->
                    l.value() instanceof Long
                            ? Kind.INTEGER
                            : l.value() instanceof Double ? Kind.FLOAT : Kind.ANY;
        };
    }

    private void join(Register register, Kind kind) {
        Kind before = kinds[register.number()];
        Kind after = before.join(kind);
        if (before == after) return;
        kinds[register.number()] = after;
        changed = true;
    }

    private void visit(Instruction instruction) {
        switch (instruction) {
            case Ir.Move i -> join(i.to(), raw(i.from()));
            case Ir.Binary i -> join(i.to(), result(i.operator(), raw(i.left()), raw(i.right())));
            case Ir.Unary i -> join(i.to(), result(i.operator(), raw(i.operand())));
            case Ir.Call i when integerCalls != null && integerCalls.isOne(i) ->
                    join(i.to(), resultOf(i, integerCalls));
            case Ir.Keep i -> {
                for (Register r : i.variables()) join(r, Kind.ANY);
            }
            case Ir.Open i -> join(i.region().variable(), Kind.ANY);
            case Ir.LoopBegin i -> {
                Kind kind = loop(raw(i.from()), raw(i.by()));
                join(i.loop().index(), kind);
                join(i.loop().limit(), kind);
                join(i.loop().step(), kind);
                join(i.loop().count(), kind);
            }
            default -> {
                for (Register r : Effects.of(instruction).writes()) join(r, written(instruction));
            }
        }
    }

    /** Of a call of the function itself: an integer unless the call asks for more, or gives something else. */
    private Kind resultOf(Ir.Call call, SelfCalls calls) {
        boolean exact =
                call.wanted() == Ir.Wanted.FIRST
                        && calls.integersOf(call).stream()
                                .allMatch(o -> Kind.INTEGER.join(raw(o)) == Kind.INTEGER);
        return exact ? Kind.INTEGER : Kind.ANY;
    }

    /** The next of a loop keeps the kinds that its beginning gave. */
    private static Kind written(Instruction instruction) {
        return instruction instanceof Ir.LoopNext ? Kind.NONE : Kind.ANY;
    }

    private static Kind loop(Kind from, Kind by) {
        if (from == Kind.NONE || by == Kind.NONE) return Kind.NONE;
        if (!from.isNumber() || !by.isNumber()) return Kind.ANY;
        return from == by ? from : Kind.FLOAT;
    }

    private static Kind result(BinaryOperator operator, Kind left, Kind right) {
        if (left == Kind.ANY || right == Kind.ANY) return Kind.ANY;
        if (left == Kind.NONE || right == Kind.NONE) return Kind.NONE;
        return switch (operator) {
            case DIV, POW -> Kind.FLOAT;
            case ADD, SUB, MUL, IDIV, MOD -> left == right ? left : Kind.FLOAT;
            case BAND, BOR, BXOR, SHL, SHR ->
                    left == Kind.INTEGER && right == Kind.INTEGER ? Kind.INTEGER : Kind.ANY;
            default -> Kind.ANY;
        };
    }

    private static Kind result(UnaryOperator operator, Kind operand) {
        return switch (operator) {
            case MINUS -> operand;
            case BNOT -> operand == Kind.FLOAT ? Kind.ANY : operand;
            default -> Kind.ANY;
        };
    }
}
