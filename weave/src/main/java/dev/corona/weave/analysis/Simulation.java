package dev.corona.weave.analysis;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;

import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Slot.Simple;
import dev.corona.weave.analysis.Slot.Uninitialized;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types at each instruction of a method. The class file's own stack maps give them at every label that a jump comes to;
 * in between they follow from the instructions, one after the other. So no class hierarchy is needed.
 */
public final class Simulation {
    /** What is told of each instruction. */
    @FunctionalInterface
    public interface Visitor {
        /** Called with the state before the instruction, which changes afterwards: {@link State#copy} keeps it. */
        void visit(int index, Instruction instruction, State before);
    }

    private final MethodBody method;
    private final Map<Label, StackMapFrameInfo> maps = new HashMap<>();
    private State state;

    public Simulation(MethodBody method) {
        this.method = method;
        method.code()
                .findAttribute(Attributes.stackMapTable())
                .ifPresent(table -> table.entries().forEach(f -> maps.put(f.target(), f)));
        state = start();
    }

    private State start() {
        State first = new State(method.maxLocals());
        int slot = 0;
        if (!method.isStatic()) first.setLocal(slot++, new Reference(method.owner()));
        for (ClassDesc parameter : method.type().parameterArray()) {
            first.setLocal(slot, Types.slotOf(parameter));
            slot += TypeKind.from(parameter).slotSize();
        }
        return first;
    }

    /** The state that the class file's stack map gives for {@code label}; null if it has none there. */
    public @org.jspecify.annotations.Nullable State mapped(Label label) {
        StackMapFrameInfo map = maps.get(label);
        return map == null ? null : read(map);
    }

    /** Goes through the method once. */
    public void run(Visitor visitor) {
        List<CodeElement> elements = method.elements();
        for (int index = 0; index < elements.size(); index++) {
            CodeElement element = elements.get(index);
            if (element instanceof LabelTarget target && maps.containsKey(target.label())) {
                state = read(maps.get(target.label()));
            }
            if (element instanceof Instruction instruction) {
                visitor.visit(index, instruction, state);
                step(index, instruction);
            }
        }
    }

    /** A copy of {@code state}, to keep. */
    public static State keep(State state) {
        return state.copy();
    }

    private State read(StackMapFrameInfo map) {
        State read = new State(method.maxLocals());
        int slot = 0;
        for (VerificationTypeInfo type : map.locals()) {
            Slot converted = read(type);
            read.setLocal(slot, converted);
            slot += converted.isWide() ? 2 : 1;
        }
        for (VerificationTypeInfo type : map.stack()) read.push(read(type));
        return read;
    }

    private Slot read(VerificationTypeInfo type) {
        return switch (type) {
            case ObjectVerificationTypeInfo object -> new Reference(object.classSymbol());
            case UninitializedVerificationTypeInfo made -> made(made.newTarget());
            case SimpleVerificationTypeInfo simple ->
                    switch (simple) {
                        case INTEGER -> Simple.INT;
                        case LONG -> Simple.LONG;
                        case FLOAT -> Simple.FLOAT;
                        case DOUBLE -> Simple.DOUBLE;
                        case NULL -> Simple.NULL;
                        default -> Simple.TOP;
                    };
        };
    }

    private Slot made(Label label) {
        int index = method.indexOf(label);
        while (!(method.elements().get(index) instanceof NewObjectInstruction)) index++;
        NewObjectInstruction made = (NewObjectInstruction) method.elements().get(index);
        return new Uninitialized(index, made.className().asSymbol());
    }

