package dev.corona.weave.analysis;

import dev.corona.weave.analysis.Suspensions.Call;
import dev.corona.weave.analysis.Suspensions.Lambda;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Calls that hand a lambda which can suspend to a method that is not woven, such as {@code list.forEach(x -> out.yield(x))}: if that
 * method calls it, it cannot suspend there. Lambdas that are kept in a variable first are not followed.
 */
public final class Escapes {
    /**
     * A call that lets a lambda out.
     *
     * @param line -1 if unknown
     * @param callee as a person writes it
     */
    public record Escape(MethodModel method, int line, String callee) {}

    /** Corona's own methods run what they are given in continuations, and know of both forms. */
    private static final String OWN = "dev/corona/";

    private final ClassModel owner;
    private final Suspensions suspensions;
    private final List<Escape> found = new ArrayList<>();

    private Escapes(ClassModel owner, Suspensions suspensions) {
        this.owner = owner;
        this.suspensions = suspensions;
    }

    /** The calls of a class. */
    public static List<Escape> of(ClassModel owner, Suspensions suspensions) {
        Escapes escapes = new Escapes(owner, suspensions);
        for (MethodModel method : owner.methods()) {
            if (escapes.makesResumable(method)) escapes.follow(method);
        }
        return escapes.found;
    }

    private boolean makesResumable(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(e -> e instanceof InvokeDynamicInstruction i && isResumable(i));
    }

    private boolean isResumable(InvokeDynamicInstruction instruction) {
        Lambda lambda = Suspensions.lambda(instruction).orElse(null);
        return lambda != null && suspensions.isResumable(lambda);
    }

    private void follow(MethodModel method) {
        MethodBody body = new MethodBody(owner.thisClass().asSymbol(), method);
        TreeMap<Integer, Boolean> lambdas = new TreeMap<>();
        new Simulation(body)
                .run(
                        (index, instruction, before) -> {
                            int height = before.stack().size();
                            visit(body, index, instruction, height, lambdas);
                        });
    }

    /** Notes where lambdas lie on the operand stack, and what takes them from there. */
    private void visit(
            MethodBody body,
            int index,
            Instruction instruction,
            int height,
            TreeMap<Integer, Boolean> lambdas) {
        lambdas.tailMap(height, true).clear();
        if (instruction instanceof InvokeInstruction call) {
            int firstArgument = height - call.typeSymbol().parameterCount();
            boolean takes = !lambdas.tailMap(firstArgument, true).isEmpty();
            if (takes && leadsOut(call, body.model()))
                found.add(new Escape(body.model(), lineAt(body, index), callee(call)));
            int receiver = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
            lambdas.tailMap(firstArgument - receiver, true).clear();
        } else if (instruction instanceof InvokeDynamicInstruction made) {
            int place = height - made.typeSymbol().parameterCount();
            lambdas.tailMap(place, true).clear();
            if (isResumable(made)) lambdas.put(place, true);
        }
    }

    private boolean leadsOut(InvokeInstruction call, MethodModel caller) {
        return suspensions.classify(call, owner.thisClass().asSymbol(), caller) == Call.PLAIN
                && !call.owner().asInternalName().startsWith(OWN)
                && !suspensions.isInSet(call.owner().asInternalName());
    }

    private static String callee(InvokeInstruction call) {
        return call.owner().asInternalName().replace('/', '.') + "." + call.name().stringValue();
    }

    private static int lineAt(MethodBody body, int index) {
        int line = -1;
        for (CodeElement element : body.elements().subList(0, index)) {
            if (element instanceof LineNumber number) line = number.line();
        }
        return line;
    }
}
