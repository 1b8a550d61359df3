package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.Liveness;
import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Monitors;
import dev.corona.weave.analysis.Simulation;
import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Slot.Simple;
import dev.corona.weave.analysis.Slot.Uninitialized;
import dev.corona.weave.analysis.State;
import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.analysis.Suspensions.Call;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.analysis.Types;
import dev.corona.weave.analysis.UnsupportedCode;
import dev.corona.weave.transform.FrameAccess.Field;
import dev.corona.weave.transform.FrameAccess.Kind;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.Attribute;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
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
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the static method that holds the resumable code of one method.
 *
 * <pre>
 *        if (frame == null) goto start
 *        switch (frame.pc)                    way in: one case for each site
 *   k:     variables, stack = frame           those that are live; null or 0 for the others that have a type
 *          if ((thrown = strand.takeThrown()) != null) goto fail k
 *          push strand.r?; goto after k
 *   start: the code as it was, except that
 *          a call that may suspend            is one of the callee's resumable form,
 *          if (strand.pausing) goto save k    followed by this
 *   after k:
 *          ...
 *   save k: frame = new Frame if null; frame = variables, stack; frame.pc = k; strand.push(frame, the one entered); return 0
 *   fail k: athrow                            under the same handlers as the call
 * </pre>
 *
 * <p>An object whose constructor has not run cannot be kept in a frame. Where a site lies between {@code new} and the
 * constructor's call, the object is made just before that call, and null stands in its place until then. (The class is
 * still initialized where {@code new} stood.)
 */
final class BodyWriter {
    private static final MethodTypeDesc TAKE_THROWN = MethodTypeDesc.of(CD_Throwable);
    private static final MethodTypeDesc PUSH = MethodTypeDesc.of(CD_void, Twins.FRAME, Twins.FRAME);
    private static final MethodTypeDesc LINK_CODE = MethodTypeDesc.of(Twins.CODE);

    private final MethodBody method;
    private final Suspensions suspensions;
    private final Simulation simulation;
    private final CodeConstant codeConstant;

    /** The first local variable of the original that is no parameter; from here on slots move up by two. */
    private final int firstMoved;

    private final int strandSlot;
    private final int frameParameter;
    private final int frameSlot;
    private int temporaries;

    private final Map<Integer, Site> sites = new LinkedHashMap<>();

    /** The {@code new} instructions that are delayed, and for each constructor call the types before it. */
    private final Set<Integer> delayed = new HashSet<>();

    private final Map<Integer, State> constructions = new HashMap<>();
    private final Map<Integer, Label> labelsOfNew = new HashMap<>();

    /** The places in the new code that belong to a site: where it goes on, is left, and fails. */
    private record Places(Label after, Label save, Label fail) {}

    private final List<Places> places = new ArrayList<>();

    private Constants constants;
    private FrameAccess access;
    private Shape shape = new Shape(0, 0, 0);
    private StackMaps maps;
    private final String table;

    BodyWriter(MethodBody method, Suspensions suspensions, CodeConstant codeConstant) {
        this.method = method;
        this.suspensions = suspensions;
        this.codeConstant = codeConstant;
        simulation = new Simulation(method);
        firstMoved = Types.parameterSlots(method.type()) + (method.isStatic() ? 0 : 1);
        strandSlot = method.isStatic() ? firstMoved : firstMoved + 1;
        frameParameter = method.isStatic() ? firstMoved + 1 : firstMoved;
        frameSlot = method.maxLocals() + 2;
        temporaries = frameSlot + 1;
        List<Found> found = findCalls();
        BitSet kept = new BitSet();
        for (Found each : found) kept.or(each.live());
        constants = new Constants(method, kept);
        for (Found each : found) addSite(each);
        for (Site site : sites.values()) shape = shape.or(site.shape());
        access = new FrameAccess(shape, frameSlot);
        maps = new StackMaps(this::labelOfNew);
        table = table();
    }

    /** A call that will be a site. */
    private record Found(
            int index, InvokeInstruction call, Call form, int line, State before, BitSet live) {}

    private void addSite(Found found) {
        Site site =
                new Site(
                        sites.size(),
                        found.index(),
                        found.call(),
                        found.form(),
                        found.line(),
                        found.before(),
                        found.live(),
                        constants);
        requireNameable(site);
        sites.put(found.index(), site);
        delayUnfinished(site);
    }

