package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.lua.analysis.Kind;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways out of a body that frames cannot enter, into frames of one that they can: by a method for each group of sites, which leaves
 * the body short, unless the frames are wide.
 */
final class Leaving {
    private final CodeBuilder b;
    private final Sites.Frames frames;
    private final FrameLayout own;
    private final FrameLayout theirs;

    /**
     * @param own the layout of the body that is left
     * @param theirs that of the body that frames enter
     */
    Leaving(CodeBuilder b, Sites.Frames frames, FrameLayout own, FrameLayout theirs) {
        this.b = b;
        this.frames = frames;
        this.own = own;
        this.theirs = theirs;
    }

    /** The way out of a body that frames cannot enter, into a frame of one that they can. */
    void write(SiteGroup group) {
        FrameShape shape = theirs.shape();
        if (shape.isWide()) {
            writeWide(group, shape);
        } else {
            b.aload(0);
            if (frames.varArgsSlot() >= 0) b.aload(frames.varArgsSlot());
            group.slots.stream().forEach(s -> pushKept(s));
            b.aload(frames.strandSlot());
            b.invokestatic(frames.self(), nameOf(group), typeOf(group));
        }
        if (frames.isExact()) b.lconst_0().lreturn();
        else b.aconst_null().areturn();
    }

    private void writeWide(SiteGroup group, FrameShape shape) {
        FrameAccess access = new FrameAccess(b, frames, own, shape);
        pushNewFrame(b, shape);
        b.dup().astore(frames.typedFrameSlot()).swap().putfield(Names.FRAME, "pc", CD_int);
        access.open();
        access.storeReference(0, 0);
        if (frames.varArgsSlot() >= 0) access.storeReference(1, frames.varArgsSlot());
        int[] next = {0, theirs.fixed()};
        group.slots.stream()
                .forEach(
                        s -> {
                            boolean number = theirs.isNumber(s);
                            access.begin(number, next[number ? 0 : 1]);
                            if (number && own.kindOf(s) == Kind.FLOAT) FrameAccess.pushBits(b, s);
                            else pushKept(s);
                            access.endStore(number, next[number ? 0 : 1]++);
                        });
        b.aload(frames.strandSlot()).aload(frames.typedFrameSlot());
        b.invokevirtual(Names.STRAND, "push", Names.PUSH);
    }

    private void pushNewFrame(CodeBuilder b, FrameShape shape) {
        b.aconst_null();
        b.invokestatic(
                frames.self(),
                frames.helper("frame"),
                MethodTypeDesc.of(shape.type(), Names.FRAME));
    }

    /** Pushes a variable as the frames of the other body keep it. */
    private void pushKept(int slot) {
        switch (own.kindOf(slot)) {
            case INTEGER -> b.lload(slot);
            case FLOAT -> b.dload(slot);
            default -> b.aload(slot);
        }
        if (!theirs.isNumber(slot)) FunctionEmitter.box(b, own.kindOf(slot));
    }

    private String nameOf(SiteGroup group) {
        return frames.helper("leave") + own.groups.indexOf(group);
    }

    /** Site number, closure, extra arguments, variables and strand. */
    private MethodTypeDesc typeOf(SiteGroup group) {
        List<ClassDesc> types = new ArrayList<>(List.of(CD_int, CD_Object));
        if (frames.varArgsSlot() >= 0) types.add(CD_Object);
        group.slots.stream().forEach(s -> types.add(theirs.typeOf(s)));
        types.add(Names.STRAND);
        return MethodTypeDesc.of(CD_void, types);
    }

    /** The methods by which a body that frames cannot enter leaves frames behind. */
    void writeMethods(ClassBuilder c) {
        if (theirs.shape().isWide()) return;
        for (SiteGroup g : own.groups) {
            c.withMethodBody(
                    nameOf(g),
                    typeOf(g),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                    m -> writeMethod(m, g));
        }
    }

    private void writeMethod(CodeBuilder m, SiteGroup group) {
        MethodTypeDesc type = typeOf(group);
        FrameShape shape = theirs.shape();
        int strand = m.parameterSlot(type.parameterCount() - 1);
        int frame = strand + 1;
        pushNewFrame(m, shape);
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
            else FrameAccess.pushBits(m, slot);
            m.putfield(shape.type(), "j" + longs++, CD_long);
        }
        m.aload(strand).aload(frame).invokevirtual(Names.STRAND, "push", Names.PUSH).return_();
    }
}
