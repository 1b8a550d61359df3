package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_boolean;

import dev.corona.weave.analysis.Twins;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * The direct form of a method with code: a {@link DirectBody}, or a call of the twin. Also what the called form knows of it: how to call
 * it, and where it is noted that it was left.
 */
final class DirectForm {
    private final BodyPlan plan;
    private final Forwarding forwarding;
    private final boolean hasBody;

    /** The field. */
    private final String noted;

    DirectForm(BodyPlan plan, Forwarding forwarding, String name) {
        this.plan = plan;
        this.forwarding = forwarding;
        hasBody = DirectBody.suits(plan);
        noted = name + Twins.LEFT;
    }

    /** Whether it has calls without a test; if not, only other direct forms call it. */
    boolean isFaster() {
        return hasBody && plan.callsDirectForms();
    }

    void write(CodeBuilder b, FrameMakers makers) {
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
    void writeCall(CodeBuilder b, Label handler, Label other) {
        b.getstatic(plan.method.owner(), noted, CD_boolean).ifne(other);
        forwarding.callDirect(b, handler);
    }

    /** Notes that it was left, and returns; the exception is on the stack. */
    void writeCaught(CodeBuilder b) {
        b.pop().iconst_1().putstatic(plan.method.owner(), noted, CD_boolean);
        Results.returnNone(b, plan.method.type());
    }
}
