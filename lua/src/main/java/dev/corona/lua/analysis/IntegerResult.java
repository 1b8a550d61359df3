package dev.corona.lua.analysis;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Register;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Functions that return one integer, and nothing else, provided that their calls of themselves do. */
public final class IntegerResult {
    private IntegerResult() {}

    /**
     * The kinds of the registers of such a function; null if it is not one, or never uses a result of its own.
     *
     * @param integers the parameters that are known to be integers
     */
    public static @Nullable Kinds of(Ir.Function function, Set<Register> integers) {
        SelfCalls calls = SelfCalls.of(function, integers);
        if (function.code.stream().noneMatch(i -> usesOwnResult(calls, i))) return null;
        Kinds kinds = Kinds.of(function, integers, calls);
        BitSet reached = Reachability.of(function);
        List<Instruction> code = function.code;
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1))
            if (code.get(i) instanceof Ir.Return r && !isInteger(kinds, r.values())) return null;
        return loopsAlike(function, kinds, Kinds.of(function, integers)) ? kinds : null;
    }

    private static boolean usesOwnResult(SelfCalls calls, Instruction instruction) {
        return instruction instanceof Ir.Call c && calls.isOne(c) && c.wanted() == Ir.Wanted.FIRST;
    }

    private static boolean isInteger(Kinds kinds, Ir.Arguments values) {
        return values.rest() == null
                && values.values().size() == 1
                && kinds.of(values.values().getFirst()) == Kind.INTEGER;
    }

    /** Whether every loop keeps the same in its registers, which is not only the same numbers in other forms. */
    private static boolean loopsAlike(Ir.Function function, Kinds some, Kinds others) {
        return function.code.stream()
                .allMatch(
                        i ->
                                !(i instanceof Ir.LoopBegin l)
                                        || some.of(l.loop().index())
                                                == others.of(l.loop().index()));
    }
}
