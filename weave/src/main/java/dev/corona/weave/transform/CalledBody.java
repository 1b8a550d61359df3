package dev.corona.weave.transform;

import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Twins;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The form of a method that is called. It is as small as can be, since compilers inline by size: another method makes the
 * frame.
 *
 * <pre>
 *        if (!left)                           of a method with a direct form: whether that was left
 *            try { return direct form } catch (Leaving) { left = true; return 0 }
 *        ...                                  the code
 *   save k: return makeFrame(stack, variables, strand, k)
 * </pre>
 */
final class CalledBody extends BodyWriter {
    private final FrameMakers makers;
    private final @Nullable BiConsumer<CodeBuilder, Label> check;
    private final @Nullable DirectForm direct;

    /**
     * @param check as {@link #writeCheck} has it
     * @param direct the form to be called as long as it was never left; null if there is none
     */
    CalledBody(
            BodyPlan plan,
            FrameMakers makers,
            @Nullable BiConsumer<CodeBuilder, Label> check,
            @Nullable DirectForm direct) {
        super(plan, own(plan));
        this.makers = makers;
        this.check = check;
        this.direct = direct;
    }

    private static List<Slot> own(BodyPlan plan) {
        Slot strand = new Reference(Twins.STRAND);
        return plan.method.isStatic()
                ? List.of(strand, new Reference(Twins.FRAME))
                : List.of(strand);
    }

    @Override
    int strandSlot() {
        return firstMoved;
    }

    @Override
    void writeWayIn(CodeBuilder b) {
        Label next = writeCheck(b, check);
        if (direct != null) {
            if (next != null) {
                b.labelBinding(next);
                maps.add(next, parameters(), List.of());
            }
            next = b.newLabel();
            writeDirectCall(b, direct, next);
        }
        if (next != null) bindStart(b, next);
    }

    private void writeDirectCall(CodeBuilder b, DirectForm form, Label other) {
        Label handler = b.newLabel();
        form.writeCall(b, handler, other);
        b.labelBinding(handler);
        maps.add(handler, parameters(), List.of(new Reference(Twins.LEAVING)));
        form.writeCaught(b);
    }

    @Override
    void writeLeaving(CodeBuilder b, Site site) {
        FrameMakers.Maker maker = FrameMakers.Maker.of(plan, site);
        if (!maker.isCallable()) {
            writeFrameHere(b, site, maker);
            return;
        }
        writeMaking(b, site, makers);
        Label end = b.newLabel();
        b.labelBinding(end).return_(TypeKind.from(method.type().returnType()));
        guardMaking(b, site, end);
    }

    /** For more variables than a method has parameters. */
    private void writeFrameHere(CodeBuilder b, Site site, FrameMakers.Maker maker) {
        int[] spilled = spill(b, site);
        int[] slots = new int[maker.fields().size()];
        int next = 0;
        for (int slot : spilled) slots[next++] = slot;
        for (Site.Kept k : site.locals) slots[next++] = moved(k.slot());
        maker.write(b, slots, strandSlot(), firstFree(site), c -> c.loadConstant(site.number));
        Label end = b.newLabel();
        b.labelBinding(end);
        guardMaking(b, site, end);
    }
}
