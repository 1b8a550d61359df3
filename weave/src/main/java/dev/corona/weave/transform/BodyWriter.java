package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Uninitialized;
import dev.corona.weave.analysis.State;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.analysis.Types;
import dev.corona.weave.analysis.UnsupportedCode;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.Attribute;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.CharacterRange;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Writes one of the resumable forms of a method: {@link CalledBody}, {@link FramedBody} and {@link DirectBody}. All are
 *
 * <pre>
 *        the way in
 *        the code as it was, except that
 *          a call that may suspend            is one of the callee's resumable form,
 *          if (strand.pausing) goto save k    followed by this
 *          ...
 *   save k: the way out of each site
 * </pre>
 */
abstract class BodyWriter {
    final BodyPlan plan;
    final MethodBody method;

    /** The first local variable of the original that is no parameter; from here on slots move up. */
    final int firstMoved;

    /** The parameters that the new method has and the original has not. */
    private final List<Slot> own;

    final StackMaps maps = new StackMaps(this::labelOfNew);
    private final Map<Integer, Label> labelsOfNew = new HashMap<>();
    private final Set<Label> settling = new HashSet<>();
    private final List<Label> ways = new ArrayList<>();
    private int temporaries;

    BodyWriter(BodyPlan plan, List<Slot> own) {
        this.plan = plan;
        this.own = own;
        method = plan.method;
        firstMoved = Types.parameterSlots(method.type()) + (method.isStatic() ? 0 : 1);
        temporaries = method.maxLocals() + own.size();
    }

    /** Where the way out of a site starts. */
    final Label wayOut(Site site) {
        return ways.get(site.number);
    }

    abstract void writeWayIn(CodeBuilder b);

    /** What follows a site's call and test. */
    void writeAfter(CodeBuilder b, Site site) {}

    /** Writes one of the ends of the original code, whose result lies on the stack. */
    void writeReturn(CodeBuilder b, ReturnInstruction end) {
        b.with(end);
    }

    /**
     * Stores what is kept at a site into a frame, hands that on and returns; the call's result has been dropped. What has no
     * stack or memory for that fails at the call: {@link #guardMaking}.
     */
    abstract void writeLeaving(CodeBuilder b, Site site);

    abstract int strandSlot();

    /** Pushes the strand for a callee that goes on if it is left. */
    void loadStrand(CodeBuilder b) {
        b.aload(strandSlot());
    }

    void write(CodeBuilder b) {
        for (int i = 0; i < plan.sites.size(); i++) ways.add(b.newLabel());
        for (Site site : plan.sites.values()) {
            handlers(site).filter(BodyWriter::settles).forEach(c -> settling.add(c.handler()));
        }
        findLabelsOfNew(b);
        writeWayIn(b);
        List<CodeElement> elements = method.elements();
        for (int index = 0; index < elements.size(); index++) write(b, index, elements.get(index));
        for (Site site : plan.sites.values()) writeWayOut(b, site);
        writeRest(b);
        if (!maps.isEmpty()) b.with(maps.table());
    }

    void writeRest(CodeBuilder b) {}

    /**
     * Writes what decides if this form is the one that is meant.
     *
     * @param check jumps to the label if it is; null if there is nothing to decide
     * @return the label, which is to be bound; null if there is no check
     */
    static @Nullable Label writeCheck(
            CodeBuilder b, @Nullable BiConsumer<CodeBuilder, Label> check) {
        if (check == null) return null;
        Label own = b.newLabel();
        check.accept(b, own);
        return own;
    }

    /** Marks where the original code begins, which is jumped to. */
    final void bindStart(CodeBuilder b, Label start) {
        b.labelBinding(start);
        if (!isMappedBeforeInstruction(0)) maps.add(start, parameters(), List.of());
    }

    /** The types of the local variables when the new method begins. */
    final List<Slot> parameters() {
        ClassDesc owner = method.isStatic() ? null : method.owner();
        List<Slot> types = Types.parameters(owner, method.type());
        types.addAll(own);
        return types;
    }

    // ---- the code in between

