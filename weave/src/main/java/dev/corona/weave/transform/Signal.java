package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Simple;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/**
 * How the result of a signalling form says that the method is being left, so that its caller need not ask the strand: by a value
 * that no ordinary result has. A compiler that inlines such a call sees that value or its absence; what the strand's flag is
 * after a call it cannot know.
 */
enum Signal {
    /** For void: true. */
    FLAG(CD_boolean),
    /** For what is never negative as an int, boolean and char: a negative int. */
    INT(CD_int),
    /** For all other ints: a negative long; an ordinary result is their bits. */
    LONG(CD_long);

    private static final long INT_BITS = 0xFFFF_FFFFL;

    private final ClassDesc type;

    Signal(ClassDesc type) {
        this.type = type;
    }

    /** That of methods with such a result; null if all values of it are ordinary. */
    static @Nullable Signal of(ClassDesc result) {
        return switch (TypeKind.from(result)) {
            case VOID -> FLAG;
            case BOOLEAN, CHAR -> INT;
            case BYTE, SHORT, INT -> LONG;
            default -> null;
        };
    }

    /** What the signalling form returns. */
    ClassDesc type() {
        return type;
    }

    /** Returns the ordinary result, which is on the stack. */
    void writeReturn(CodeBuilder b) {
        switch (this) {
            case FLAG -> b.iconst_0();
            case INT -> {}
            case LONG -> b.i2l().loadConstant(INT_BITS).land();
        }
        b.return_(TypeKind.from(type));
    }

    /** Returns that the method is being left. */
    void writeLeave(CodeBuilder b) {
        switch (this) {
            case FLAG -> b.iconst_1();
            case INT -> b.iconst_m1();
            case LONG -> b.loadConstant(-1L);
        }
        b.return_(TypeKind.from(type));
    }

    /** Follows the call: jumps, with what it returned on the stack, or leaves the ordinary result there. */
    void writeTest(CodeBuilder b, Label wayOut) {
        switch (this) {
            case FLAG -> b.ifne(wayOut);
            case INT -> b.dup().iflt(wayOut);
            case LONG -> b.dup2().lconst_0().lcmp().iflt(wayOut).l2i();
        }
    }

    /** What lies on the stack after the jump; null for nothing. */
    @Nullable Slot left() {
        return switch (this) {
            case FLAG -> null;
            case INT -> Simple.INT;
            case LONG -> Simple.LONG;
        };
    }
}
