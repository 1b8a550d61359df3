package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;

import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.analysis.Suspensions.Lambda;
import dev.corona.weave.analysis.Twins;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lambdas and method references whose code can suspend are made by Corona's own factory, which gives them both forms. */
final class LambdaLinks {
    private LambdaLinks() {}

    /** Writes the instruction, changed if it makes such a lambda. */
    static void write(CodeBuilder b, InvokeDynamicInstruction i, Suspensions suspensions) {
        Optional<Lambda> lambda = Suspensions.lambda(i).filter(suspensions::isResumable);
        if (lambda.isEmpty()) b.with(i);
        else b.invokedynamic(link(i, lambda.get(), suspensions));
    }

    static boolean changes(InvokeDynamicInstruction i, Suspensions suspensions) {
        return Suspensions.lambda(i).filter(suspensions::isResumable).isPresent();
    }

    private static DynamicCallSiteDesc link(
            InvokeDynamicInstruction i, Lambda lambda, Suspensions suspensions) {
        List<ConstantDesc> arguments = new ArrayList<>();
        DirectMethodHandleDesc code = (DirectMethodHandleDesc) i.bootstrapArgs().get(1);
        arguments.add(
                suspensions.isLinked(lambda)
                        ? code
                        : twin(code, suspensions.takesFrame(lambda, isStatic(code))));
        arguments.addAll(i.bootstrapArgs());
        return DynamicCallSiteDesc.of(
                MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        Twins.LAMBDAS,
                        i.bootstrapMethod().methodName(),
                        MethodTypeDesc.of(
                                CD_CallSite,
                                CD_MethodHandles_Lookup,
                                CD_String,
                                CD_MethodType,
                                CD_Object.arrayType())),
                i.name().stringValue(),
                i.typeSymbol(),
                arguments.toArray(ConstantDesc[]::new));
    }

    private static boolean isStatic(DirectMethodHandleDesc code) {
        return code.kind() == DirectMethodHandleDesc.Kind.STATIC
                || code.kind() == DirectMethodHandleDesc.Kind.INTERFACE_STATIC;
    }

    private static DirectMethodHandleDesc twin(DirectMethodHandleDesc code, boolean takesFrame) {
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(code.lookupDescriptor());
        return MethodHandleDesc.ofMethod(
                code.kind(),
                code.owner(),
                code.methodName(),
                takesFrame ? Twins.ofStatic(type) : Twins.virtual(type));
    }
}
