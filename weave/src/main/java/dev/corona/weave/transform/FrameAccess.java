package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Simple;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Code that stores variables into a frame of one shape, and loads them again. */
final class FrameAccess {
    /** The three kinds of fields. */
    enum Kind {
        INT("i", CD_int),
        LONG("j", CD_long),
        REFERENCE("a", CD_Object);

        private final String prefix;
        private final ClassDesc type;

        Kind(String prefix, ClassDesc type) {
            this.prefix = prefix;
            this.type = type;
        }
    }

    /** One variable's place in the frame. */
    record Field(Kind kind, int number, Slot type) {
        String name() {
            return kind.prefix + number;
        }

        /** The same place for a value of any class. */
        Field withoutClass() {
            return type instanceof Slot.Reference
                    ? new Field(kind, number, new Slot.Reference(CD_Object))
                    : this;
        }
    }

    private static final MethodTypeDesc WIDE_INIT =
            MethodTypeDesc.of(java.lang.constant.ConstantDescs.CD_void, CD_int, CD_int, CD_int);

    private final Shape shape;
    private final ClassDesc frame;

    /** The local variable of the new method that holds the frame by its own type. */
    private final int frameSlot;

    FrameAccess(Shape shape, int frameSlot) {
        this.shape = shape;
        this.frameSlot = frameSlot;
        frame = shape.type();
    }

    static Kind kindOf(Slot type) {
        if (type == Simple.INT || type == Simple.FLOAT) return Kind.INT;
        return type.isWide() ? Kind.LONG : Kind.REFERENCE;
    }

    ClassDesc frame() {
        return frame;
    }

    /** Leaves a new frame on the stack. */
    void create(CodeBuilder b) {
        b.new_(frame).dup();
        if (shape.isWide()) {
            b.loadConstant(shape.ints())
                    .loadConstant(shape.longs())
                    .loadConstant(shape.references());
            b.invokespecial(frame, INIT_NAME, WIDE_INIT);
        } else {
            b.invokespecial(frame, INIT_NAME, java.lang.constant.ConstantDescs.MTD_void);
        }
    }

    void store(CodeBuilder b, Field field, int slot) {
        begin(b, field);
        b.loadLocal(kindOfSlot(field.type()), slot);
        if (field.type() == Simple.FLOAT) {
            b.invokestatic(CD_Float, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float));
        } else if (field.type() == Simple.DOUBLE) {
            b.invokestatic(CD_Double, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
        }
        end(b, field);
    }

    /** Forgets the reference that the field holds. */
    void clear(CodeBuilder b, Field field) {
        begin(b, field);
        b.aconst_null();
        end(b, field);
    }

    private void begin(CodeBuilder b, Field field) {
        b.aload(frameSlot);
        if (shape.isWide()) {
            b.getfield(frame, field.kind().prefix, field.kind().type.arrayType());
            b.loadConstant(field.number());
        }
    }

    private void end(CodeBuilder b, Field field) {
        if (shape.isWide()) b.arrayStore(TypeKind.from(field.kind().type));
        else b.putfield(frame, field.name(), field.kind().type);
    }

    void load(CodeBuilder b, Field field) {
        begin(b, field);
        if (shape.isWide()) b.arrayLoad(TypeKind.from(field.kind().type));
        else b.getfield(frame, field.name(), field.kind().type);
        if (field.type() == Simple.FLOAT) {
            b.invokestatic(CD_Float, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
        } else if (field.type() == Simple.DOUBLE) {
            b.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
        } else if (field.type() instanceof Slot.Reference r && !r.type().equals(CD_Object)) {
            b.checkcast(r.type());
        }
    }

    static TypeKind kindOfSlot(Slot type) {
        if (!(type instanceof Simple simple)) return TypeKind.REFERENCE;
        return switch (simple) {
            case INT -> TypeKind.INT;
            case LONG -> TypeKind.LONG;
            case FLOAT -> TypeKind.FLOAT;
            case DOUBLE -> TypeKind.DOUBLE;
            default -> TypeKind.REFERENCE;
        };
    }
}
