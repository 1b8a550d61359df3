package dev.corona.weave.transform;

import dev.corona.weave.analysis.MethodBody;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A method's code as text: the same for the same instructions, whatever the constant pool, the lines and the names of local
 * variables. Fingerprints are hashes of it.
 */
final class Listing {
    /** Changes with the format of frames, so that frames of another weaver do not fit. */
    private static final String VERSION = "corona frames 1\n";

    /** Eight bytes: they tell versions of a method apart; that nobody forged a file is for its seal to say. */
    private static final int HASH_BYTES = 8;

    private final StringBuilder text = new StringBuilder(VERSION);
    private final Map<Label, Integer> labels = new HashMap<>();

    private Listing() {}

    static Listing of(MethodBody method) {
        Listing listing = new Listing();
        listing.write(method);
        return listing;
    }

    Listing and(String more) {
        text.append(more).append('\n');
        return this;
    }

    String hash() {
        return hash(text.toString());
    }

    static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private void write(MethodBody method) {
        text.append(method.isStatic() ? "static " : "").append(method.name());
        text.append(method.type().descriptorString()).append('\n');
        int ordinal = 0;
        for (CodeElement e : method.elements()) {
            if (e instanceof java.lang.classfile.instruction.LabelTarget t)
                labels.put(t.label(), ordinal);
            else if (e instanceof Instruction) ordinal++;
        }
        for (CodeElement e : method.elements()) {
            if (e instanceof Instruction i) write(i);
            else if (e instanceof ExceptionCatch c) write(c);
        }
    }

    private void write(ExceptionCatch c) {
        text.append("catch ").append(at(c.tryStart())).append(' ').append(at(c.tryEnd()));
        text.append(' ').append(at(c.handler())).append(' ');
        text.append(c.catchType().map(t -> t.asInternalName()).orElse("any")).append('\n');
    }

    private int at(Label label) {
        return labels.getOrDefault(label, -1);
    }

    private void write(Instruction instruction) {
        text.append(instruction.opcode().name()).append(' ').append(operands(instruction));
        text.append('\n');
    }

    private String operands(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction i -> "" + i.slot();
            case StoreInstruction i -> "" + i.slot();
            case IncrementInstruction i -> i.slot() + " " + i.constant();
            case ConstantInstruction i -> constant(i.constantValue());
            case FieldInstruction i ->
                    i.owner().asInternalName()
                            + "."
                            + i.name().stringValue()
                            + " "
                            + i.typeSymbol().descriptorString();
            case InvokeInstruction i ->
                    i.owner().asInternalName()
                            + "."
                            + i.name().stringValue()
                            + i.typeSymbol().descriptorString();
            case InvokeDynamicInstruction i -> describe(i);
            case NewObjectInstruction i -> i.className().asInternalName();
            case NewReferenceArrayInstruction i -> i.componentType().asInternalName();
            case NewPrimitiveArrayInstruction i -> i.typeKind().name();
            case NewMultiArrayInstruction i ->
                    i.arrayType().asInternalName() + " " + i.dimensions();
            case TypeCheckInstruction i -> i.type().asInternalName();
            case BranchInstruction i -> "" + at(i.target());
            case TableSwitchInstruction i -> cases(i.defaultTarget(), i.cases());
            case LookupSwitchInstruction i -> cases(i.defaultTarget(), i.cases());
            default -> "";
        };
    }

    private String cases(Label otherwise, List<SwitchCase> cases) {
        StringBuilder out = new StringBuilder().append(at(otherwise));
        for (SwitchCase c : cases) {
            out.append(' ').append(c.caseValue()).append(':').append(at(c.target()));
        }
        return out.toString();
    }

    /** An {@code invokedynamic} with its bootstrap method and arguments. */
    static String describe(InvokeDynamicInstruction i) {
        StringBuilder out = new StringBuilder(i.name().stringValue());
        out.append(i.typeSymbol().descriptorString()).append(' ');
        out.append(constant(i.bootstrapMethod()));
        for (ConstantDesc argument : i.bootstrapArgs()) out.append(' ').append(constant(argument));
        return out.toString();
    }

    private static String constant(ConstantDesc value) {
        return switch (value) {
            case ClassDesc c -> c.descriptorString();
            case MethodTypeDesc t -> t.descriptorString();
            case DirectMethodHandleDesc h ->
                    h.kind() + h.owner().descriptorString() + h.methodName() + h.lookupDescriptor();
            case DynamicConstantDesc<?> d -> {
                StringBuilder out = new StringBuilder(d.constantName());
                out.append(d.constantType().descriptorString());
                out.append(constant(d.bootstrapMethod()));
                for (ConstantDesc a : d.bootstrapArgsList()) out.append(' ').append(constant(a));
                yield out.toString();
            }
            case String s -> '"' + s + '"';
            default -> value.getClass().getSimpleName() + value;
        };
    }
}
