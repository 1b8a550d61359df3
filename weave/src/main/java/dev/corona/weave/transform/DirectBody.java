package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Slot.Simple;
import dev.corona.weave.analysis.Twins;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The form of a method that was never left: no test is behind its calls of others of this form, which throw when they are left.
 * What was on the operand stack at such a call is lost then, so it is copied before.
 *
 * <pre>
 *        ...                                  the code; at calls of other forms with a test
 *   save k: makeFrame(stack, variables, strand, k); throw Leaving
 * </pre>
 */
final class DirectBody extends BodyWriter {
    /** HotSpot compiles no longer methods. */
    private static final int MOST_BYTES = 8_000;

    private final FrameMakers makers;
    private final @Nullable BiConsumer<CodeBuilder, Label> check;

    /** By site what the entries of its operand stack are copied to; -1 for one that holds nothing. */
    private final Map<Site, int[]> copies = new HashMap<>();

    private final Map<Site, Range> ranges = new HashMap<>();

    /** The instruction that makes a call. */
    private record Range(Label start, Label end) {}

    /**
     * @param check as {@link #writeCheck} has it
     */
    DirectBody(BodyPlan plan, FrameMakers makers, @Nullable BiConsumer<CodeBuilder, Label> check) {
        super(plan, List.of(new Reference(Twins.WAY_OUT)));
        this.makers = makers;
        this.check = check;
    }

    /** Whether it is worth while: a compiler will look at it, and not an interface, whose fields cannot note what was left. */
    static boolean suits(BodyPlan plan) {
        if (plan.method.isInInterface()) return false;
        int bytes = ((CodeAttribute) plan.method.code()).codeLength();
        for (Site site : plan.sites.values()) {
            if (!FrameMakers.Maker.of(plan, site).isCallable()) return false;
            bytes += 12 + 4 * site.locals.size() + 12 * site.stack.size();
        }
        return bytes <= MOST_BYTES;
    }

    @Override
    int strandSlot() {
        return firstMoved;
    }

    /** The first handler of a call is that which knows what it means if the callee is left. */
    @Override
    void writeWayIn(CodeBuilder b) {
        Label start = writeCheck(b, check);
        if (start != null) bindStart(b, start);
        for (Site site : plan.sites.values()) {
            if (!site.direct) continue;
            Range call = new Range(b.newLabel(), b.newLabel());
            ranges.put(site, call);
            b.exceptionCatch(call.start(), call.end(), wayOut(site), Twins.LEAVING);
        }
    }

    @Override
    void writeSite(CodeBuilder b, Site site) {
        Range call = ranges.get(site);
        if (call == null) {
            super.writeSite(b, site);
            return;
        }
        copies.put(site, copyStack(b, site));
        b.aload(strandSlot()).labelBinding(call.start());
        Calls.writeDirect(b, site);
        b.labelBinding(call.end());
    }

    @Override
    void loadStrand(CodeBuilder b) {
        b.aload(strandSlot()).checkcast(Twins.STRAND);
    }

    /** Copies what lies below the receiver and the arguments. */
    private int[] copyStack(CodeBuilder b, Site site) {
        int[] slots = new int[site.rest.size()];
        int next = firstTemporary();
        for (int i = 0; i < slots.length; i++) {
            boolean holds = site.stack.get(i) != null;
            slots[i] = holds ? next : -1;
            if (holds) next += FrameAccess.kindOfSlot(site.rest.get(i)).slotSize();
        }
        if (next == firstTemporary()) return slots;
        List<TypeKind> above = above(site);
        int[] moved = new int[above.size()];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = next;
            next += above.get(i).slotSize();
        }
        for (int i = moved.length - 1; i >= 0; i--) b.storeLocal(above.get(i), moved[i]);
        for (int i = slots.length - 1; i >= 0; i--) {
            if (slots[i] < 0) b.pop();
            else b.storeLocal(FrameAccess.kindOfSlot(site.rest.get(i)), slots[i]);
        }
        load(b, site, slots);
        for (int i = 0; i < moved.length; i++) b.loadLocal(above.get(i), moved[i]);
        return slots;
    }

    /** The receiver and the arguments. */
    private static List<TypeKind> above(Site site) {
        List<TypeKind> kinds = new ArrayList<>();
        if (!site.isStatic()) kinds.add(TypeKind.REFERENCE);
        for (ClassDesc p : site.call.typeSymbol().parameterArray())
            kinds.add(TypeKind.from(p).asLoadable());
        return kinds;
    }

    private static void load(CodeBuilder b, Site site, int[] slots) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] < 0) b.aconst_null();
            else b.loadLocal(FrameAccess.kindOfSlot(site.rest.get(i)), slots[i]);
        }
    }

    // ---- the ways out

    @Override
    void writeWayOut(CodeBuilder b, Site site) {
        int[] slots = copies.get(site);
        if (slots == null) {
            super.writeWayOut(b, site);
            return;
        }
        b.labelBinding(wayOut(site));
        writeLine(b, site);
        List<Slot> stack = List.of(new Reference(Twins.LEAVING));
        maps.add(wayOut(site), localsWithCopies(site, slots), stack);
        load(b, site, slots);
        writeMaking(b, site, makers);
        dropNone(b);
        Label end = b.newLabel();
        b.labelBinding(end).athrow();
        guardMaking(b, site, end);
    }

    /** Of a call of another form. */
    @Override
    void writeLeaving(CodeBuilder b, Site site) {
        writeMaking(b, site, makers);
        dropNone(b);
        Label end = b.newLabel();
        b.labelBinding(end).getstatic(Twins.LEAVING, "THROWN", Twins.LEAVING).athrow();
        guardMaking(b, site, end);
    }

    private void dropNone(CodeBuilder b) {
        ClassDesc result = method.type().returnType();
        if (!result.equals(CD_void)) pop(b, TypeKind.from(result));
    }

    private List<Slot> localsWithCopies(Site site, int[] slots) {
        List<Slot> types = new ArrayList<>(locals(site.before));
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] < 0) continue;
            while (types.size() < slots[i]) types.add(Simple.TOP);
            Slot type = plan.settled(site.rest.get(i));
            types.add(type);
            if (FrameAccess.kindOfSlot(type).slotSize() == 2) types.add(Simple.SECOND);
        }
        return types;
    }
}
