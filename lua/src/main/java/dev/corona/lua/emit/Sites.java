package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.util.Objects.requireNonNull;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.ir.Ir.Region;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The calls of one function at which it may suspend, and the code that leaves and enters it there. The protocol is that of
 * {@link dev.corona.woven.Strand}. Sites with nearly the same live variables form a group, which shares that code: one that
 * needs less clears the slots that it does not need before it is left.
 */
final class Sites {
    /** What the call leaves on the operand stack. */
    enum Result {
        OBJECT,
        BOOLEAN,
        /** An object to those that enter frames. */
        LONG
    }

    /** Where the variables of the function are: in slots while it runs. */
    interface Frames {
        ClassDesc self();

        int strandSlot();

        int frameSlot();

        /** A slot for the frame by its own type. */
        int typedFrameSlot();

        /** Slots for the arrays of a wide frame. */
        int longsSlot();

        int referencesSlot();

        /** The slot of the array of variable arguments; -1 if there is none. */
        int varArgsSlot();

        int slot(int register);

        Kind kind(int register);

        String name(int register);

        /** Whether the function can be entered where it was left, and not only be left. */
        boolean isEntered();

        /** Whether it returns a long. */
        boolean isExact();

        String sourceFile();

        String methodName();

        /** The name of a helper method of the same body. */
        String helper(String name);

        MethodTypeDesc bodyType();
    }

    /** A constant string of a class file may have 65535 bytes. */
    private static final int MAX_TABLE = 60_000;

    private final CodeBuilder b;
    private final Frames frames;
    private final List<Site> all = new ArrayList<>();
    private final List<SiteGroup> groups = new ArrayList<>();
    private final Map<Integer, Kind> kinds = new LinkedHashMap<>();
    private final Map<List<Region>, Label> failures = new LinkedHashMap<>();
    private final Label wayIn;
    private final @Nullable Sites model;

    /**
     * @param model the sites of the body whose frames this one leaves; null if frames can enter this one
     */
    Sites(CodeBuilder b, Frames frames, @Nullable Sites model) {
        this.b = b;
        this.frames = frames;
        this.model = model;
        wayIn = b.newLabel();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Jumps to where frames are entered. */
    void begin() {
        b.aload(frames.frameSlot()).ifnonnull(wayIn);
    }

    /**
     * Follows a call in resumable form.
     *
     * @param live the registers that are read after it
     * @param instruction the index of the instruction that it belongs to; -1 for the beginning of the function
     */
    void add(Result result, BitSet live, int line, int instruction, List<Region> regions) {
        Site site =
                new Site(
                        line,
                        instruction,
                        result,
                        List.copyOf(regions),
                        live,
                        b.newLabel(),
                        b.newLabel());
        for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
            site.slots.set(frames.slot(r));
            kinds.put(frames.slot(r), frames.kind(r));
        }
        all.add(site);
        b.aload(frames.strandSlot()).getfield(Names.STRAND, "pausing", CD_boolean).ifne(site.save);
        b.labelBinding(site.after);
    }

    /** Takes the numbers and groups of the sites of another body, which has all sites of this one, in the same order in each instruction. */
    private void adopt(Sites model) {
        Map<Integer, Deque<Site>> theirs = new HashMap<>();
        for (Site s : model.all)
            theirs.computeIfAbsent(s.instruction, i -> new ArrayDeque<>()).add(s);
        Map<Site, SiteGroup> groupOf = new HashMap<>();
        for (SiteGroup g : model.groups) for (Site s : g.sites) groupOf.put(s, g);
        Map<SiteGroup, SiteGroup> alike = new LinkedHashMap<>();
        for (Site site : all) {
            Site same = theirs.getOrDefault(site.instruction, new ArrayDeque<>()).poll();
            if (same == null) throw new AssertionError("no such site of " + site.instruction);
            site.number = same.number;
            alike.computeIfAbsent(requireNonNull(groupOf.get(same)), g -> g.alike(b))
                    .sites
                    .add(site);
        }
        groups.addAll(alike.values());
        model.kinds.forEach(kinds::putIfAbsent);
    }

