package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.lua.analysis.Kind;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Writes loads and stores of the fields of a frame, which are those of two arrays if it is wide. */
final class FrameAccess {
    private final CodeBuilder b;
    private final Sites.Frames frames;
    private final FrameLayout layout;
    private final FrameShape shape;
    final ClassDesc type;

    /**
     * @param layout that of the body that is written
     * @param shape that of the frames
     */
    FrameAccess(CodeBuilder b, Sites.Frames frames, FrameLayout layout, FrameShape shape) {
        this.b = b;
        this.frames = frames;
        this.layout = layout;
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

    void begin(boolean wide, int index) {
        if (shape.isWide()) {
            b.aload(wide ? frames.longsSlot() : frames.referencesSlot()).loadConstant(index);
        } else {
            b.aload(frames.typedFrameSlot());
        }
    }

    void endStore(boolean wide, int index) {
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
                Names.TABLES, "clear", MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int));
    }

    void loadReference(int index, int slot, ClassDesc as) {
        begin(false, index);
        endLoad(false, index);
        if (!as.equals(CD_Object)) b.checkcast(as);
        b.astore(slot);
    }

    void storeNumber(int index, int slot) {
        begin(true, index);
        if (layout.kindOf(slot) == Kind.INTEGER) b.lload(slot);
        else pushBits(b, slot);
        endStore(true, index);
    }

    void loadNumber(int index, int slot) {
        begin(true, index);
        endLoad(true, index);
        if (layout.kindOf(slot) == Kind.INTEGER) {
            b.lstore(slot);
        } else {
            b.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long))
                    .dstore(slot);
        }
    }

    /** Pushes the bits of a float, as frames keep them. */
    static void pushBits(CodeBuilder b, int slot) {
        b.dload(slot)
                .invokestatic(
                        CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
    }
}
