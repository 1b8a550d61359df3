package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.analysis.Suspensions.Lambda;
import dev.corona.weave.analysis.Twins;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaMetafactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lambdas and method references of a woven class are made by Corona's own factory: it gives both forms to those whose code
 * can suspend, and all can be stored.
 */
final class LambdaLinks {
    private static final int FLAGS = 3;
    private static final String FACTORY = "lambda$%s$make";

    private LambdaLinks() {}

    /** Writes the instruction, changed if it makes a lambda. */
    static void write(CodeBuilder b, InvokeDynamicInstruction i, Suspensions suspensions) {
        if (changes(i)) b.invokedynamic(link(i, Suspensions.lambda(i).orElseThrow(), suspensions));
        else b.with(i);
    }

    /** Whether it makes a lambda that is not left to the JDK, as those that can be serialized are. */
    static boolean changes(InvokeDynamicInstruction i) {
        return Suspensions.lambda(i).isPresent() && !isSerializable(i);
    }

    /** Whether it makes a lambda that can suspend. */
    static boolean isResumable(InvokeDynamicInstruction i, Suspensions suspensions) {
        return changes(i) && Suspensions.lambda(i).filter(suspensions::isResumable).isPresent();
    }

    private static boolean isSerializable(InvokeDynamicInstruction i) {
        return i.bootstrapMethod().methodName().equals("altMetafactory")
                && i.bootstrapArgs().get(FLAGS) instanceof Integer flags
                && (flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0;
    }

    private static String factory(InvokeDynamicInstruction i) {
        return FACTORY.formatted(Listing.hash(Listing.describe(i)));
    }

    /** Adds for each lambda of the class the method that makes one from captured values. */
    static void addFactories(ClassBuilder b, ClassModel model, Suspensions suspensions) {
        Map<String, InvokeDynamicInstruction> all = new LinkedHashMap<>();
        for (MethodModel m : model.methods()) {
            m.code().stream()
                    .flatMap(CodeModel::elementStream)
                    .filter(e -> e instanceof InvokeDynamicInstruction i && changes(i))
                    .map(InvokeDynamicInstruction.class::cast)
                    .forEach(i -> all.putIfAbsent(factory(i), i));
        }
        all.forEach((name, i) -> addFactory(b, model, name, i, suspensions));
    }

    private static void addFactory(
            ClassBuilder b,
            ClassModel model,
            String name,
            InvokeDynamicInstruction i,
            Suspensions suspensions) {
        DirectMethodHandleDesc code = (DirectMethodHandleDesc) i.bootstrapArgs().get(1);
        b.withMethod(
                name,
                i.typeSymbol(),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                m ->
                        m.with(
                                        CodeConstant.fingerprint(
                                                code.methodName(),
                                                code.lookupDescriptor(),
                                                fingerprint(model, i, code),
                                                ""))
                                .withCode(c -> writeFactory(c, i, suspensions)));
    }

    private static void writeFactory(
            CodeBuilder b, InvokeDynamicInstruction i, Suspensions suspensions) {
        int slot = 0;
        for (ClassDesc captured : i.typeSymbol().parameterArray()) {
            TypeKind kind = TypeKind.from(captured);
            b.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
        write(b, i, suspensions);
        b.areturn();
    }

    /** Of the expression, and of its code where that is in the same class. */
    private static String fingerprint(
            ClassModel model, InvokeDynamicInstruction i, DirectMethodHandleDesc code) {
        Optional<MethodModel> own =
                model.methods().stream()
                        .filter(m -> m.code().isPresent() && isMeant(model, m, code))
                        .findFirst();
        String expression = Listing.describe(i);
        return own.map(m -> Listing.of(new MethodBody(model.thisClass().asSymbol(), m)))
                .map(l -> l.and(expression).hash())
                .orElseGet(() -> Listing.hash(expression));
    }

    private static boolean isMeant(ClassModel model, MethodModel m, DirectMethodHandleDesc code) {
        return model.thisClass().asSymbol().equals(code.owner())
                && m.methodName().equalsString(code.methodName())
                && m.methodType().equalsString(code.lookupDescriptor());
    }

    private static DynamicCallSiteDesc link(
            InvokeDynamicInstruction i, Lambda lambda, Suspensions suspensions) {
        List<ConstantDesc> arguments = new ArrayList<>();
        DirectMethodHandleDesc code = (DirectMethodHandleDesc) i.bootstrapArgs().get(1);
        arguments.add(factory(i));
        arguments.add(resumableForm(lambda, code, suspensions));
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

    private static ConstantDesc resumableForm(
            Lambda lambda, DirectMethodHandleDesc code, Suspensions suspensions) {
        if (!suspensions.isResumable(lambda)) return "";
        return suspensions.isLinked(lambda)
                ? code
                : twin(code, suspensions.takesFrame(lambda, isStatic(code)));
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