    private void step(int index, Instruction instruction) {
        switch (instruction) {
            case LoadInstruction i -> state.push(state.local(i.slot()));
            case StoreInstruction i -> state.setLocal(i.slot(), state.pop());
            case IncrementInstruction i -> {}
            case NopInstruction i -> {}
            case ConstantInstruction i -> state.push(constant(i));
            case OperatorInstruction i -> operate(i.opcode());
            case ConvertInstruction i -> replace(Types.slotOf(i.toType()));
            case FieldInstruction i -> field(i);
            case InvokeInstruction i -> invoke(i);
            case InvokeDynamicInstruction i -> call(i.typeSymbol());
            case NewObjectInstruction i ->
                    state.push(new Uninitialized(index, i.className().asSymbol()));
            case NewReferenceArrayInstruction i ->
                    replace(new Reference(i.componentType().asSymbol().arrayType()));
            case NewPrimitiveArrayInstruction i ->
                    replace(new Reference(i.typeKind().upperBound().arrayType()));
            case NewMultiArrayInstruction i -> {
                state.pop(i.dimensions());
                state.push(new Reference(i.arrayType().asSymbol()));
            }
            case ArrayLoadInstruction i -> loadElement(i);
            case ArrayStoreInstruction i -> state.pop(3);
            case TypeCheckInstruction i ->
                    replace(
                            i.opcode() == Opcode.CHECKCAST
                                    ? new Reference(i.type().asSymbol())
                                    : Simple.INT);
            case StackInstruction i -> shuffle(i.opcode());
            case BranchInstruction i -> state.pop(operands(i.opcode()));
            case TableSwitchInstruction i -> state.pop();
            case LookupSwitchInstruction i -> state.pop();
            case MonitorInstruction i -> state.pop();
            case ReturnInstruction i -> state.clearStack();
            case ThrowInstruction i -> state.clearStack();
            default -> throw new UnsupportedCode(instruction.opcode() + " is not supported");
        }
    }

    private void replace(Slot type) {
        state.pop();
        state.push(type);
    }

    private static Slot constant(ConstantInstruction i) {
        if (i.opcode() == Opcode.ACONST_NULL) return Simple.NULL;
        if (i.typeKind() != TypeKind.REFERENCE) return Types.slotOf(i.typeKind());
        ConstantDesc value = i.constantValue();
        return new Reference(
                switch (value) {
                    case String s -> CD_String;
                    case ClassDesc c -> CD_Class;
                    case MethodTypeDesc t -> CD_MethodType;
                    case MethodHandleDesc h -> CD_MethodHandle;
                    case DynamicConstantDesc<?> d -> d.constantType();
                    default -> CD_Object;
                });
    }

    private void operate(Opcode opcode) {
        String name = opcode.name();
        if (opcode == Opcode.ARRAYLENGTH) {
            replace(Simple.INT);
        } else if (!name.endsWith("NEG")) {
            state.pop();
            if (name.contains("CMP")) replace(Simple.INT);
        }
    }

    private void field(FieldInstruction i) {
        switch (i.opcode()) {
            case GETSTATIC -> state.push(i.typeSymbol());
            case PUTSTATIC -> state.pop();
            case GETFIELD -> {
                state.pop();
                state.push(i.typeSymbol());
            }
            default -> state.pop(2);
        }
    }

    private void invoke(InvokeInstruction i) {
        MethodTypeDesc type = i.typeSymbol();
        if (i.opcode() == Opcode.INVOKESTATIC) {
            call(type);
            return;
        }
        state.pop(type.parameterCount());
        Slot receiver = state.pop();
        if (receiver instanceof Uninitialized made && i.name().equalsString("<init>")) {
            state.initialized(made);
        }
        state.push(type.returnType());
    }

    private void call(MethodTypeDesc type) {
        state.pop(type.parameterCount());
        state.push(type.returnType());
    }

    private void loadElement(ArrayLoadInstruction i) {
        state.pop();
        Slot array = state.pop();
        if (i.typeKind() != TypeKind.REFERENCE) {
            state.push(Types.slotOf(i.typeKind()));
        } else if (array instanceof Reference r && r.type().isArray()) {
            state.push(new Reference(r.type().componentType()));
        } else {
            state.push(Simple.NULL);
        }
    }

    private void shuffle(Opcode opcode) {
        switch (opcode) {
            case POP -> state.dropSlots(1);
            case POP2 -> state.dropSlots(2);
            case DUP -> state.duplicate(1, 0);
            case DUP_X1 -> state.duplicate(1, 1);
            case DUP_X2 -> state.duplicate(1, 2);
            case DUP2 -> state.duplicate(2, 0);
            case DUP2_X1 -> state.duplicate(2, 1);
            case DUP2_X2 -> state.duplicate(2, 2);
            default -> {
                Slot top = state.pop();
                Slot below = state.pop();
                state.push(top);
                state.push(below);
            }
        }
    }

    private static int operands(Opcode opcode) {
        return switch (opcode) {
            case GOTO, GOTO_W -> 0;
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
            default -> 2;
        };
    }
}