    private List<Found> findCalls() {
        List<Found> found = new ArrayList<>();
        Liveness liveness = new Liveness(method);
        Monitors monitors = new Monitors(method);
        int[] line = {-1};
        int[] seen = {0};
        simulation.run(
                (index, instruction, state) -> {
                    for (; seen[0] < index; seen[0]++) {
                        if (method.elements().get(seen[0]) instanceof LineNumber l)
                            line[0] = l.line();
                    }
                    if (!(instruction instanceof InvokeInstruction call)) return;
                    if (call.name().equalsString("<init>")) {
                        constructions.put(index, Simulation.keep(state));
                        return;
                    }
                    Call form = suspensions.classify(call, method.owner(), method.model());
                    if (form == Call.PLAIN || monitors.isHeldAt(index)) return;
                    State before = Simulation.keep(state);
                    BitSet live = liveness.after(index);
                    found.add(new Found(index, call, form, line[0], before, live));
                });
        return found;
    }

    /** A frame keeps objects as such, so what comes out of it has to be cast. */
    private void requireNameable(Site site) {
        for (ClassDesc type : site.keptTypes()) {
            if (suspensions.canName(method.owner(), type)) continue;
            throw new UnsupportedCode(
                    "it keeps a value of %s.%s while it is suspended, a class that it has no access to"
                            .formatted(type.packageName(), type.displayName()));
        }
    }

    private void delayUnfinished(Site site) {
        for (Slot entry : site.rest) if (entry instanceof Uninitialized u) delayed.add(u.index());
        for (Slot local : StackMaps.localsOf(site.before)) {
            if (local instanceof Uninitialized u) delayed.add(u.index());
        }
    }

    /** The table that describes the sites at run time. */
    private String table() {
        StringBuilder text = new StringBuilder();
        for (Site site : sites.values()) text.append(site.describe(method)).append('\n');
        return text.toString();
    }

    boolean hasSites() {
        return !sites.isEmpty();
    }

    /** Writes the method that gives the constant which describes this one; {@code codeConstant} names it. */
    void writeAccessor(CodeBuilder b) {
        b.invokedynamic(codeConstant.callSite(LINK_CODE, table)).areturn();
    }

    /** A hash over the code, the sites and what is kept at each. */
    RuntimeVisibleAnnotationsAttribute fingerprint() {
        Listing listing = Listing.of(method);
        for (Site site : sites.values()) listing.and(site.identify());
        String frame = shape.type().displayName();
        return CodeConstant.fingerprint(
                method.name(),
                method.type().descriptorString(),
                listing.and(frame).hash(),
                frame.substring(frame.indexOf('$') + 1));
    }

    void write(CodeBuilder b) {
        for (int i = 0; i < sites.size(); i++) {
            places.add(new Places(b.newLabel(), b.newLabel(), b.newLabel()));
        }
        findLabelsOfNew(b);
        if (hasSites()) writeWayIn(b);
        List<CodeElement> elements = method.elements();
        for (int index = 0; index < elements.size(); index++) write(b, index, elements.get(index));
        for (Site site : sites.values()) writeSave(b, site);
        for (Site site : sites.values()) writeFail(b, site);
        if (!maps.isEmpty()) b.with(maps.table());
    }

    // ---- the way in

    private void writeWayIn(CodeBuilder b) {
        Label start = b.newLabel();
        method.elements().stream()
                .filter(LineNumber.class::isInstance)
                .findFirst()
                .ifPresent(b::with);
        b.aload(frameParameter).ifnull(start);
        b.aload(frameParameter).checkcast(access.frame()).astore(frameSlot);
        b.aload(frameParameter).getfield(Twins.FRAME, "pc", CD_int);
        List<SwitchCase> cases = new ArrayList<>();
        for (Site site : sites.values()) cases.add(SwitchCase.of(site.number, b.newLabel()));
        b.tableswitch(start, cases);
        List<Slot> entry = parameters();
        while (entry.size() < frameSlot) entry.add(Simple.TOP);
        entry.add(new Reference(access.frame()));
        for (Site site : sites.values()) {
            Label label = cases.get(site.number).target();
            b.labelBinding(label);
            writeLine(b, site);
            maps.add(label, entry, List.of());
            writeRestore(b, site);
        }
        b.labelBinding(start);
        if (!isMappedBeforeInstruction(0)) maps.add(start, parameters(), List.of());
    }

    /** The types of the local variables when the new method begins. */
    private List<Slot> parameters() {
        List<Slot> types = new ArrayList<>();
        if (!method.isStatic()) types.add(new Reference(method.owner()));
        for (ClassDesc parameter : method.type().parameterArray()) {
            types.add(Types.slotOf(parameter));
            if (TypeKind.from(parameter).slotSize() == 2) types.add(Simple.SECOND);
        }
        addOwn(types);
        return types;
    }

