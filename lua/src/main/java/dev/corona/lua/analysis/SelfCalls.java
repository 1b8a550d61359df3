package dev.corona.lua.analysis;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Register;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls by which a function most likely calls itself: of the upvalue that held the function when it was made. Functions that leave
 * a call to their caller have none.
 */
public final class SelfCalls {
    private static final int MAX_ARGUMENTS = 3;

    private final Ir.Function function;
    private final Set<Register> integers;
    private final Set<Register> callees;

    private SelfCalls(Ir.Function function, Set<Register> integers, Set<Register> callees) {
        this.function = function;
        this.integers = integers;
        this.callees = callees;
    }

    /**
     * Those of a function.
     *
     * @param integers the parameters that must be given integers, for the body that is called
     */
    public static SelfCalls of(Ir.Function function, Set<Register> integers) {
        boolean none =
                function.isVararg
                        || function.parameters.size() > MAX_ARGUMENTS
                        || function.code.stream().anyMatch(Ir.TailCall.class::isInstance);
        return new SelfCalls(function, integers, none ? Set.of() : loadsOfSelf(function));
    }

    private static Set<Register> loadsOfSelf(Ir.Function function) {
        return function.code.stream()
                .filter(
                        i ->
                                i instanceof Ir.UpvalueLoad l
                                        && l.index() == function.selfUpvalue
                                        && !l.isCell())
                .map(i -> ((Ir.UpvalueLoad) i).to())
                .collect(Collectors.toSet());
    }

    /** Whether it is one, if {@link #integersOf} are integers. */
    public boolean isOne(Ir.Call call) {
        return call.function() instanceof Register callee
                && callees.contains(callee)
                && call.arguments().rest() == null
                && call.arguments().values().size() == function.parameters.size();
    }

    /** The arguments for the parameters that must be given integers. */
    public List<Operand> integersOf(Ir.Call call) {
        return integers.stream()
                .map(p -> call.arguments().values().get(function.parameters.indexOf(p)))
                .toList();
    }
}
