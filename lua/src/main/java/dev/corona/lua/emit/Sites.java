package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_CallSite;
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

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.ir.Ir.Region;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of one function at which it may suspend, and the code that leaves and enters it there. The protocol is that of
 * {@link dev.corona.woven.Strand}; sites at which the same registers are live share that code.
 */
final class Sites {
    /** What the call leaves on the operand stack. */
    enum Result {
        OBJECT,
        BOOLEAN
    }

    /** One call. */
    private record Site(
            int number, int line, Result result, List<Region> regions, Label after, Label save) {}

    /** The sites with the same live registers, which are kept in the same fields. */
    private static final class Group {
        private final List<Site> sites = new ArrayList<>();
        private final BitSet live;
        private final Label restore;
        private final Label save;

        Group(BitSet live, Label restore, Label save) {
            this.live = live;
            this.restore = restore;
            this.save = save;
        }
    }

    private final CodeBuilder b;
    private final Frames frames;
    private final Map<BitSet, Group> groups = new LinkedHashMap<>();
    private final Map<List<Region>, Label> failures = new HashMap<>();
    private final Label wayIn;
    private final List<Site> all = new ArrayList<>();

    /** Where the variables of the function are: in slots while it runs. */
    interface Frames {
        ClassDesc self();

        int strandSlot();

        int frameSlot();

        /** A slot for the frame by its own type, and one for an int. */
        int typedFrameSlot();

        int numberSlot();

        /** The slot of the array of variable arguments; -1 if there is none. */
        int varArgsSlot();

        int slot(int register);

        Kind kind(int register);

        String name(int register);

        String sourceFile();

        String methodName();

        MethodTypeDesc bodyType();
    }

