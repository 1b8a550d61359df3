package dev.corona.weave.transform;

import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.analysis.Twins;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The methods of one class that have a signalling form: those that the class calls itself, where no other method can be meant
 * than this. The form is private, and nothing outside of the class file knows of it.
 */
final class Signals {
    private final ClassModel model;
    private final Suspensions suspensions;

    /** By name and descriptor. */
    private final Map<String, Signal> signals = new HashMap<>();

    Signals(ClassModel model, Suspensions suspensions) {
        this.model = model;
        this.suspensions = suspensions;
        Set<String> called = called();
        for (MethodModel m : model.methods()) {
            String name = m.methodName().stringValue();
            MethodTypeDesc type = m.methodTypeSymbol();
            Signal signal = Signal.of(type.returnType());
            if (signal == null || !called.contains(key(name, type)) || !isPossible(m)) continue;
            if (!declares(name, form(type, signal))) signals.put(key(name, type), signal);
        }
    }

    private static String key(String name, MethodTypeDesc type) {
        return name + type.descriptorString();
    }

    /** What the class's own resumable methods call of its own. */
    private Set<String> called() {
        Set<String> called = new HashSet<>();
        for (MethodModel m : model.methods()) {
            if (!suspensions.isSuspending(model, m)) continue;
            m.code().stream()
                    .flatMap(CodeModel::elementStream)
                    .filter(InvokeInstruction.class::isInstance)
                    .map(InvokeInstruction.class::cast)
                    .filter(this::isOwn)
                    .forEach(i -> called.add(key(i.name().stringValue(), i.typeSymbol())));
        }
        return called;
    }

    private boolean isOwn(InvokeInstruction call) {
        return call.owner().asInternalName().equals(model.thisClass().asInternalName());
    }

    private boolean isPossible(MethodModel m) {
        return suspensions.isSuspending(model, m)
                && m.code().isPresent()
                && !m.flags().has(AccessFlag.SYNCHRONIZED)
                && isExact(m)
                && !hasNamesake(m);
    }

    /** Whether a call of it can mean no other method. */
    private boolean isExact(MethodModel m) {
        if (m.flags().has(AccessFlag.STATIC)) return true;
        if (model.flags().has(AccessFlag.INTERFACE)) return false;
        return m.flags().has(AccessFlag.PRIVATE)
                || m.flags().has(AccessFlag.FINAL)
                || model.flags().has(AccessFlag.FINAL);
    }

    /** Whether another method differs in its result only, as none does that is compiled from Java: the forms would be the same. */
    private boolean hasNamesake(MethodModel m) {
        return model.methods().stream()
                .anyMatch(
                        o ->
                                o != m
                                        && o.methodName().equals(m.methodName())
                                        && o.methodTypeSymbol()
                                                .parameterList()
                                                .equals(m.methodTypeSymbol().parameterList()));
    }

    private boolean declares(String name, MethodTypeDesc type) {
        return model.methods().stream()
                .anyMatch(
                        m ->
                                m.methodName().equalsString(name)
                                        && m.methodTypeSymbol().equals(type));
    }

    /** How the method's signalling form tells; null if it has none. */
    @Nullable Signal of(MethodModel m) {
        return signals.get(key(m.methodName().stringValue(), m.methodTypeSymbol()));
    }

    /** How the signalling form tells that is called at a site; null if another form is called. */
    @Nullable Signal of(Site site) {
        return switch (site.form) {
            case STATIC, VIRTUAL ->
                    isOwn(site.call)
                            ? signals.get(
                                    key(site.call.name().stringValue(), site.call.typeSymbol()))
                            : null;
            default -> null;
        };
    }

    /** The descriptor of a method's signalling form. */
    static MethodTypeDesc form(MethodTypeDesc type, Signal signal) {
        return Twins.virtual(type).changeReturnType(signal.type());
    }

    /** The flags of a method's signalling form. */
    static int flags(MethodModel m) {
        return ClassFile.ACC_PRIVATE
                | Twins.SIGNALLING
                | (m.flags().flagsMask() & ClassFile.ACC_STATIC);
    }
}
