package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.analysis.Types;
import dev.corona.weave.analysis.UnsupportedCode;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Adds the resumable forms to one class. Its own methods stay as they are, except that lambdas which can suspend are made by
 * Corona's factory.
 */
public final class ClassWeaver {
    /** A method that cannot have a resumable form, and why. */
    public record Refused(MethodModel method, String reason) {}

    /** What the forms of a method have of it. */
    private static final int KEPT =
            ClassFile.ACC_PUBLIC
                    | ClassFile.ACC_PROTECTED
                    | ClassFile.ACC_PRIVATE
                    | ClassFile.ACC_FINAL
                    | ClassFile.ACC_STATIC;

    private static final int HIDDEN =
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    /** Stack maps are written by hand, and a jump over 32 KB would need more of them: such a method is too large. */
    private static final ClassFile FILES =
            ClassFile.of(
                    ClassFile.StackMapsOption.DROP_STACK_MAPS,
                    ClassFile.ShortJumpsOption.FAIL_ON_SHORT_JUMPS);

    private final ClassModel model;
    private final ClassDesc self;
    private final Suspensions suspensions;
    private final String source;

    public ClassWeaver(ClassModel model, Suspensions suspensions) {
        this.model = model;
        this.suspensions = suspensions;
        self = model.thisClass().asSymbol();
        source =
                model.findAttribute(Attributes.sourceFile())
                        .map(a -> a.sourceFile().stringValue())
                        .orElse("");
    }

    /** Whether there is anything to add or change. */
    public boolean isNeeded() {
        return model.methods().stream()
                .anyMatch(
                        m ->
                                suspensions.isSuspending(model, m)
                                        || hasLambda(
                                                m, i -> LambdaLinks.isResumable(i, suspensions)));
    }

    private static boolean hasLambda(MethodModel m, Predicate<InvokeDynamicInstruction> wanted) {
        return m.code().stream()
                .flatMap(CodeModel::elementStream)
                .anyMatch(e -> e instanceof InvokeDynamicInstruction i && wanted.test(i));
    }