    private void addOwn(List<Slot> types) {
        Slot strand = new Reference(Twins.STRAND);
        Slot frame = new Reference(Twins.FRAME);
        types.addAll(method.isStatic() ? List.of(strand, frame) : List.of(frame, strand));
    }

    private void writeRestore(CodeBuilder b, Site site) {
        Map<Integer, Field> kept = new HashMap<>();
        for (Site.Kept k : site.locals) kept.put(k.slot(), k.field());
        for (int slot = 0; slot < site.before.localCount(); slot++) {
            Slot type = site.before.local(slot);
            if (type == Simple.TOP || type == Simple.SECOND) continue;
            Field field = kept.get(slot);
            if (field == null) zero(b, FrameAccess.kindOfSlot(type));
            else access.load(b, field);
            b.storeLocal(FrameAccess.kindOfSlot(type), moved(slot));
        }
        for (@Nullable Field field : site.stack) {
            if (field == null) b.aconst_null();
            else access.load(b, field);
        }
        b.aload(strandSlot).invokevirtual(Twins.STRAND, "takeThrown", TAKE_THROWN);
        b.dup().ifnonnull(places.get(site.number).fail()).pop();
        Results.load(b, strandSlot, site.result());
        b.goto_(places.get(site.number).after());
    }

    // ---- the code in between

