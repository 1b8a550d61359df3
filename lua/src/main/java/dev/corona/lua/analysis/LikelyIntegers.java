package dev.corona.lua.analysis;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Register;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The parameters that are likely to be integers: they bound loops, index tables, or are computed with or compared to
 * integers. A function gets a second body for calls in which they are.
 */
public final class LikelyIntegers {
    /** Larger functions have one body only. */
    private static final int MAX_INSTRUCTIONS = 300;

    private LikelyIntegers() {}

    /** Those of which it is worth while to know it; empty if there is nothing to gain. */
    public static Set<Register> of(Ir.Function function) {
        Set<Register> likely = new LinkedHashSet<>();
        if (function.code.size() > MAX_INSTRUCTIONS) return likely;
        Kinds kinds = Kinds.of(function);
        Set<Register> parameters = new HashSet<>(function.parameters);
        for (Instruction i : function.code) {
            switch (i) {
                case Ir.LoopBegin l -> {
                    add(likely, parameters, l.from());
                    add(likely, parameters, l.to());
                    add(likely, parameters, l.by());
                }
                case Ir.IndexLoad l -> add(likely, parameters, l.key());
                case Ir.IndexStore s -> add(likely, parameters, s.key());
                case Ir.Binary b -> addPair(likely, parameters, kinds, b.left(), b.right());
                case Ir.JumpIfCompare j -> addPair(likely, parameters, kinds, j.left(), j.right());
                default -> {}
            }
        }
        Kinds known = Kinds.of(function, likely);
        likely.removeIf(p -> known.of(p) != Kind.INTEGER);
        return gains(function, kinds, likely) ? likely : Set.of();
    }

    private static void add(Set<Register> likely, Set<Register> parameters, Operand operand) {
        if (operand instanceof Register r && parameters.contains(r)) likely.add(r);
    }

    private static void addPair(
            Set<Register> likely,
            Set<Register> parameters,
            Kinds kinds,
            Operand left,
            Operand right) {
        if (kinds.of(right) == Kind.INTEGER || isParameter(parameters, right))
            add(likely, parameters, left);
        if (kinds.of(left) == Kind.INTEGER || isParameter(parameters, left))
            add(likely, parameters, right);
    }

    private static boolean isParameter(Set<Register> parameters, Operand operand) {
        return operand instanceof Register r && parameters.contains(r);
    }

    /** Whether more registers than the parameters themselves become numbers, or a loop or index is sped up. */
    private static boolean gains(Ir.Function function, Kinds before, Set<Register> likely) {
        if (likely.isEmpty()) return false;
        Kinds after = Kinds.of(function, likely);
        for (Register r : function.registers) {
            if (after.of(r) != before.of(r) && !likely.contains(r)) return true;
        }
        return false;
    }
}
