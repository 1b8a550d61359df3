package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_boolean;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Twins;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * The direct form of a method with code: a {@link DirectBody}, or a call of the twin. Also what the called form knows of it: how to call
 * it, and where it is noted that it was left.
 *
 * @param noted the field
 */
record DirectForm(BodyPlan plan, MethodBody method, boolean hasBody, String noted) {
    static DirectForm of(BodyPlan plan, String name) {
        return new DirectForm(plan, plan.method, DirectBody.suits(plan), name + "$left");
    }

    /** Whether it has calls without a test; if not, only other direct forms call it. */
    boolean isFaster() {
        return hasBody && plan.callsDirectForms();
    }

    void write(CodeBuilder b, FrameMakers makers, Forwarding forwarding) {
        if (hasBody) new DirectBody(plan, makers, forwarding.checkOfDirect()).write(b);
        else forwarding.writeDirect(b);
    }

    /** Adds the field that notes it. */
    void addNote(ClassBuilder b) {
        b.withField(
                noted,
                CD_boolean,
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC);
    }

    /** Calls it and returns what it returns; goes to {@code handler} when it is left, and to {@code other} if it ever was. */
    void writeCall(CodeBuilder b, int strandSlot, Label handler, Label other) {
        b.getstatic(method.owner(), noted, CD_boolean).ifne(other);
        boolean isStatic = method.isStatic();
        if (!isStatic) b.aload(0);
        Results.loadArguments(b, method.type(), isStatic ? 0 : 1);
        b.aload(strandSlot);
        Label start = b.newBoundLabel();
        MethodTypeDesc type = Twins.direct(method.type());
        if (isStatic) b.invokestatic(method.owner(), method.name(), type);
        else b.invokespecial(method.owner(), method.name(), type);
        Label end = b.newBoundLabel();
        b.return_(TypeKind.from(method.type().returnType()));
        b.exceptionCatch(start, end, handler, Twins.LEAVING);
    }

    /** Notes that it was left, and returns; the exception is on the stack. */
    void writeCaught(CodeBuilder b) {
        b.pop().iconst_1().putstatic(method.owner(), noted, CD_boolean);
        Results.returnNone(b, method.type());
    }
}