    Sites(CodeBuilder b, Frames frames) {
        this.b = b;
        this.frames = frames;
        wayIn = b.newLabel();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Jumps to where frames are entered, if there is one. */
    void begin() {
        b.aload(frames.frameSlot()).ifnonnull(wayIn);
    }

    /** Follows a call in resumable form. */
    void add(Result result, BitSet live, int line, List<Region> regions) {
        Group group =
                groups.computeIfAbsent(live, l -> new Group(l, b.newLabel(), b.newLabel()));
        Site site =
                new Site(all.size(), line, result, List.copyOf(regions), b.newLabel(), b.newLabel());
        all.add(site);
        group.sites.add(site);
        b.aload(frames.strandSlot()).getfield(Names.STRAND, "pausing", CD_boolean).ifne(site.save);
        b.labelBinding(site.after);
    }

    // ---- the fields of frames

    private FrameShape shape() {
        FrameShape shape = new FrameShape(0, 0);
        for (Group g : groups.values()) shape = shape.or(shape(g));
        return shape;
    }

    private FrameShape shape(Group group) {
        int longs = 0;
        int references = frames.varArgsSlot() < 0 ? 1 : 2;
        for (int r = group.live.nextSetBit(0); r >= 0; r = group.live.nextSetBit(r + 1)) {
            if (frames.kind(r).isNumber()) longs++;
            else references++;
        }
        return new FrameShape(longs, references);
    }

    private final class Access {
        private final FrameShape shape;
        private final ClassDesc type;

        Access(FrameShape shape) {
            this.shape = shape;
            type = shape.type();
        }

        private void begin(boolean wide, int index) {
            b.aload(frames.typedFrameSlot());
            if (!shape.isWide()) return;
            b.getfield(type, wide ? "j" : "a", (wide ? CD_long : CD_Object).arrayType());
            b.loadConstant(index);
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

        void clear(int index) {
            begin(false, index);
            b.aconst_null();
            endStore(false, index);
        }

        void loadReference(int index, int slot, ClassDesc as) {
            begin(false, index);
            endLoad(false, index);
            if (!as.equals(CD_Object)) b.checkcast(as);
            b.astore(slot);
        }

        void storeNumber(int index, int register) {
            begin(true, index);
            if (frames.kind(register) == Kind.INTEGER) {
                b.lload(frames.slot(register));
            } else {
                b.dload(frames.slot(register))
                        .invokestatic(
                                java.lang.constant.ConstantDescs.CD_Double,
                                "doubleToRawLongBits",
                                MethodTypeDesc.of(CD_long, CD_double));
            }
            endStore(true, index);
        }

        void loadNumber(int index, int register) {
            begin(true, index);
            endLoad(true, index);
            if (frames.kind(register) == Kind.INTEGER) {
                b.lstore(frames.slot(register));
            } else {
                b.invokestatic(
                                java.lang.constant.ConstantDescs.CD_Double,
                                "longBitsToDouble",
                                MethodTypeDesc.of(CD_double, CD_long))
                        .dstore(frames.slot(register));
            }
        }
    }

    // ---- the ways in and out

    /** Writes what all sites share; the last code of the function, but for handlers that it may jump to. */
    void finish(Regions regions) {
        Access access = new Access(shape());
        b.labelBinding(wayIn);
        b.aload(frames.frameSlot()).checkcast(access.type).astore(frames.typedFrameSlot());
        writeSwitch(new ArrayList<>(all), s -> groupOf(s).restore);
        for (Group g : groups.values()) {
            writeRestore(access, g);
            writeSave(access, g);
        }
        failures.forEach((open, label) -> writeFailure(label, open, regions));
    }

    /** Says which code an exception is thrown in. */
    interface Regions {
        void cover(List<Region> open, Label start, Label end);
    }

    private Group groupOf(Site site) {
        for (Group g : groups.values()) if (g.sites.contains(site)) return g;
        throw new AssertionError(site);
    }

    private void writeSwitch(List<Site> sites, java.util.function.Function<Site, Label> target) {
        if (sites.size() == 1) {
            b.goto_(target.apply(sites.getFirst()));
            return;
        }
        b.aload(frames.typedFrameSlot()).getfield(Names.FRAME, "pc", CD_int);
        List<SwitchCase> cases = new ArrayList<>();
        for (Site s : sites.subList(1, sites.size()))
            cases.add(SwitchCase.of(s.number, target.apply(s)));
        b.lookupswitch(target.apply(sites.getFirst()), cases);
    }

    private void writeRestore(Access access, Group group) {
        b.labelBinding(group.restore);
        access.loadReference(0, 0, frames.self());
        int references = 1;
        if (frames.varArgsSlot() >= 0)
            access.loadReference(references++, frames.varArgsSlot(), Names.OBJECTS);
        int longs = 0;
        for (int r = group.live.nextSetBit(0); r >= 0; r = group.live.nextSetBit(r + 1)) {
            if (frames.kind(r).isNumber()) access.loadNumber(longs++, r);
            else access.loadReference(references++, frames.slot(r), CD_Object);
        }
        b.aload(0).getfield(frames.self(), "state", Names.STATE);
        b.invokevirtual(Names.STATE, "entered", MethodTypeDesc.of(CD_void));
        Map<Site, Label> entries = new HashMap<>();
        for (Site s : group.sites) entries.put(s, b.newLabel());
        writeSwitch(group.sites, entries::get);
        for (Site s : group.sites) {
            b.labelBinding(entries.get(s));
            b.aload(frames.strandSlot())
                    .invokevirtual(
                            Names.STRAND, "takeThrown", MethodTypeDesc.of(CD_Throwable));
            b.dup().ifnonnull(failures.computeIfAbsent(s.regions, r -> b.newLabel())).pop();
            b.aload(frames.strandSlot());
            if (s.result == Result.OBJECT) b.getfield(Names.STRAND, "ra", CD_Object);
            else b.getfield(Names.STRAND, "ri", CD_int);
            b.goto_(s.after);
        }
    }

    private void writeSave(Access access, Group group) {
        for (Site s : group.sites) {
            b.labelBinding(s.save);
            b.pop().loadConstant(s.number).goto_(group.save);
        }
        b.labelBinding(group.save).istore(frames.numberSlot());
        b.aload(frames.frameSlot())
                .invokestatic(
                        frames.self(), "frame", MethodTypeDesc.of(access.type, Names.FRAME))
                .astore(frames.typedFrameSlot());
        access.storeReference(0, 0);
        int references = 1;
        if (frames.varArgsSlot() >= 0) access.storeReference(references++, frames.varArgsSlot());
        int longs = 0;
        for (int r = group.live.nextSetBit(0); r >= 0; r = group.live.nextSetBit(r + 1)) {
            if (frames.kind(r).isNumber()) access.storeNumber(longs++, r);
            else access.storeReference(references++, frames.slot(r));
        }
        for (int i = references; i < access.shape.references(); i++) access.clear(i);
        b.aload(frames.typedFrameSlot())
                .iload(frames.numberSlot())
                .putfield(Names.FRAME, "pc", CD_int);
        b.aload(frames.strandSlot())
                .aload(frames.typedFrameSlot())
                .invokevirtual(Names.STRAND, "push", Names.PUSH);
        b.aconst_null().areturn();
    }

    private void writeFailure(Label label, List<Region> open, Regions regions) {
        b.labelBinding(label);
        Label end = b.newLabel();
        b.athrow().labelBinding(end);
        regions.cover(open, label, end);
    }

    // ---- what belongs to the class

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
        c.dup().invokedynamic(code()).putfield(Names.FRAME, "code", Names.CODE).areturn();
        c.labelBinding(have).aload(0).checkcast(type).areturn();
    }

    ClassDesc frameType() {
        return shape().type();
    }

    private DynamicCallSiteDesc code() {
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
                        "enter",
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

    private String table() {
        StringBuilder table = new StringBuilder();
        for (Site s : all) {
            table.append(s.line);
            int references = frames.varArgsSlot() < 0 ? 1 : 2;
            int longs = 0;
            BitSet live = groupOf(s).live;
            for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
                Kind kind = frames.kind(r);
                String field = kind.isNumber() ? "j" + longs++ : "a" + references++;
                String type =
                        kind == Kind.INTEGER
                                ? "J"
                                : kind == Kind.FLOAT ? "D" : "Ljava/lang/Object;";
                table.append('\t').append(frames.name(r)).append(' ').append(type);
                table.append(' ').append(field);
            }
            table.append('\n');
        }
        return table.length() < 60000 ? table.toString() : shortTable();
    }

    /** Lines only, for functions of which the whole would not fit into a constant. */
    private String shortTable() {
        StringBuilder table = new StringBuilder();
        for (Site s : all) table.append(s.line).append('\n');
        return table.toString();
    }
}