    private void write(CodeBuilder b, int index, CodeElement element) {
        switch (element) {
            case LabelTarget i -> writeLabel(b, i);
            case LoadInstruction i -> b.loadLocal(i.typeKind(), moved(i.slot()));
            case StoreInstruction i -> b.storeLocal(i.typeKind(), moved(i.slot()));
            case IncrementInstruction i -> b.iinc(moved(i.slot()), i.constant());
            case InvokeInstruction i -> writeInvoke(b, index, i);
            case InvokeDynamicInstruction i -> LambdaLinks.write(b, i, plan.suspensions);
            case NewObjectInstruction i -> writeNew(b, index, i);
            case ReturnInstruction i -> writeReturn(b, i);
            case LocalVariable v ->
                    b.with(
                            LocalVariable.of(
                                    moved(v.slot()),
                                    v.name(),
                                    v.type(),
                                    v.startScope(),
                                    v.endScope()));
            case LocalVariableType v ->
                    b.with(
                            LocalVariableType.of(
                                    moved(v.slot()),
                                    v.name(),
                                    v.signature(),
                                    v.startScope(),
                                    v.endScope()));
            case CharacterRange r -> {}
            case Attribute<?> a -> {}
            default -> b.with(element);
        }
    }

    final int moved(int slot) {
        return slot < firstMoved ? slot : slot + own.size();
    }

    private void writeLabel(CodeBuilder b, LabelTarget target) {
        b.with(target);
        State mapped = plan.simulation.mapped(target.label());
        if (mapped != null) maps.add(target.label(), locals(mapped), stack(mapped.stack()));
        if (settling.contains(target.label())) {
            b.aload(strandSlot()).invokevirtual(Twins.WAY_OUT, "settle", MTD_void);
        }
    }

    // ---- handlers

    /** Those that guard a site's call. */
    final Stream<ExceptionCatch> handlers(Site site) {
        return method.elements().stream()
                .filter(ExceptionCatch.class::isInstance)
                .map(ExceptionCatch.class::cast)
                .filter(c -> method.indexOf(c.tryStart()) < site.index)
                .filter(c -> site.index < method.indexOf(c.tryEnd()));
    }

    /** Whether a handler may be entered with an error of the JVM, which comes up where a method is being left too. */
    private static boolean settles(ExceptionCatch handler) {
        String type = handler.catchType().map(c -> c.asInternalName()).orElse("");
        return !(type.startsWith("java/") && type.endsWith("Exception"));
    }

    /** Puts what makes a site's frame, from its way out to {@code end}, under the handlers of its call. */
    final void guardMaking(CodeBuilder b, Site site, Label end) {
        handlers(site).filter(BodyWriter::settles).forEach(c -> guard(b, c, wayOut(site), end));
    }

    static void guard(CodeBuilder b, ExceptionCatch handler, Label start, Label end) {
        b.with(ExceptionCatch.of(handler.handler(), start, end, handler.catchType()));
    }

    private void writeInvoke(CodeBuilder b, int index, InvokeInstruction call) {
        Site site = plan.sites.get(index);
        BodyPlan.Late late = plan.late(index, call);
        if (site != null) writeSite(b, site);
        else if (Calls.isIteration(call)) Calls.writeIteration(b);
        else if (late != null) writeConstruction(b, call, late.before(), late.made());
        else b.with(call);
    }

    /** Writes a site's call, the test and what follows that. */
    void writeSite(CodeBuilder b, Site site) {
        loadStrand(b);
        Calls.write(b, site);
        b.aload(strandSlot()).getfield(Twins.WAY_OUT, "pausing", CD_boolean).ifne(wayOut(site));
        writeAfter(b, site);
    }

    /** Whether the class file has a stack map of its own for the next instruction from {@code index} on. */
    final boolean isMappedBeforeInstruction(int index) {
        for (int i = index; i < method.elements().size(); i++) {
            CodeElement element = method.elements().get(i);
            if (element instanceof Instruction) return false;
            if (element instanceof LabelTarget t && plan.simulation.mapped(t.label()) != null)
                return true;
        }
        return false;
    }

    final List<Slot> locals(State state) {
        List<Slot> types = new ArrayList<>();
        for (int i = 0; i < firstMoved; i++) types.add(plan.settled(state.local(i)));
        types.addAll(own);
        for (int i = firstMoved; i < state.localCount(); i++)
            types.add(plan.settled(state.local(i)));
        return types;
    }

    final List<Slot> stack(List<Slot> entries) {
        return entries.stream().map(plan::settled).toList();
    }

    // ---- objects whose constructors' arguments suspend

    private void findLabelsOfNew(CodeBuilder b) {
        for (State state : plan.constructions.values()) {
            for (Slot entry : state.stack()) {
                if (entry instanceof Uninitialized u)
                    labelsOfNew.computeIfAbsent(u.index(), i -> b.newLabel());
            }
        }
    }

