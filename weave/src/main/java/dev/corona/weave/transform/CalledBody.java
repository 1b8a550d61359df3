package dev.corona.weave.transform;

import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.transform.FrameAccess.Field;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The form of a method that is called. It is as small as can be, since compilers inline by size: another method makes the
 * frame.
 *
 * <pre>
 *        ...                                  the code
 *   save k: return makeFrame(stack, variables, strand, k)
 * </pre>
 */
final class CalledBody extends BodyWriter {
    private final FrameMakers makers;
    private final @Nullable BiConsumer<CodeBuilder, Label> check;

    /**
     * @param check writes what decides if this form is the one that is meant, and jumps to the label if it is; null if there
     *     is nothing to decide
     */
    CalledBody(BodyPlan plan, FrameMakers makers, @Nullable BiConsumer<CodeBuilder, Label> check) {
        super(plan, own(plan));
        this.makers = makers;
        this.check = check;
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
        if (check == null) return;
        Label start = b.newLabel();
        check.accept(b, start);
        bindStart(b, start);
    }

    @Override
    void writeAfter(CodeBuilder b, Site site) {}

    @Override
    void writeLeaving(CodeBuilder b, Site site) {
        List<@Nullable Field> fields = new ArrayList<>(site.stack);
        for (Site.Kept k : site.locals) fields.add(k.field());
        FrameMakers.Maker maker = FrameMakers.Maker.of(plan, fields);
        if (!maker.isCallable()) {
            writeFrameHere(b, site, maker);
            return;
        }
        for (Site.Kept k : site.locals)
            b.loadLocal(FrameAccess.kindOfSlot(k.field().type()), moved(k.slot()));
        b.aload(strandSlot());
        if (!plan.hasOneSite()) b.loadConstant(site.number);
        makers.call(b, maker);
        b.return_(TypeKind.from(method.type().returnType()));
    }

    /** For more variables than a method has parameters. */
    private void writeFrameHere(CodeBuilder b, Site site, FrameMakers.Maker maker) {
        int[] spilled = spill(b, site);
        int[] slots = new int[maker.fields().size()];
        int next = 0;
        for (int slot : spilled) slots[next++] = slot;
        for (Site.Kept k : site.locals) slots[next++] = moved(k.slot());
        maker.write(b, slots, strandSlot(), firstFree(site), c -> c.loadConstant(site.number));
    }
}
