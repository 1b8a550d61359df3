package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Reference;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.analysis.Types;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * How one form of a method calls another of the same method and returns what that returns: where it has no code of its own,
 * and where a subclass overrides the other form alone, so that the code at hand is not what is meant.
 */
final class Forwarding {
    private static final DirectMethodHandleDesc OVERRIDING = question("overriding");
    private static final DirectMethodHandleDesc OVERRIDING_DIRECT = question("overridingDirect");
    private static final MethodTypeDesc IF_PAUSING = MethodTypeDesc.of(CD_void, Twins.WAY_OUT);

    private final ClassModel model;
    private final ClassDesc self;
    private final MethodModel method;
    private final String name;
    private final MethodTypeDesc type;
    private final boolean isStatic;
    private final boolean isInInterface;

    Forwarding(ClassModel model, MethodModel method) {
        this.model = model;
        this.method = method;
        self = model.thisClass().asSymbol();
        name = method.methodName().stringValue();
        type = method.methodTypeSymbol();
        isStatic = method.flags().has(AccessFlag.STATIC);
        isInInterface = model.flags().has(AccessFlag.INTERFACE);
    }

    private static DirectMethodHandleDesc question(String bootstrap) {
        return MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC,
                Twins.LINKAGE,
                bootstrap,
                MethodTypeDesc.of(
                        CD_CallSite,
                        CD_MethodHandles_Lookup,
                        CD_String,
                        CD_MethodType,
                        CD_MethodType));
    }

    // ---- whether the code at hand is meant

    /**
     * What a twin begins with: a subclass that is not woven may override the plain method alone, which is called then. Goes on at
     * the label otherwise; null if nothing can override the method.
     */
    @Nullable BiConsumer<CodeBuilder, Label> checkOfTwin() {
        return check(OVERRIDING, b -> callPlain(b, false));
    }

    /** {@link #checkOfTwin} of a direct form: a subclass may override the method without one. */
    @Nullable BiConsumer<CodeBuilder, Label> checkOfDirect() {
        return check(OVERRIDING_DIRECT, b -> callTwin(b, false));
    }

    private @Nullable BiConsumer<CodeBuilder, Label> check(
            DirectMethodHandleDesc question, Consumer<CodeBuilder> otherwise) {
        return isOverridable() ? (b, own) -> writeCheck(b, question, otherwise, own) : null;
    }

    private boolean isOverridable() {
        return !isStatic
                && !model.flags().has(AccessFlag.FINAL)
                && !method.flags().has(AccessFlag.FINAL)
                && !method.flags().has(AccessFlag.PRIVATE);
    }

    private void writeCheck(
            CodeBuilder b,
            DirectMethodHandleDesc question,
            Consumer<CodeBuilder> otherwise,
            Label own) {
        b.aload(0).invokevirtual(CD_Object, "getClass", MethodTypeDesc.of(CD_Class));
        b.loadConstant(self).if_acmpeq(own);
        b.aload(0)
                .invokedynamic(
                        DynamicCallSiteDesc.of(
                                question, name, MethodTypeDesc.of(CD_boolean, CD_Object), type))
                .ifeq(own);
        otherwise.accept(b);
    }

    // ---- whole forms

    /** A twin that calls the plain form: that of a method without code, or of one that cannot suspend. */
    void writeTwin(CodeBuilder b) {
        writeChecked(b, checkOfTwin(), Twins.STRAND, this::callPlain);
    }

    /** A direct form that calls the twin. */
    void writeDirect(CodeBuilder b) {
        writeChecked(b, checkOfDirect(), Twins.WAY_OUT, this::callTwin);
    }

    private void writeChecked(
            CodeBuilder b,
            @Nullable BiConsumer<CodeBuilder, Label> check,
            ClassDesc strand,
            BiConsumer<CodeBuilder, Boolean> call) {
        if (method.code().isEmpty() || isInInterface) {
            call.accept(b, false);
        } else if (check == null) {
            call.accept(b, true);
        } else {
            Label own = b.newLabel();
            check.accept(b, own);
            b.labelBinding(own);
            call.accept(b, true);
            StackMaps maps = new StackMaps(made -> own);
            List<Slot> types = Types.parameters(self, type);
            types.add(new Reference(strand));
            maps.add(own, types, List.of());
            b.with(maps.table());
        }
    }

    /**
     * Returns what the plain form returns.
     *
     * @param own whether that of this class is meant, and not what overrides it
     */
    private void callPlain(CodeBuilder b, boolean own) {
        loadArguments(b);
        call(b, type, own);
        b.return_(result());
    }

    /** Returns what the twin returns, or throws if that was left. */
    private void callTwin(CodeBuilder b, boolean own) {
        int strandSlot = loadArguments(b);
        b.aload(strandSlot).checkcast(Twins.STRAND);
        if (isStatic) b.aconst_null();
        call(b, isStatic ? Twins.ofStatic(type) : Twins.virtual(type), own);
        b.aload(strandSlot).invokestatic(Twins.LEAVING, "ifPausing", IF_PAUSING).return_(result());
    }

    /** Returns what the direct form of this class returns; goes to {@code handler} when that is left. */
    void callDirect(CodeBuilder b, Label handler) {
        b.aload(loadArguments(b));
        Label start = b.newBoundLabel();
        call(b, Twins.direct(type), true);
        Label end = b.newBoundLabel();
        b.return_(result());
        b.exceptionCatch(start, end, handler, Twins.LEAVING);
    }

    /** Calls a form of the method; its arguments are on the stack. */
    private void call(CodeBuilder b, MethodTypeDesc form, boolean own) {
        boolean isPrivate = method.flags().has(AccessFlag.PRIVATE);
        if (isStatic) b.invokestatic(self, name, form, isInInterface);
        else if (isInInterface) b.invokeinterface(self, name, form);
        else if (own || isPrivate) b.invokespecial(self, name, form);
        else b.invokevirtual(self, name, form);
    }

    /** Pushes the receiver and the arguments; returns the slot behind them. */
    private int loadArguments(CodeBuilder b) {
        int slot = 0;
        if (!isStatic) b.aload(slot++);
        for (ClassDesc p : type.parameterArray()) {
            TypeKind kind = TypeKind.from(p);
            b.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
        return slot;
    }

    private TypeKind result() {
        return TypeKind.from(type.returnType());
    }
}
