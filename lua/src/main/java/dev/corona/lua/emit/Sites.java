package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.util.Objects.requireNonNull;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.ir.Ir.Region;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private final CodeBuilder b;
    private final Frames frames;
    private final List<Site> all = new ArrayList<>();
    private final FrameLayout layout;
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
        layout = new FrameLayout(frames);
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
            layout.know(r);
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
        for (SiteGroup g : model.layout.groups) for (Site s : g.sites) groupOf.put(s, g);
        Map<SiteGroup, SiteGroup> alike = new LinkedHashMap<>();
        for (Site site : all) {
            Site same = theirs.getOrDefault(site.instruction, new ArrayDeque<>()).poll();
            if (same == null) throw new AssertionError("no such site of " + site.instruction);
            site.number = same.number;
            alike.computeIfAbsent(requireNonNull(groupOf.get(same)), g -> g.alike(b))
                    .sites
                    .add(site);
        }
        layout.groups.addAll(alike.values());
        layout.knowAlso(model.layout);
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
            Leaving leaving = new Leaving(b, frames, layout, model.layout);
            for (SiteGroup g : layout.groups) {
                writeGuarded(
                        g,
                        regions,
                        () -> {
                            writeStubs(g);
                            leaving.write(g);
                        });
            }
            return;
        }
        layout.groups.addAll(SiteGroup.of(b, all));
        FrameAccess access = new FrameAccess(b, frames, layout, layout.shape());
        writeWayIn(access);
        for (SiteGroup g : layout.groups) writeGuarded(g, regions, () -> writeSave(access, g));
        failures.forEach((open, label) -> writeFailure(label, open, regions));
    }

    private void writeWayIn(FrameAccess access) {
        b.labelBinding(wayIn);
        b.aload(frames.frameSlot()).checkcast(access.type).astore(frames.typedFrameSlot());
        access.open();
        for (SiteGroup g : layout.groups.subList(0, layout.groups.size() - 1)) {
            b.aload(frames.typedFrameSlot()).getfield(Names.FRAME, "pc", CD_int);
            b.loadConstant(g.sites.getLast().number).if_icmple(g.restore);
        }
        for (SiteGroup g : layout.groups.reversed()) writeRestore(access, g);
    }

    /** Writes a way out, in which there may be no stack or memory left, under the handlers of its calls. */
    private void writeGuarded(SiteGroup group, Regions regions, Runnable code) {
        Label start = b.newLabel();
        Label end = b.newLabel();
        b.labelBinding(start);
        code.run();
        b.labelBinding(end);
        regions.cover(group.sites.getFirst().regions, start, end);
    }

    /** Says which code an exception is thrown in. */
    interface Regions {
        void cover(List<Region> open, Label start, Label end);
    }

    private void writeRestore(FrameAccess access, SiteGroup group) {
        b.labelBinding(group.restore);
        access.loadReference(0, 0, frames.self());
        if (frames.varArgsSlot() >= 0) access.loadReference(1, frames.varArgsSlot(), Names.OBJECTS);
        int references = layout.fixed();
        int longs = 0;
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            if (layout.isNumber(s)) access.loadNumber(longs++, s);
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

    private void writeSave(FrameAccess access, SiteGroup group) {
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
        int references = layout.fixed();
        int longs = 0;
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            if (layout.isNumber(s)) access.storeNumber(longs++, s);
            else access.storeReference(references++, s);
        }
        access.clearFrom(references);
        b.aload(frames.strandSlot())
                .aload(frames.typedFrameSlot())
                .invokevirtual(Names.STRAND, "push", Names.PUSH);
        b.aconst_null().areturn();
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
        switch (layout.kindOf(slot)) {
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
        if (model != null && !isEmpty())
            new Leaving(b, frames, layout, model.layout).writeMethods(c);
    }

    /** The method that makes a frame, if this call of the function has none yet. */
    void writeFrameMethod(CodeBuilder c) {
        FrameShape shape = layout.shape();
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
        return layout.shape().type();
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
                        Names.ENTRY);
        return DynamicCallSiteDesc.of(
                link,
                frames.methodName(),
                MethodTypeDesc.of(Names.CODE),
                entry,
                frames.bodyType().descriptorString(),
                frames.sourceFile(),
                layout.table());
    }
}
