package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Slot.Simple;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.analysis.Types;
import dev.corona.weave.transform.FrameAccess.Field;
import dev.corona.weave.transform.FrameAccess.Kind;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of a method that goes on in a frame.
 *
 * <pre>
 *        switch (frame.pc)                    one case for each site; nothing if there is but one
 *   k:     variables, stack = frame           those that are live; null or 0 for the others that have a type
 *          if (thrown != null) goto fail k
 *          push strand.r?; goto after k
 *        ...                                  the code, with after k behind the test of each site; to return a result is to
 *                                             store it in strand.r? and return false
 *   save k: frame = variables, stack; frame.pc = k; return strand.leave(frame)
 *   fail k: throw thrown                      under the same handlers as the call
 * </pre>
 */
final class FramedBody extends BodyWriter {
    private static final MethodTypeDesc LEAVE = MethodTypeDesc.of(CD_boolean, Twins.FRAME);

    private final int strandSlot;
    private final int frameSlot;
    private final FrameAccess access;
    private final List<Label> after = new ArrayList<>();
    private final List<Label> fail = new ArrayList<>();

    FramedBody(BodyPlan plan) {
        super(plan, own(plan));
        strandSlot = method.isStatic() ? firstMoved : firstMoved + 1;
        frameSlot = method.isStatic() ? firstMoved + 1 : firstMoved;
        access = new FrameAccess(plan.shape, frameSlot);
    }

    private static List<Slot> own(BodyPlan plan) {
        Slot strand = new Reference(Twins.STRAND);
        Slot frame = new Reference(plan.frame());
        List<Slot> own = new ArrayList<>();
        own.add(plan.method.isStatic() ? strand : frame);
        own.add(plan.method.isStatic() ? frame : strand);
        own.add(new Reference(CD_Throwable));
        ClassDesc result = plan.method.type().returnType();
        if (!result.equals(CD_void)) own.add(new Reference(Twins.ofResult(result)));
        return own;
    }

    /** The type of the method that has this form. */
    static MethodTypeDesc type(BodyPlan plan) {
        MethodBody method = plan.method;
        return method.isStatic()
                ? Twins.framedStatic(method.type(), plan.frame())
                : Twins.framedInstance(method.owner(), method.type(), plan.frame());
    }

    @Override
    int strandSlot() {
        return strandSlot;
    }

    private int thrownSlot() {
        return firstMoved + 2;
    }

    // ---- the way in

    @Override
    void writeWayIn(CodeBuilder b) {
        Label start = b.newLabel();
        writeFirstLine(b);
        List<SwitchCase> cases = new ArrayList<>();
        for (Site site : plan.sites.values()) {
            cases.add(SwitchCase.of(site.number, b.newLabel()));
            after.add(b.newLabel());
            fail.add(b.newLabel());
        }
        if (!plan.hasOneSite()) {
            b.aload(frameSlot).getfield(Twins.FRAME, "pc", CD_int).tableswitch(start, cases);
        }
        for (Site site : plan.sites.values()) {
            Label label = cases.get(site.number).target();
            b.labelBinding(label);
            writeLine(b, site);
            maps.add(label, parameters(), List.of());
            writeRestore(b, site);
        }
        bindStart(b, start);
    }

    private void writeRestore(CodeBuilder b, Site site) {
        Map<Integer, Field> kept = new HashMap<>();
        for (Site.Kept k : site.locals) kept.put(k.slot(), k.field());
        for (int slot = 0; slot < site.before.localCount(); slot++) {
            Slot type = site.before.local(slot);
            if (type == Simple.TOP || type == Simple.SECOND) continue;
            Field field = kept.get(slot);
            if (field == null) Results.zero(b, FrameAccess.kindOfSlot(type));
            else access.load(b, field);
            b.storeLocal(FrameAccess.kindOfSlot(type), moved(slot));
        }
        for (@Nullable Field field : site.stack) {
            if (field == null) b.aconst_null();
            else access.load(b, field);
        }
        b.aload(thrownSlot()).ifnonnull(fail.get(site.number));
        Results.load(b, strandSlot, site.result());
        b.goto_(after.get(site.number));
    }

    @Override
    void writeAfter(CodeBuilder b, Site site) {
        Label label = after.get(site.number);
        b.labelBinding(label);
        if (isMappedBeforeInstruction(site.index + 1)) return;
        List<Slot> stack = new ArrayList<>(stack(site.rest));
        if (!site.result().equals(CD_void)) stack.add(Types.slotOf(site.result()));
        maps.add(label, locals(site.before), stack);
    }

    // ---- the ways out

    @Override
    void writeReturn(CodeBuilder b, ReturnInstruction end) {
        Results.give(b, strandSlot, method.type().returnType());
        b.iconst_0().ireturn();
    }

    @Override
    void writeLeaving(CodeBuilder b, Site site) {
        int[] spilled = spill(b, site);
        for (Site.Kept k : site.locals) {
            if (!plan.constants.has(k.slot())) access.store(b, k.field(), moved(k.slot()));
        }
        for (int i = 0; i < spilled.length; i++) {
            Field field = site.stack.get(i);
            if (field != null) access.store(b, field, spilled[i]);
        }
        site.freeReferences(plan.shape).stream()
                .forEach(i -> access.clear(b, new Field(Kind.REFERENCE, i, Simple.NULL)));
        if (!plan.hasOneSite()) writePc(b, frameSlot, site);
        b.aload(strandSlot).aload(frameSlot);
        b.invokevirtual(Twins.STRAND, "leave", LEAVE);
        Label end = b.newLabel();
        b.labelBinding(end).ireturn();
        guardMaking(b, site, end);
    }

    @Override
    void writeRest(CodeBuilder b) {
        for (Site site : plan.sites.values()) writeFail(b, site);
    }

    private void writeFail(CodeBuilder b, Site site) {
        Label start = fail.get(site.number);
        Label end = b.newLabel();
        b.labelBinding(start);
        writeLine(b, site);
        List<Slot> stack = new ArrayList<>(stack(site.rest));
        maps.add(start, locals(site.before), stack);
        b.aload(thrownSlot()).athrow().labelBinding(end);
        handlers(site).forEach(c -> guard(b, c, start, end));
    }
}
