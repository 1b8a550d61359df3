package dev.corona.weave.analysis;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What the resumable forms of a method are called, and the classes that they refer to. */
public final class Twins {
    private static final String PACKAGE = "dev.corona.woven.";

    public static final ClassDesc STRAND = ClassDesc.of(PACKAGE + "Strand");
    public static final ClassDesc FRAME = ClassDesc.of(PACKAGE + "Frame");
    public static final ClassDesc CODE = ClassDesc.of(PACKAGE + "Code");
    public static final ClassDesc LINKAGE = ClassDesc.of(PACKAGE + "Linkage");
    public static final ClassDesc LAMBDAS = ClassDesc.of(PACKAGE + "Lambdas");
    public static final ClassDesc ITERATORS = ClassDesc.of(PACKAGE + "Iterators");
    public static final ClassDesc FINGERPRINT = ClassDesc.of(PACKAGE + "Fingerprint");

    private Twins() {}

    /** The twin of an instance method: for callers, and to be overridden. */
    public static MethodTypeDesc virtual(MethodTypeDesc type) {
        return type.insertParameterTypes(type.parameterCount(), STRAND);
    }

    /** The static method that holds the resumable code of a static method. */
    public static MethodTypeDesc ofStatic(MethodTypeDesc type) {
        return type.insertParameterTypes(type.parameterCount(), STRAND, FRAME);
    }

    /** The static method that holds the resumable code of an instance method; no static method's has this order. */
    public static MethodTypeDesc ofInstance(ClassDesc owner, MethodTypeDesc type) {
        return type.insertParameterTypes(type.parameterCount(), FRAME, STRAND)
                .insertParameterTypes(0, owner);
    }

    /** Whether the weaver has given a method of the class a resumable form. */
    public static boolean areIn(byte[] classFile) {
        return ClassFile.of().parse(classFile).methods().stream().anyMatch(Twins::isTwin);
    }

    /** The resumable forms in a class file by name and descriptor, without what only frames call. */
    public static Set<String> signatures(byte[] classFile) {
        return ClassFile.of().parse(classFile).methods().stream()
                .filter(m -> isTwin(m) && !m.methodName().stringValue().endsWith("$resume"))
                .map(m -> m.methodName().stringValue() + m.methodType().stringValue())
                .collect(Collectors.toSet());
    }

    /** The calls of resumable forms in a class file. */
    public static Set<MethodKey> calledIn(byte[] classFile) {
        Set<MethodKey> called = new HashSet<>();
        for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && !(entry instanceof FieldRefEntry)
                    && member.type().stringValue().contains(STRAND.descriptorString()))
                called.add(
                        new MethodKey(
                                member.owner().asInternalName(),
                                member.name().stringValue(),
                                member.type().stringValue()));
        }
        return called;
    }

    private static boolean isTwin(MethodModel m) {
        return m.flags().has(AccessFlag.SYNTHETIC)
                && m.methodTypeSymbol().parameterList().contains(STRAND);
    }

    /** Whether a name and descriptor are those of a resumable form. */
    static boolean isOfTwin(String signature) {
        return signature.contains(STRAND.descriptorString());
    }

    static String signature(MethodKey key, boolean isStatic) {
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(key.descriptor());
        return key.name() + (isStatic ? ofStatic(type) : virtual(type)).descriptorString();
    }
}
