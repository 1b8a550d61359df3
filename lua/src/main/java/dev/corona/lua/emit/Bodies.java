package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.corona.lua.analysis.IntegerResult;
import dev.corona.lua.analysis.Kinds;
import dev.corona.lua.analysis.LikelyIntegers;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Register;

import org.jspecify.annotations.Nullable;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which bodies a function has: one for any arguments, and one for integers if it is worth while. Each can be entered by frames; some
 * have another form that cannot.
 *
 * @param integers the parameters that the second one takes as longs; empty if there is none
 * @param separate whether bodies that are called take no frame
 * @param exact the kinds of the registers of a body that returns a long when it is called: that for integers, or the only one; null if results are objects
 */
record Bodies(Set<Register> integers, boolean separate, @Nullable Kinds exact) {
    /**
     * From how many instructions on a function has bodies that cannot be entered by frames, which leaves the JIT compiler room; one that
     * calls itself always has, for shorter calls.
     */
    private static final int LARGE = 100;

    static Bodies of(Ir.Function function) {
        Set<Register> integers = LikelyIntegers.of(function);
        boolean separate = function.code.size() >= LARGE || function.selfUpvalue >= 0;
        return new Bodies(
                integers, separate, separate ? IntegerResult.of(function, integers) : null);
    }

    /** Whether a body, of those for these parameters, returns a long when it is called. */
    boolean isExact(Set<Register> known) {
        return exact != null && known.equals(integers);
    }

    /** The kinds of the registers in the bodies for these parameters that share frames. */
    List<Kinds> kinds(Ir.Function function, Set<Register> known) {
        Kinds entered = Kinds.of(function, known);
        return exact != null && known.equals(integers) ? List.of(entered, exact) : List.of(entered);
    }

    /** The type of a body that frames can enter. */
    MethodTypeDesc entered(ClassDesc self, Ir.Function function, Set<Register> known) {
        MethodTypeDesc type = MethodTypeDesc.of(CD_Object, parameters(self, function, known));
        return type.insertParameterTypes(type.parameterCount(), Names.FRAME);
    }

    /** The type of a body that is called. */
    MethodTypeDesc called(ClassDesc self, Ir.Function function, Set<Register> known) {
        if (!separate) return entered(self, function, known);
        ClassDesc result = isExact(known) ? CD_long : CD_Object;
        return MethodTypeDesc.of(result, parameters(self, function, known));
    }

    private static List<ClassDesc> parameters(
            ClassDesc self, Ir.Function function, Set<Register> known) {
        List<ClassDesc> types = new ArrayList<>();
        types.add(self);
        for (Register p : function.parameters) types.add(known.contains(p) ? CD_long : CD_Object);
        if (function.isVararg) types.add(Names.OBJECTS);
        types.add(Names.STRAND);
        return types;
    }
}
