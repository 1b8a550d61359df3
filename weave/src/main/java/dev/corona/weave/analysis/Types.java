package dev.corona.weave.analysis;

import dev.corona.weave.analysis.Slot.Simple;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * The types of the local variables when a method begins.
     *
     * @param owner the class of an instance method; null if it is static
     */
    public static List<Slot> parameters(@Nullable ClassDesc owner, MethodTypeDesc type) {
        List<Slot> types = new ArrayList<>();
        if (owner != null) types.add(new Slot.Reference(owner));
        for (ClassDesc parameter : type.parameterArray()) {
            types.add(slotOf(parameter));
            if (TypeKind.from(parameter).slotSize() == 2) types.add(Simple.SECOND);
        }
        return types;
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