    private Label labelOfNew(Uninitialized made) {
        Label label = labelsOfNew.get(made.index());
        if (label == null) throw new UnsupportedCode("an object that is never constructed");
        return label;
    }

    private void writeNew(CodeBuilder b, int index, NewObjectInstruction i) {
        Label label = labelsOfNew.get(index);
        if (label != null) b.labelBinding(label);
        b.with(i);
        if (plan.isDelayed(index)) b.pop().aconst_null();
    }

    private void writeConstruction(
            CodeBuilder b, InvokeInstruction call, State before, Uninitialized made) {
        List<ClassDesc> arguments = call.typeSymbol().parameterList();
        List<Slot> stack = before.stack();
        List<Slot> below = stack.subList(0, stack.size() - 1 - arguments.size());
        boolean used = !below.isEmpty() && below.getLast().equals(made);
        requireOrdinary(before, made, used ? below.subList(0, below.size() - 1) : below);
        int[] slots = new int[arguments.size()];
        for (int i = arguments.size() - 1; i >= 0; i--) {
            TypeKind kind = TypeKind.from(arguments.get(i));
            slots[i] = temporary(kind);
            b.storeLocal(kind, slots[i]);
        }
        b.pop();
        if (used) b.pop();
        b.new_(made.type());
        if (used) b.dup();
        for (int i = 0; i < slots.length; i++) {
            b.loadLocal(TypeKind.from(arguments.get(i)), slots[i]);
        }
        b.with(call);
    }

    private static void requireOrdinary(State before, Uninitialized made, List<Slot> others) {
        if (others.contains(made) || StackMaps.localsOf(before).contains(made)) {
            throw new UnsupportedCode(
                    "the arguments of new "
                            + made.type().displayName()
                            + " may suspend, and the unfinished object is kept in an unusual place");
        }
    }

    /** The first local variable of which nothing else knows. */
    final int firstTemporary() {
        return temporaries;
    }

    private int temporary(TypeKind kind) {
        int slot = temporaries;
        temporaries += kind.slotSize();
        return slot;
    }

    // ---- the ways out

    void writeWayOut(CodeBuilder b, Site site) {
        b.labelBinding(wayOut(site));
        writeLine(b, site);
        List<Slot> stack = new ArrayList<>(stack(site.rest));
        boolean hasResult = !site.result().equals(CD_void);
        if (hasResult) stack.add(Types.slotOf(site.result()));
        maps.add(wayOut(site), locals(site.before), stack);
        if (hasResult) pop(b, TypeKind.from(site.result()));
        writeLeaving(b, site);
    }

    /** Makes the frame of a site: what was on the operand stack is there. What a method returns that is left is, then. */
    final void writeMaking(CodeBuilder b, Site site, FrameMakers makers) {
        for (Site.Kept k : site.locals)
            b.loadLocal(FrameAccess.kindOfSlot(k.field().type()), moved(k.slot()));
        b.aload(strandSlot());
        if (!plan.hasOneSite()) b.loadConstant(site.number);
        makers.call(b, FrameMakers.Maker.of(plan, site));
    }

    /** What a debugger steps through at a site is all on the line of the call. */
    static void writeLine(CodeBuilder b, Site site) {
        if (site.line >= 0) b.lineNumber(site.line);
    }

    final void writeFirstLine(CodeBuilder b) {
        method.elements().stream()
                .filter(LineNumber.class::isInstance)
                .findFirst()
                .ifPresent(b::with);
    }

    /** Moves the entries of the operand stack into local variables of which nothing else knows. */
    final int[] spill(CodeBuilder b, Site site) {
        int[] slots = new int[site.rest.size()];
        int next = temporaries;
        for (int i = slots.length - 1; i >= 0; i--) {
            TypeKind kind = FrameAccess.kindOfSlot(site.rest.get(i));
            slots[i] = next;
            next += kind.slotSize();
            b.storeLocal(kind, slots[i]);
        }
        return slots;
    }

    /** The first local variable that is not in use when the operand stack has been moved. */
    final int firstFree(Site site) {
        int words = 0;
        for (Slot entry : site.rest) words += FrameAccess.kindOfSlot(entry).slotSize();
        return temporaries + words;
    }

    static void writePc(CodeBuilder b, int frameSlot, Site site) {
        b.aload(frameSlot).loadConstant(site.number).putfield(Twins.FRAME, "pc", CD_int);
    }

    static void pop(CodeBuilder b, TypeKind kind) {
        if (kind.slotSize() == 2) b.pop2();
        else b.pop();
    }
}
