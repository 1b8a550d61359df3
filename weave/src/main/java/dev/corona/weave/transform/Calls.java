package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_String;

import dev.corona.weave.analysis.Suspensions.Call;
import dev.corona.weave.analysis.Twins;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;

/** The call of a method in its resumable form; receiver and arguments are on the stack. */
final class Calls {
    private static final DirectMethodHandleDesc LINK =
            MethodHandleDesc.ofMethod(
                    DirectMethodHandleDesc.Kind.STATIC,
                    Twins.LINKAGE,
                    "call",
                    MethodTypeDesc.of(
                            CD_CallSite,
                            CD_MethodHandles_Lookup,
                            CD_String,
                            CD_MethodType,
                            CD_MethodHandle));

    private static final ClassDesc ITERABLE = ClassDesc.of("java.lang.Iterable");
    private static final MethodTypeDesc ITERATION =
            MethodTypeDesc.of(ClassDesc.of("java.util.Iterator"));

    private Calls() {}

    /** Writes the call; the strand is on top. */
    static void write(CodeBuilder b, Site site) {
        if (site.form == Call.LINKED) {
            b.invokedynamic(linked(site.call));
            return;
        }
        InvokeInstruction call = site.call;
        ClassDesc owner = call.owner().asSymbol();
        String name = call.name().stringValue();
        MethodTypeDesc type = call.typeSymbol();
        if (site.form == Call.FRAMED) {
            b.aconst_null().invokevirtual(owner, name, Twins.ofStatic(type));
            return;
        }
        switch (call.opcode()) {
            case INVOKESTATIC ->
                    b.aconst_null()
                            .invokestatic(owner, name, Twins.ofStatic(type), call.isInterface());
            case INVOKESPECIAL ->
                    b.invokespecial(owner, name, Twins.virtual(type), call.isInterface());
            case INVOKEINTERFACE -> b.invokeinterface(owner, name, Twins.virtual(type));
            default -> b.invokevirtual(owner, name, Twins.virtual(type));
        }
    }

    /** Writes the call of a direct form; the strand is on top. */
    static void writeDirect(CodeBuilder b, Site site) {
        InvokeInstruction call = site.call;
        ClassDesc owner = call.owner().asSymbol();
        String name = call.name().stringValue();
        MethodTypeDesc type = Twins.direct(call.typeSymbol());
        switch (call.opcode()) {
            case INVOKESTATIC -> b.invokestatic(owner, name, type, call.isInterface());
            case INVOKESPECIAL -> b.invokespecial(owner, name, type);
            case INVOKEINTERFACE -> b.invokeinterface(owner, name, type);
            default -> b.invokevirtual(owner, name, type);
        }
    }

    /** Whether it asks a collection for an iterator, which the JDK makes so that it cannot be stored. */
    static boolean isIteration(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return call.name().equalsString("iterator")
                && call.opcode() != Opcode.INVOKESTATIC
                && call.opcode() != Opcode.INVOKESPECIAL
                && call.typeSymbol().equals(ITERATION)
                && (owner.equals("java/lang/Iterable") || isCollection(owner));
    }

    /** In these packages, whatever has iterators is iterable. */
    private static boolean isCollection(String name) {
        String where = name.substring(0, name.lastIndexOf('/') + 1);
        return where.equals("java/util/") || where.equals("java/util/concurrent/");
    }

    static void writeIteration(CodeBuilder b) {
        b.invokestatic(Twins.ITERATORS, "of", ITERATION.insertParameterTypes(0, ITERABLE));
    }

    private static DynamicCallSiteDesc linked(InvokeInstruction call) {
        ClassDesc owner = call.owner().asSymbol();
        MethodTypeDesc type = call.typeSymbol();
        DirectMethodHandleDesc.Kind kind =
                call.opcode() == Opcode.INVOKEINTERFACE
                        ? DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL
                        : DirectMethodHandleDesc.Kind.VIRTUAL;
        return DynamicCallSiteDesc.of(
                LINK,
                call.name().stringValue(),
                Twins.virtual(type).insertParameterTypes(0, owner),
                MethodHandleDesc.ofMethod(kind, owner, call.name().stringValue(), type));
    }
}