    private void write(CodeBuilder b, int index, CodeElement element) {
        switch (element) {
            case LabelTarget i -> writeLabel(b, i);
            case LoadInstruction i -> b.loadLocal(i.typeKind(), moved(i.slot()));
            case StoreInstruction i -> b.storeLocal(i.typeKind(), moved(i.slot()));
            case IncrementInstruction i -> b.iinc(moved(i.slot()), i.constant());
            case InvokeInstruction i -> writeInvoke(b, index, i);
            case InvokeDynamicInstruction i -> LambdaLinks.write(b, i, suspensions);
            case NewObjectInstruction i -> writeNew(b, index, i);
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

    private int moved(int slot) {
        return slot < firstMoved ? slot : slot + 2;
    }

    private void writeLabel(CodeBuilder b, LabelTarget target) {
        b.with(target);
        State mapped = simulation.mapped(target.label());
        if (mapped != null) maps.add(target.label(), locals(mapped), stack(mapped.stack()));
    }

    private void writeInvoke(CodeBuilder b, int index, InvokeInstruction call) {
        Site site = sites.get(index);
        State construction = constructions.get(index);
        if (site != null) {
            writeSite(b, site);
        } else if (Calls.isIteration(call)) {
            Calls.writeIteration(b);
        } else if (construction != null
                && madeBy(construction, call) instanceof Uninitialized u
                && delayed.contains(u.index())) {
            writeConstruction(b, call, construction, u);
        } else {
            b.with(call);
        }
    }

    private void writeSite(CodeBuilder b, Site site) {
        Calls.write(b, site, strandSlot);
        b.aload(strandSlot)
                .getfield(Twins.STRAND, "pausing", CD_boolean)
                .ifne(places.get(site.number).save());
        b.labelBinding(places.get(site.number).after());
        if (isMappedBeforeInstruction(site.index + 1)) return;
        List<Slot> stack = new ArrayList<>(stack(site.rest));
        if (!site.result().equals(CD_void)) stack.add(Types.slotOf(site.result()));
        maps.add(places.get(site.number).after(), locals(site.before), stack);
    }

    /** Whether the class file has a stack map of its own for the next instruction from {@code index} on. */
    private boolean isMappedBeforeInstruction(int index) {
        for (int i = index; i < method.elements().size(); i++) {
            CodeElement element = method.elements().get(i);
            if (element instanceof Instruction) return false;
            if (element instanceof LabelTarget t && simulation.mapped(t.label()) != null)
                return true;
        }
        return false;
    }

    private List<Slot> locals(State state) {
        List<Slot> types = new ArrayList<>();
        for (int i = 0; i < firstMoved; i++) types.add(settled(state.local(i)));
        addOwn(types);
        for (int i = firstMoved; i < state.localCount(); i++) types.add(settled(state.local(i)));
        return types;
    }

    private List<Slot> stack(List<Slot> entries) {
        return entries.stream().map(this::settled).toList();
    }

    /** The type of a slot in the new method, where the objects of delayed {@code new}s are nulls of their class. */
    private Slot settled(Slot type) {
        return type instanceof Uninitialized u && delayed.contains(u.index())
                ? new Reference(u.type())
                : type;
    }

    // ---- objects whose constructors' arguments suspend

    private void findLabelsOfNew(CodeBuilder b) {
        for (State state : constructions.values()) {
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
        if (delayed.contains(index)) b.pop().aconst_null();
    }

    private static @Nullable Slot madeBy(State before, InvokeInstruction call) {
        List<Slot> stack = before.stack();
        return stack.get(stack.size() - 1 - call.typeSymbol().parameterCount());
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

    private int temporary(TypeKind kind) {
        int slot = temporaries;
        temporaries += kind.slotSize();
        return slot;
    }

    // ---- the ways out

    private void writeSave(CodeBuilder b, Site site) {
        Label entry = places.get(site.number).save();
        b.labelBinding(entry);
        writeLine(b, site);
        List<Slot> stack = new ArrayList<>(stack(site.rest));
        boolean hasResult = !site.result().equals(CD_void);
        if (hasResult) stack.add(Types.slotOf(site.result()));
        maps.add(entry, locals(site.before), stack);
        if (hasResult) pop(b, TypeKind.from(site.result()));
        int[] spilled = spill(b, site);
        writeFrame(b, site);
        for (Site.Kept k : site.locals) {
            if (!constants.has(k.slot())) access.store(b, k.field(), moved(k.slot()));
        }
        for (int i = 0; i < spilled.length; i++) {
            Field field = site.stack.get(i);
            if (field != null) access.store(b, field, spilled[i]);
        }
        site.freeReferences(shape).stream()
                .forEach(i -> access.clear(b, new Field(Kind.REFERENCE, i, Simple.NULL)));
        b.aload(frameSlot).loadConstant(site.number).putfield(Twins.FRAME, "pc", CD_int);
        b.aload(strandSlot).aload(frameSlot).aload(frameParameter);
        b.invokevirtual(Twins.STRAND, "push", PUSH);
        TypeKind result = TypeKind.from(method.type().returnType());
        if (result != TypeKind.VOID) zero(b, result);
        b.return_(result);
    }

    /** What a debugger steps through at a site is all on the line of the call. */
    private static void writeLine(CodeBuilder b, Site site) {
        if (site.line >= 0) b.lineNumber(site.line);
    }

    private int[] spill(CodeBuilder b, Site site) {
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

    /** Leaves the method's frame, a new one if this call has none yet, in its local variable. */
    private void writeFrame(CodeBuilder b, Site site) {
        Label have = b.newLabel();
        b.aload(frameParameter).dup().ifnonnull(have).pop();
        access.create(b);
        b.dup()
                .invokestatic(
                        method.owner(), codeConstant.accessor(), LINK_CODE, method.isInInterface());
        b.putfield(Twins.FRAME, "code", Twins.CODE);
        b.astore(frameSlot);
        for (Site.Kept k : site.locals) {
            if (constants.has(k.slot())) access.store(b, k.field(), moved(k.slot()));
        }
        b.aload(frameSlot);
        b.labelBinding(have);
        List<Slot> locals = locals(site.before);
        int next = temporaries;
        while (locals.size() < next) locals.add(Simple.TOP);
        for (int i = site.rest.size() - 1; i >= 0; i--) {
            Slot type = settled(site.rest.get(i));
            locals.add(type);
            if (type.isWide()) locals.add(Simple.SECOND);
        }
        maps.add(have, locals, List.of(new Reference(Twins.FRAME)));
        b.checkcast(access.frame()).astore(frameSlot);
    }

    private void writeFail(CodeBuilder b, Site site) {
        Label start = places.get(site.number).fail();
        Label end = b.newLabel();
        b.labelBinding(start);
        writeLine(b, site);
        List<Slot> stack = new ArrayList<>(stack(site.rest));
        stack.add(new Reference(CD_Throwable));
        maps.add(start, locals(site.before), stack);
        b.athrow().labelBinding(end);
        for (CodeElement element : method.elements()) {
            if (element instanceof ExceptionCatch c && guards(c, site)) {
                b.with(ExceptionCatch.of(c.handler(), start, end, c.catchType()));
            }
        }
    }

    private boolean guards(ExceptionCatch c, Site site) {
        return method.indexOf(c.tryStart()) < site.index && site.index < method.indexOf(c.tryEnd());
    }

    static void zero(CodeBuilder b, TypeKind kind) {
        switch (kind.asLoadable()) {
            case INT -> b.iconst_0();
            case LONG -> b.lconst_0();
            case FLOAT -> b.fconst_0();
            case DOUBLE -> b.dconst_0();
            default -> b.aconst_null();
        }
    }

    private static void pop(CodeBuilder b, TypeKind kind) {
        if (kind.slotSize() == 2) b.pop2();
        else b.pop();
    }

    @Override
    public String toString() {
        return method.name()
                + Arrays.toString(sites.values().stream().mapToInt(s -> s.line).toArray());
    }
}
