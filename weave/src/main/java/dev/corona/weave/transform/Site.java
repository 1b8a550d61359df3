package dev.corona.weave.transform;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Simple;
import dev.corona.weave.analysis.State;
import dev.corona.weave.analysis.Suspensions.Call;
import dev.corona.weave.transform.FrameAccess.Field;
import dev.corona.weave.transform.FrameAccess.Kind;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A call at which a method may suspend, and what is kept in the frame there. */
final class Site {
    /** A variable that is kept. */
    record Kept(int slot, Field field) {}

    final int number;
    final int index;
    final InvokeInstruction call;
    final Call form;

    /** Whether the callee has a direct form. */
    final boolean direct;

    final int line;

    /** The types before the call, with its receiver and arguments on the stack. */
    final State before;

    /** The operand stack below the receiver and arguments, the bottom first. */
    final List<Slot> rest;

    final List<Kept> locals = new ArrayList<>();

    /** For each entry of {@code rest} its field; null for one that holds nothing. */
    final List<@Nullable Field> stack = new ArrayList<>();

    /** For each kind, the number of the next free field. */
    private final int[] used;

    Site(
            int number,
            int index,
            InvokeInstruction call,
            Call form,
            boolean direct,
            int line,
            State before,
            BitSet live,
            Constants constants) {
        this.number = number;
        this.index = index;
        this.call = call;
        this.form = form;
        this.direct = direct;
        this.line = line;
        this.before = before;
        List<Slot> whole = before.stack();
        int taken = call.typeSymbol().parameterCount() + (isStatic() ? 0 : 1);
        rest = whole.subList(0, whole.size() - taken);
        used = constants.used();
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            Slot type = before.local(slot);
            Field field = constants.has(slot) ? constants.field(slot, type) : field(type);
            if (field != null) locals.add(new Kept(slot, field));
        }
        for (Slot entry : rest) stack.add(field(entry));
    }

    /** The classes of the references that are kept, as far as they are not only known to be objects. */
    List<ClassDesc> keptTypes() {
        List<@Nullable Field> fields = new ArrayList<>(stack);
        for (Kept kept : locals) fields.add(kept.field());
        List<ClassDesc> types = new ArrayList<>();
        for (Field field : fields) {
            if (field != null && field.type() instanceof Slot.Reference r) types.add(r.type());
        }
        return types;
    }

    boolean isStatic() {
        return call.opcode() == Opcode.INVOKESTATIC;
    }

    ClassDesc result() {
        return call.typeSymbol().returnType();
    }

    private @Nullable Field field(Slot type) {
        if (holdsNothing(type)) return null;
        Kind kind = FrameAccess.kindOf(type);
        return new Field(kind, used[kind.ordinal()]++, type);
    }

    static boolean holdsNothing(Slot type) {
        return type == Simple.NULL
                || type == Simple.TOP
                || type == Simple.SECOND
                || type instanceof Slot.Uninitialized;
    }

    /** The fields for references that hold nothing here. */
    BitSet freeReferences(Shape whole) {
        BitSet free = new BitSet();
        free.set(0, whole.references());
        for (Kept kept : locals) take(free, kept.field());
        for (@Nullable Field field : stack) if (field != null) take(free, field);
        return free;
    }

    private static void take(BitSet free, Field field) {
        if (field.kind() == Kind.REFERENCE) free.clear(field.number());
    }

    Shape shape() {
        return new Shape(used[0], used[1], used[2]);
    }

    /** The call, and what is kept where, whatever the variables are called. */
    String identify() {
        StringBuilder text = new StringBuilder("site ").append(number).append(' ').append(form);
        for (Kept kept : locals) {
            text.append(' ').append(kept.slot()).append(':').append(kept.field().name());
        }
        for (@Nullable Field field : stack)
            text.append(' ').append(field == null ? "-" : field.name());
        return text.toString();
    }

    /** The line of the table that describes it at run time. */
    String describe(MethodBody method) {
        StringBuilder text = new StringBuilder().append(line);
        for (Kept kept : locals) {
            LocalVariable variable = named(method, kept.slot());
            String name = variable == null ? "slot" + kept.slot() : variable.name().stringValue();
            String type = variable == null ? "?" : variable.type().stringValue();
            text.append('\t').append(name).append(' ').append(type).append(' ');
            text.append(kept.field().name());
        }
        return text.toString();
    }

    private @Nullable LocalVariable named(MethodBody method, int slot) {
        return method.variables().stream()
                .filter(v -> v.slot() == slot && covers(method, v.startScope(), v.endScope()))
                .findFirst()
                .orElse(null);
    }

    private boolean covers(MethodBody method, Label start, Label end) {
        return method.indexOf(start) <= index && index < method.indexOf(end);
    }
}