    // ---- the fields of frames

    private FrameShape shape() {
        FrameShape shape = new FrameShape(0, 0);
        for (SiteGroup g : groups) shape = shape.or(shape(g));
        return shape;
    }

    private FrameShape shape(SiteGroup group) {
        int longs = 0;
        int references = fixed();
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            if (isNumber(s)) longs++;
            else references++;
        }
        return new FrameShape(longs, references);
    }

    /** How many references every frame holds first. */
    private int fixed() {
        return frames.varArgsSlot() < 0 ? 1 : 2;
    }

    private Kind kindOf(int slot) {
        return kinds.getOrDefault(slot, Kind.ANY);
    }

    private boolean isNumber(int slot) {
        return kindOf(slot).isNumber();
    }

    private final class Access {
        private final FrameShape shape;
        private final ClassDesc type;

        Access(FrameShape shape) {
            this.shape = shape;
            type = shape.type();
        }

        /** Loads the arrays of a wide frame, which is in its slot. */
        void open() {
            if (!shape.isWide()) return;
            b.aload(frames.typedFrameSlot()).getfield(type, "j", CD_long.arrayType());
            b.astore(frames.longsSlot());
            b.aload(frames.typedFrameSlot()).getfield(type, "a", CD_Object.arrayType());
            b.astore(frames.referencesSlot());
        }

        private void begin(boolean wide, int index) {
            if (shape.isWide()) {
                b.aload(wide ? frames.longsSlot() : frames.referencesSlot()).loadConstant(index);
            } else {
                b.aload(frames.typedFrameSlot());
            }
        }

        private void endStore(boolean wide, int index) {
            if (shape.isWide()) b.arrayStore(wide ? TypeKind.LONG : TypeKind.REFERENCE);
            else b.putfield(type, (wide ? "j" : "a") + index, wide ? CD_long : CD_Object);
        }

        private void endLoad(boolean wide, int index) {
            if (shape.isWide()) b.arrayLoad(wide ? TypeKind.LONG : TypeKind.REFERENCE);
            else b.getfield(type, (wide ? "j" : "a") + index, wide ? CD_long : CD_Object);
        }

        void storeReference(int index, int slot) {
            begin(false, index);
            b.aload(slot);
            endStore(false, index);
        }

        void clearFrom(int index) {
            for (int i = index; i < shape.references() && !shape.isWide(); i++) {
                begin(false, i);
                b.aconst_null();
                endStore(false, i);
            }
            if (!shape.isWide() || index >= shape.references()) return;
            b.aload(frames.referencesSlot()).loadConstant(index);
            b.invokestatic(
                    Names.TABLES,
                    "clear",
                    MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int));
        }

        void loadReference(int index, int slot, ClassDesc as) {
            begin(false, index);
            endLoad(false, index);
            if (!as.equals(CD_Object)) b.checkcast(as);
            b.astore(slot);
        }

        void storeNumber(int index, int slot) {
            begin(true, index);
            if (kindOf(slot) == Kind.INTEGER) b.lload(slot);
            else pushBits(b, slot);
            endStore(true, index);
        }

        void loadNumber(int index, int slot) {
            begin(true, index);
            endLoad(true, index);
            if (kindOf(slot) == Kind.INTEGER) {
                b.lstore(slot);
            } else {
                b.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long))
                        .dstore(slot);
            }
        }
    }

    // ---- the ways in and out

    /** Writes what all sites share; the last code of the function. */
    void finish(Regions regions) {
        if (all.isEmpty()) {
            if (frames.isEntered()) b.labelBinding(wayIn).aconst_null().areturn();
            return;
        }
        if (model != null) {
            adopt(model);
            for (SiteGroup g : groups) writeLeave(model, g);
            return;
        }
        groups.addAll(SiteGroup.of(b, all));
        Access access = new Access(shape());
        writeWayIn(access);
        for (SiteGroup g : groups) writeSave(access, g);
        failures.forEach((open, label) -> writeFailure(label, open, regions));
    }

    private void writeWayIn(Access access) {
        b.labelBinding(wayIn);
        b.aload(frames.frameSlot()).checkcast(access.type).astore(frames.typedFrameSlot());
        access.open();
        for (SiteGroup g : groups.subList(0, groups.size() - 1)) {
            b.aload(frames.typedFrameSlot()).getfield(Names.FRAME, "pc", CD_int);
            b.loadConstant(g.sites.getLast().number).if_icmple(g.restore);
        }
        for (SiteGroup g : groups.reversed()) writeRestore(access, g);
    }

    /** Says which code an exception is thrown in. */
    interface Regions {
        void cover(List<Region> open, Label start, Label end);
    }

    private void writeRestore(Access access, SiteGroup group) {
        b.labelBinding(group.restore);
        access.loadReference(0, 0, frames.self());
        if (frames.varArgsSlot() >= 0) access.loadReference(1, frames.varArgsSlot(), Names.OBJECTS);
        int references = fixed();
        int longs = 0;
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            if (isNumber(s)) access.loadNumber(longs++, s);
            else access.loadReference(references++, s, CD_Object);
        }
        b.aload(0).getfield(frames.self(), "state", Names.STATE);
        b.invokevirtual(Names.STATE, "entered", MethodTypeDesc.of(CD_void));
        b.aload(frames.strandSlot())
                .invokevirtual(Names.STRAND, "takeThrown", MethodTypeDesc.of(CD_Throwable));
        Site first = group.sites.getFirst();
        b.dup().ifnonnull(failures.computeIfAbsent(first.regions, r -> b.newLabel())).pop();
        b.aload(frames.strandSlot());
        if (first.result == Result.OBJECT) b.getfield(Names.STRAND, "ra", CD_Object);
        else b.getfield(Names.STRAND, "ri", CD_int);
        if (group.sites.size() == 1) {
            b.goto_(first.after);
            return;
        }
        b.aload(frames.typedFrameSlot()).getfield(Names.FRAME, "pc", CD_int);
        List<SwitchCase> cases = new ArrayList<>();
        for (Site s : group.sites) cases.add(SwitchCase.of(s.number, s.after));
        b.tableswitch(first.after, cases);
    }

    private void writeSave(Access access, SiteGroup group) {
        writeStubs(group);
        b.aload(frames.frameSlot())
                .invokestatic(
                        frames.self(),
                        frames.helper("frame"),
                        MethodTypeDesc.of(access.type, Names.FRAME))
                .dup()
                .astore(frames.typedFrameSlot());
        b.swap().putfield(Names.FRAME, "pc", CD_int);
        access.open();
        access.storeReference(0, 0);
        if (frames.varArgsSlot() >= 0) access.storeReference(1, frames.varArgsSlot());
        int references = fixed();
        int longs = 0;
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            if (isNumber(s)) access.storeNumber(longs++, s);
            else access.storeReference(references++, s);
        }
        access.clearFrom(references);
        b.aload(frames.strandSlot())
                .aload(frames.typedFrameSlot())
                .invokevirtual(Names.STRAND, "push", Names.PUSH);
        b.aconst_null().areturn();
    }

    /** The way out of a body that frames cannot enter, into a frame of one that they can. */
    private void writeLeave(Sites model, SiteGroup group) {
        writeStubs(group);
        FrameShape shape = model.shape();
        if (shape.isWide()) {
            writeLeaveWide(model, group, shape);
        } else {
            b.aload(0);
            if (frames.varArgsSlot() >= 0) b.aload(frames.varArgsSlot());
            forEach(group.slots, s -> pushKept(model, s));
            b.aload(frames.strandSlot());
            b.invokestatic(frames.self(), leaving(group), leavingType(model, group));
        }
        if (frames.isExact()) b.lconst_0().lreturn();
        else b.aconst_null().areturn();
    }

    private void writeLeaveWide(Sites model, SiteGroup group, FrameShape shape) {
        Access access = new Access(shape);
        b.aconst_null();
        pushNewFrame(shape);
        b.dup().astore(frames.typedFrameSlot()).swap().putfield(Names.FRAME, "pc", CD_int);
        access.open();
        access.storeReference(0, 0);
        if (frames.varArgsSlot() >= 0) access.storeReference(1, frames.varArgsSlot());
        int[] next = {0, fixed()};
        forEach(
                group.slots,
                s -> {
                    boolean number = model.isNumber(s);
                    access.begin(number, next[number ? 0 : 1]);
                    if (number && kindOf(s) == Kind.FLOAT) pushBits(b, s);
                    else pushKept(model, s);
                    access.endStore(number, next[number ? 0 : 1]++);
                });
        access.clearFrom(next[1]);
        b.aload(frames.strandSlot()).aload(frames.typedFrameSlot());
        b.invokevirtual(Names.STRAND, "push", Names.PUSH);
    }

    private void pushNewFrame(FrameShape shape) {
        b.invokestatic(
                frames.self(),
                frames.helper("frame"),
                MethodTypeDesc.of(shape.type(), Names.FRAME));
    }

    private static void pushBits(CodeBuilder b, int slot) {
        b.dload(slot)
                .invokestatic(
                        CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
    }

    /** Pushes a variable as the frames of the other body keep it. */
    private void pushKept(Sites model, int slot) {
        switch (kindOf(slot)) {
            case INTEGER -> b.lload(slot);
            case FLOAT -> b.dload(slot);
            default -> b.aload(slot);
        }
        if (!model.isNumber(slot)) FunctionEmitter.box(b, kindOf(slot));
    }

    private static void forEach(BitSet slots, IntConsumer action) {
        slots.stream().forEach(action);
    }

    private String leaving(SiteGroup group) {
        return frames.helper("leave") + groups.indexOf(group);
    }

    /** Site number, closure, extra arguments, variables and strand. */
    private MethodTypeDesc leavingType(Sites model, SiteGroup group) {
        List<ClassDesc> types = new ArrayList<>(List.of(CD_int, CD_Object));
        if (frames.varArgsSlot() >= 0) types.add(CD_Object);
        forEach(group.slots, s -> types.add(model.typeOf(s)));
        types.add(Names.STRAND);
        return MethodTypeDesc.of(CD_void, types);
    }

    private ClassDesc typeOf(int slot) {
        return switch (kindOf(slot)) {
            case INTEGER -> CD_long;
            case FLOAT -> CD_double;
            default -> CD_Object;
        };
    }

    /** The ways out of the sites, up to where they meet with the site's number on the stack. */
    private void writeStubs(SiteGroup group) {
        Clearing clearing = new Clearing(b, group, this::clear);
        for (Site s : group.sites) writeStub(s, clearing);
        clearing.write();
        b.labelBinding(group.save);
    }

    private void writeStub(Site site, Clearing clearing) {
        b.labelBinding(site.save);
        if (site.result == Result.LONG) b.pop2();
        else b.pop();
        b.loadConstant(site.number).goto_(clearing.of(site));
        Label end = b.newLabel();
        b.labelBinding(end);
        CodeMarks.site(b, site.save, end, site.number, site.instruction);
    }

    private void clear(int slot) {
        switch (kindOf(slot)) {
            case INTEGER -> b.lconst_0().lstore(slot);
            case FLOAT -> b.dconst_0().dstore(slot);
            default -> b.aconst_null().astore(slot);
        }
    }

    private void writeFailure(Label label, List<Region> open, Regions regions) {
        b.labelBinding(label);
        Label end = b.newLabel();
        b.athrow().labelBinding(end);
        regions.cover(open, label, end);
    }

    // ---- what belongs to the class

    /** The methods by which a body that frames cannot enter leaves frames behind. */
    void writeLeaving(ClassBuilder c) {
        Sites theirs = model;
        if (theirs == null || groups.isEmpty() || theirs.shape().isWide()) return;
        for (SiteGroup g : groups) {
            c.withMethodBody(
                    leaving(g),
                    leavingType(theirs, g),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                    m -> writeLeaving(m, theirs, g));
        }
    }

    private void writeLeaving(CodeBuilder m, Sites theirs, SiteGroup group) {
        MethodTypeDesc type = leavingType(theirs, group);
        FrameShape shape = theirs.shape();
        int strand = m.parameterSlot(type.parameterCount() - 1);
        int frame = strand + 1;
        m.aconst_null();
        m.invokestatic(
                frames.self(),
                frames.helper("frame"),
                MethodTypeDesc.of(shape.type(), Names.FRAME));
        m.dup().astore(frame).iload(0).putfield(Names.FRAME, "pc", CD_int);
        int longs = 0;
        int references = 0;
        for (int p = 1; p < type.parameterCount() - 1; p++) {
            int slot = m.parameterSlot(p);
            m.aload(frame);
            if (type.parameterType(p).equals(CD_Object)) {
                m.aload(slot).putfield(shape.type(), "a" + references++, CD_Object);
                continue;
            }
            if (type.parameterType(p).equals(CD_long)) m.lload(slot);
            else pushBits(m, slot);
            m.putfield(shape.type(), "j" + longs++, CD_long);
        }
        m.aload(strand).aload(frame).invokevirtual(Names.STRAND, "push", Names.PUSH).return_();
    }

    /** The method that makes a frame, if this call of the function has none yet. */
    void writeFrameMethod(CodeBuilder c) {
        FrameShape shape = shape();
        ClassDesc type = shape.type();
        Label have = c.newLabel();
        c.aload(0).ifnonnull(have);
        c.new_(type).dup();
        if (shape.isWide()) {
            c.iconst_0().loadConstant(shape.longs()).loadConstant(shape.references());
            c.invokespecial(type, "<init>", MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int));
        } else {
            c.invokespecial(type, "<init>", MethodTypeDesc.of(CD_void));
        }
        c.dup().invokestatic(frames.self(), frames.helper("code"), MethodTypeDesc.of(Names.CODE));
        c.putfield(Names.FRAME, "code", Names.CODE).areturn();
        c.labelBinding(have).aload(0).checkcast(type).areturn();
    }

    ClassDesc frameType() {
        return shape().type();
    }

    /** The constant that frames have as their code. */
    DynamicCallSiteDesc code() {
        DirectMethodHandleDesc link =
                MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        Names.CODE,
                        "link",
                        MethodTypeDesc.of(
                                CD_CallSite,
                                CD_MethodHandles_Lookup,
                                CD_String,
                                CD_MethodType,
                                CD_MethodHandle,
                                CD_String,
                                CD_String,
                                CD_String));
        DirectMethodHandleDesc entry =
                MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        frames.self(),
                        frames.helper("enter"),
                        MethodTypeDesc.of(CD_void, Names.FRAME, Names.STRAND));
        return DynamicCallSiteDesc.of(
                link,
                frames.methodName(),
                MethodTypeDesc.of(Names.CODE),
                entry,
                frames.bodyType().descriptorString(),
                frames.sourceFile(),
                table());
    }

    /** The description of the sites that {@code Code} reads. */
    private String table() {
        StringBuilder table = new StringBuilder();
        for (SiteGroup g : groups) {
            for (Site s : g.sites) {
                table.append(s.line);
                describe(table, g, s);
                table.append('\n');
            }
        }
        boolean fits = table.toString().getBytes(StandardCharsets.UTF_8).length < MAX_TABLE;
        return fits ? table.toString() : shortTable();
    }

    private void describe(StringBuilder table, SiteGroup group, Site site) {
        Map<Integer, String> fields = new LinkedHashMap<>();
        int references = fixed();
        int longs = 0;
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            fields.put(s, isNumber(s) ? "j" + longs++ : "a" + references++);
        }
        BitSet live = site.registers;
        for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
            Kind kind = frames.kind(r);
            String type =
                    kind == Kind.INTEGER ? "J" : kind == Kind.FLOAT ? "D" : "Ljava/lang/Object;";
            table.append('\t').append(frames.name(r)).append(' ').append(type);
            table.append(' ').append(fields.get(frames.slot(r)));
        }
    }

    /** Lines only, for functions of which the whole would not fit into a constant. */
    private String shortTable() {
        StringBuilder table = new StringBuilder();
        for (SiteGroup g : groups) for (Site s : g.sites) table.append(s.line).append('\n');
        return table.toString();
    }
}
