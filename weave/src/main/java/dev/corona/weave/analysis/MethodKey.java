package dev.corona.weave.analysis;

import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;

/** A method by its class's internal name, its name and its descriptor. */
public record MethodKey(String owner, String name, String descriptor) {
    static MethodKey of(String owner, MethodModel method) {
        return new MethodKey(
                owner, method.methodName().stringValue(), method.methodType().stringValue());
    }

    static MethodKey of(InvokeInstruction call) {
        return new MethodKey(
                call.owner().asInternalName(),
                call.name().stringValue(),
                call.type().stringValue());
    }

    static MethodKey of(DirectMethodHandleDesc handle) {
        return new MethodKey(
                Types.nameOf(handle.owner()), handle.methodName(), handle.lookupDescriptor());
    }

    /** The method of {@code owner} with a name and descriptor as {@link #signature} gives them. */
    static MethodKey of(String owner, String signature) {
        int descriptor = signature.indexOf('(');
        return new MethodKey(
                owner, signature.substring(0, descriptor), signature.substring(descriptor));
    }

    MethodKey in(String otherOwner) {
        return new MethodKey(otherOwner, name, descriptor);
    }

    String signature() {
        return name + descriptor;
    }

    /** As a person writes it: the class with dots, and the method's name. */
    public String display() {
        return owner.replace('/', '.') + "." + name;
    }
}
