package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
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
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Adds the resumable forms to one class. Its own methods stay as they are, except that lambdas which can suspend are made by
 * Corona's factory.
 */
public final class ClassWeaver {
    /** A method that cannot have a resumable form, and why. */
    public record Refused(MethodModel method, String reason) {}

    private static final int ACCESS =
            ClassFile.ACC_PUBLIC | ClassFile.ACC_PROTECTED | ClassFile.ACC_PRIVATE;

    private static final DirectMethodHandleDesc OVERRIDING =
            MethodHandleDesc.ofMethod(
                    DirectMethodHandleDesc.Kind.STATIC,
                    Twins.LINKAGE,
                    "overriding",
                    MethodTypeDesc.of(
                            CD_CallSite,
                            CD_MethodHandles_Lookup,
                            CD_String,
                            CD_MethodType,
                            CD_MethodType));

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
                FILES.build(self, b -> addTwins(b, m, number));
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

    private void addAll(ClassBuilder b) {
        for (int i = 0; i < model.methods().size(); i++) {
            MethodModel m = model.methods().get(i);
            if (suspensions.isSuspending(model, m)) addTwins(b, m, i);
        }
        LambdaLinks.addFactories(b, model, suspensions);
    }

    private void addTwins(ClassBuilder b, MethodModel m, int number) {
        boolean isStatic = m.flags().has(AccessFlag.STATIC);
        requireParameters(m);
        if (!isStatic) addVirtual(b, m);
        if (m.code().isEmpty()) return;
        if (isPlainOnly(m)) {
            if (isStatic) addStatic(b, m, c -> callPlain(c, m));
            return;
        }
        String own = m.methodName().stringValue() + "$" + number;
        String entry = own + "$resume";
        MethodBody method = new MethodBody(self, m);
        BodyWriter body =
                new BodyWriter(
                        method,
                        suspensions,
                        new CodeConstant(method, entryHandle(entry), own + "$code", source));
        addStatic(b, m, body::write);
        if (!body.hasSites()) return;
        addEntry(b, m, entry);
        b.withMethod(
                own + "$code",
                MethodTypeDesc.of(Twins.CODE),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                mb -> mb.with(body.fingerprint()).withCode(body::writeAccessor));
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

    private MethodTypeDesc bodyType(MethodModel m) {
        MethodTypeDesc type = m.methodTypeSymbol();
        return m.flags().has(AccessFlag.STATIC)
                ? Twins.ofStatic(type)
                : Twins.ofInstance(self, type);
    }

    private void addStatic(
            ClassBuilder b, MethodModel m, java.util.function.Consumer<CodeBuilder> code) {
        int access =
                m.flags().has(AccessFlag.STATIC)
                        ? m.flags().flagsMask() & ACCESS
                        : ClassFile.ACC_PRIVATE;
        b.withMethodBody(
                m.methodName().stringValue(),
                bodyType(m),
                access | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                code);
    }

    // ---- the twin of an instance method

    private void addVirtual(ClassBuilder b, MethodModel m) {
        int flags =
                (m.flags().flagsMask() & (ACCESS | ClassFile.ACC_FINAL)) | ClassFile.ACC_SYNTHETIC;
        b.withMethodBody(
                m.methodName().stringValue(),
                Twins.virtual(m.methodTypeSymbol()),
                flags,
                c -> writeVirtual(c, m));
    }

    private void writeVirtual(CodeBuilder b, MethodModel m) {
        if (m.code().isEmpty() || isPlainOnly(m)) {
            callPlain(b, m);
            return;
        }
        if (isOverridable(m)) writeOverrideCheck(b, m);
        b.aload(0);
        int slot = loadArguments(b, m, 1);
        b.aconst_null().aload(slot);
        b.invokestatic(self, m.methodName().stringValue(), bodyType(m), isInterface());
        b.return_(TypeKind.from(m.methodTypeSymbol().returnType()));
    }

    private boolean isOverridable(MethodModel m) {
        return !model.flags().has(AccessFlag.FINAL)
                && !m.flags().has(AccessFlag.FINAL)
                && !m.flags().has(AccessFlag.PRIVATE);
    }

    /** A subclass that is not woven may override the plain method alone: then that one is meant. */
    private void writeOverrideCheck(CodeBuilder b, MethodModel m) {
        Label own = b.newLabel();
        b.aload(0).invokevirtual(CD_Object, "getClass", MethodTypeDesc.of(CD_Class));
        b.loadConstant(self).if_acmpeq(own);
        b.aload(0)
                .invokedynamic(
                        DynamicCallSiteDesc.of(
                                OVERRIDING,
                                m.methodName().stringValue(),
                                MethodTypeDesc.of(CD_boolean, CD_Object),
                                m.methodTypeSymbol()))
                .ifeq(own);
        callPlain(b, m);
        b.labelBinding(own);
        List<Slot> locals = new ArrayList<>();
        locals.add(new Reference(self));
        for (ClassDesc p : m.methodTypeSymbol().parameterArray()) {
            locals.add(Types.slotOf(p));
            if (TypeKind.from(p).slotSize() == 2) locals.add(Slot.Simple.SECOND);
        }
        locals.add(new Reference(Twins.STRAND));
        StackMaps maps = new StackMaps(u -> own);
        maps.add(own, locals, List.of());
        b.with(maps.table());
    }

    private void callPlain(CodeBuilder b, MethodModel m) {
        String name = m.methodName().stringValue();
        MethodTypeDesc type = m.methodTypeSymbol();
        if (m.flags().has(AccessFlag.STATIC)) {
            loadArguments(b, m, 0);
            b.invokestatic(self, name, type, isInterface());
        } else {
            b.aload(0);
            loadArguments(b, m, 1);
            if (isInterface()) b.invokeinterface(self, name, type);
            else if (m.flags().has(AccessFlag.PRIVATE)) b.invokespecial(self, name, type);
            else b.invokevirtual(self, name, type);
        }
        b.return_(TypeKind.from(type.returnType()));
    }

    private static int loadArguments(CodeBuilder b, MethodModel m, int first) {
        int slot = first;
        for (ClassDesc p : m.methodTypeSymbol().parameterArray()) {
            TypeKind kind = TypeKind.from(p);
            b.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
        return slot;
    }

    // ---- the way in for frames

    private DirectMethodHandleDesc entryHandle(String entry) {
        return MethodHandleDesc.ofMethod(
                isInterface()
                        ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                        : DirectMethodHandleDesc.Kind.STATIC,
                self,
                entry,
                MethodTypeDesc.of(CD_void, Twins.FRAME, Twins.STRAND));
    }

    private void addEntry(ClassBuilder b, MethodModel m, String name) {
        b.withMethodBody(
                name,
                MethodTypeDesc.of(CD_void, Twins.FRAME, Twins.STRAND),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                c -> writeEntry(c, m));
    }

    private void writeEntry(CodeBuilder b, MethodModel m) {
        MethodTypeDesc type = m.methodTypeSymbol();
        boolean isStatic = m.flags().has(AccessFlag.STATIC);
        boolean hasResult = !type.returnType().equals(CD_void);
        if (hasResult) b.aload(1);
        if (!isStatic) b.aconst_null();
        for (ClassDesc p : type.parameterArray()) BodyWriter.zero(b, TypeKind.from(p));
        if (isStatic) b.aload(1).aload(0);
        else b.aload(0).aload(1);
        b.invokestatic(self, m.methodName().stringValue(), bodyType(m), isInterface());
        Results.store(b, type.returnType());
        b.return_();
    }
}
