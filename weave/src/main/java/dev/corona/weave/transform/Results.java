package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.Twins;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Code for results: what moves one between the operand stack and the strand, and what a method returns that is left. */
final class Results {
    private Results() {}

    /** Pushes the result that the strand carries. */
    static void load(CodeBuilder b, int strandSlot, ClassDesc type) {
        if (type.equals(CD_void)) return;
        b.aload(strandSlot).getfield(Twins.STRAND, field(type), fieldType(type));
        if (!type.isPrimitive() && !type.equals(CD_Object)) b.checkcast(type);
    }

    /** Stores the result on top of the stack into the strand, as it would be returned. */
    static void give(CodeBuilder b, int strandSlot, ClassDesc type) {
        switch (TypeKind.from(type)) {
            case VOID -> {
                return;
            }
            case BOOLEAN -> b.iconst_1().iand();
            case BYTE -> b.i2b();
            case CHAR -> b.i2c();
            case SHORT -> b.i2s();
            default -> {}
        }
        b.aload(strandSlot);
        if (TypeKind.from(type).slotSize() == 2) b.dup_x2().pop();
        else b.swap();
        b.putfield(Twins.STRAND, field(type), fieldType(type));
    }

    /** Returns from a method that is left: null, 0 or nothing. */
    static void returnNone(CodeBuilder b, MethodTypeDesc type) {
        TypeKind kind = TypeKind.from(type.returnType());
        if (kind != TypeKind.VOID) zero(b, kind);
        b.return_(kind);
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

    private static String field(ClassDesc type) {
        return switch (TypeKind.from(type).asLoadable()) {
            case INT -> "ri";
            case LONG -> "rj";
            case FLOAT -> "rf";
            case DOUBLE -> "rd";
            default -> "ra";
        };
    }

    private static ClassDesc fieldType(ClassDesc type) {
        return switch (TypeKind.from(type).asLoadable()) {
            case INT -> CD_int;
            case LONG -> CD_long;
            case FLOAT -> CD_float;
            case DOUBLE -> CD_double;
            default -> CD_Object;
        };
    }
}