    /** The methods that turn out to have no resumable form when it is tried alone. */
    public List<Refused> refusals() {
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < model.methods().size(); i++) {
            MethodModel m = model.methods().get(i);
            if (!suspensions.isSuspending(model, m)) continue;
            int number = i;
            try {
                FILES.build(self, b -> addTwins(b, m, number, makers()));
            } catch (UnsupportedCode e) {
                refused.add(new Refused(m, e.reason()));
            } catch (IllegalArgumentException e) {
                refused.add(
                        new Refused(
                                m,
                                "its resumable form is too large (%s)".formatted(e.getMessage())));
            }
        }
        return refused;
    }

    /** The class file with the resumable forms. */
    public byte[] weave() {
        ClassTransform copy =
                (b, element) -> {
                    if (element instanceof MethodModel m && hasLambda(m, LambdaLinks::changes))
                        copyWithLambdas(b, m);
                    else b.with(element);
                };
        return FILES.transformClass(model, copy.andThen(ClassTransform.endHandler(this::addAll)));
    }

    private void copyWithLambdas(ClassBuilder b, MethodModel m) {
        b.transformMethod(
                m,
                (mb, element) -> {
                    if (element instanceof CodeModel code)
                        mb.withCode(cb -> copyWithLambdas(cb, code));
                    else mb.with(element);
                });
    }

    private void copyWithLambdas(CodeBuilder b, CodeModel code) {
        for (CodeElement element : code) {
            switch (element) {
                case StackMapTableAttribute maps -> {}
                case InvokeDynamicInstruction i -> LambdaLinks.write(b, i, suspensions);
                default -> b.with(element);
            }
        }
        code.findAttribute(Attributes.stackMapTable())
                .ifPresent(a -> b.with(StackMapTableAttribute.of(a.entries())));
    }

    private FrameMakers makers() {
        return new FrameMakers(self, isInterface());
    }

    private void addAll(ClassBuilder b) {
        FrameMakers makers = makers();
        for (int i = 0; i < model.methods().size(); i++) {
            MethodModel m = model.methods().get(i);
            if (suspensions.isSuspending(model, m)) addTwins(b, m, i, makers);
        }
        makers.addTo(b);
        LambdaLinks.addFactories(b, model, suspensions);
        SerialVersion version = new SerialVersion(model);
        if (suspensions.isSerializable(model) && version.isImplied()) version.addTo(b);
    }

    private void addTwins(ClassBuilder b, MethodModel m, int number, FrameMakers makers) {
        requireParameters(m);
        Forwarding forwarding = new Forwarding(model, m);
        if (m.code().isEmpty() || isPlainOnly(m)) {
            addTwin(b, m, forwarding::writeTwin);
            if (suspensions.hasDirectForm(model, m)) addDirect(b, m, forwarding::writeDirect);
            return;
        }
        String own = m.methodName().stringValue() + "$" + number;
        String entry = own + Twins.ENTRY;
        MethodBody method = new MethodBody(self, m);
        BodyPlan plan =
                new BodyPlan(
                        method,
                        suspensions,
                        new CodeConstant(method, entryHandle(entry), own + "$code", source));
        DirectForm direct =
                suspensions.hasDirectForm(model, m) ? new DirectForm(plan, forwarding, own) : null;
        DirectForm asked = direct != null && direct.isFaster() ? direct : null;
        addTwin(b, m, c -> new CalledBody(plan, makers, forwarding.checkOfTwin(), asked).write(c));
        if (asked != null) asked.addNote(b);
        if (direct != null) addDirect(b, m, c -> direct.write(c, makers));
        if (!plan.hasSites()) return;
        b.withMethodBody(
                method.name(), FramedBody.type(plan), HIDDEN, c -> new FramedBody(plan).write(c));
        b.withMethodBody(entry, Twins.entry(), HIDDEN, c -> writeEntry(c, plan));
        b.withMethod(
                own + "$code",
                MethodTypeDesc.of(Twins.CODE),
                HIDDEN,
                mb -> mb.with(plan.fingerprint()).withCode(plan::writeAccessor));
    }

    /** A synchronized method cannot suspend: its monitor would be given up. */
    private static boolean isPlainOnly(MethodModel m) {
        return m.flags().has(AccessFlag.SYNCHRONIZED);
    }

    private static void requireParameters(MethodModel m) {
        if (Types.parameterSlots(m.methodTypeSymbol()) > 250) {
            throw new UnsupportedCode(
                    "it has too many parameters to add those of a resumable form");
        }
    }

    private boolean isInterface() {
        return model.flags().has(AccessFlag.INTERFACE);
    }

    private static void addTwin(ClassBuilder b, MethodModel m, Consumer<CodeBuilder> code) {
        MethodTypeDesc type = m.methodTypeSymbol();
        boolean isStatic = m.flags().has(AccessFlag.STATIC);
        addForm(b, m, isStatic ? Twins.ofStatic(type) : Twins.virtual(type), code);
    }

    private static void addDirect(ClassBuilder b, MethodModel m, Consumer<CodeBuilder> code) {
        addForm(b, m, Twins.direct(m.methodTypeSymbol()), code);
    }

    /** A form of a method is as visible as that. */
    private static void addForm(
            ClassBuilder b, MethodModel m, MethodTypeDesc type, Consumer<CodeBuilder> code) {
        int flags = (m.flags().flagsMask() & KEPT) | ClassFile.ACC_SYNTHETIC;
        b.withMethodBody(m.methodName().stringValue(), type, flags, code);
    }

    // ---- the way in for frames

    private DirectMethodHandleDesc entryHandle(String entry) {
        return MethodHandleDesc.ofMethod(
                isInterface()
                        ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                        : DirectMethodHandleDesc.Kind.STATIC,
                self,
                entry,
                Twins.entry());
    }

    private static void writeEntry(CodeBuilder b, BodyPlan plan) {
        MethodBody method = plan.method;
        MethodTypeDesc type = method.type();
        if (!method.isStatic()) b.aconst_null();
        for (ClassDesc p : type.parameterArray()) Results.zero(b, TypeKind.from(p));
        if (method.isStatic()) b.aload(1).aload(0).checkcast(plan.frame());
        else b.aload(0).checkcast(plan.frame()).aload(1);
        b.aload(2);
        if (!type.returnType().equals(CD_void)) b.aconst_null();
        b.invokestatic(
                method.owner(), method.name(), FramedBody.type(plan), method.isInInterface());
        b.ireturn();
    }
}
