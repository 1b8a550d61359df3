package dev.corona.weave.analysis;

import dev.corona.weave.analysis.Slot.Simple;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Descriptors and slots. */
public final class Types {
    private Types() {}

    public static Slot slotOf(ClassDesc type) {
        return switch (TypeKind.from(type).asLoadable()) {
            case INT -> Simple.INT;
            case LONG -> Simple.LONG;
            case FLOAT -> Simple.FLOAT;
            case DOUBLE -> Simple.DOUBLE;
            default -> new Slot.Reference(type);
        };
    }

    public static Slot slotOf(TypeKind kind) {
        return slotOf(kind.upperBound());
    }

    /** How many slots the parameters take. */
    public static int parameterSlots(MethodTypeDesc type) {
        int slots = 0;
        for (ClassDesc parameter : type.parameterArray())
            slots += TypeKind.from(parameter).slotSize();
        return slots;
    }

    /** The internal name of a class, with slashes. */
    public static String nameOf(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1);
    }

    public static ClassDesc classOf(String internalName) {
        return internalName.startsWith("[")
                ? ClassDesc.ofDescriptor(internalName)
                : ClassDesc.ofDescriptor("L" + internalName + ";");
    }
}
