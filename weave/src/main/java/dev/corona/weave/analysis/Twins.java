package dev.corona.weave.analysis;

import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

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
    public static final ClassDesc WAY_OUT = ClassDesc.of(PACKAGE + "WayOut");
    public static final ClassDesc LEAVING = ClassDesc.of(PACKAGE + "Leaving");
    public static final ClassDesc FRAME = ClassDesc.of(PACKAGE + "Frame");
    public static final ClassDesc CODE = ClassDesc.of(PACKAGE + "Code");
    public static final ClassDesc LINKAGE = ClassDesc.of(PACKAGE + "Linkage");
    public static final ClassDesc LAMBDAS = ClassDesc.of(PACKAGE + "Lambdas");
    public static final ClassDesc ITERATORS = ClassDesc.of(PACKAGE + "Iterators");
    public static final ClassDesc FINGERPRINT = ClassDesc.of(PACKAGE + "Fingerprint");

    /** What the names of all frame classes begin with. */
    public static final String FRAMES = PACKAGE + "Frames$";

    /** The end of the name of a method through which a frame is entered. */
    public static final String ENTRY = "$resume";

    /** The beginning of the name of a method that makes frames. */
    public static final String MAKER = "frame$";

    /** The end of the name of a field that notes whether a direct form was left. */
    public static final String LEFT = "$left";

    private Twins() {}

    /** The twin of an instance method: for callers, and to be overridden. */
    public static MethodTypeDesc virtual(MethodTypeDesc type) {
        return type.insertParameterTypes(type.parameterCount(), STRAND);
    }

    /** The twin of a static method; the frame, which is none, sets it off from that of an instance method. */
    public static MethodTypeDesc ofStatic(MethodTypeDesc type) {
        return type.insertParameterTypes(type.parameterCount(), STRAND, FRAME);
    }

    /** The form that calls direct forms and throws when it is left; of static and instance methods. */
    public static MethodTypeDesc direct(MethodTypeDesc type) {
        return type.insertParameterTypes(type.parameterCount(), WAY_OUT);
    }

    /** The static method that enters a frame. */
    public static MethodTypeDesc entry() {
        return MethodTypeDesc.of(CD_boolean, FRAME, STRAND, CD_Throwable);
    }

    /** The static method in which a static method goes on in its frame. */
    public static MethodTypeDesc framedStatic(MethodTypeDesc type, ClassDesc frame) {
        return framed(type.insertParameterTypes(type.parameterCount(), STRAND, frame));
    }

    /** The static method in which an instance method goes on in its frame; no static method's has this order. */
    public static MethodTypeDesc framedInstance(
            ClassDesc owner, MethodTypeDesc type, ClassDesc frame) {
        return framed(
                type.insertParameterTypes(type.parameterCount(), frame, STRAND)
                        .insertParameterTypes(0, owner));
    }

    /** With what a frame's method takes and returns besides: a bridge and its method, which differ in their results alone, still differ. */
    private static MethodTypeDesc framed(MethodTypeDesc type) {
        MethodTypeDesc framed =
                type.insertParameterTypes(type.parameterCount(), CD_Throwable)
                        .changeReturnType(CD_boolean);
        ClassDesc result = type.returnType();
        return result.equals(CD_void)
                ? framed
                : framed.insertParameterTypes(framed.parameterCount(), ofResult(result));
    }

    /** The type of the parameter, always null, that tells a frame's method by its result. */
    public static ClassDesc ofResult(ClassDesc result) {
        return result.arrayType();
    }

    /** Whether the weaver has given a method of the class a resumable form. */
    public static boolean areIn(byte[] classFile) {
        return ClassFile.of().parse(classFile).methods().stream().anyMatch(Twins::isTwin);
    }

    /** The resumable forms in a class file by name and descriptor, without what only frames call. */
    public static Set<String> signatures(byte[] classFile) {
        return ClassFile.of().parse(classFile).methods().stream()
                .filter(m -> isTwin(m) && !isOfFrames(m))
                .map(m -> m.methodName().stringValue() + m.methodType().stringValue())
                .collect(Collectors.toSet());
    }

    /** The calls of resumable forms in a class file. */
    public static Set<MethodKey> calledIn(byte[] classFile) {
        Set<MethodKey> called = new HashSet<>();
        for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && !(entry instanceof FieldRefEntry)
                    && isOfTwin(member.type().stringValue()))
                called.add(
                        new MethodKey(
                                member.owner().asInternalName(),
                                member.name().stringValue(),
                                member.type().stringValue()));
        }
        return called;
    }

    /** Whether the method stands between twins and their frames. */
    private static boolean isOfFrames(MethodModel m) {
        String name = m.methodName().stringValue();
        return name.endsWith(ENTRY)
                || name.startsWith(MAKER)
                || m.methodType().stringValue().contains("L" + FRAMES.replace('.', '/'));
    }

    private static boolean isTwin(MethodModel m) {
        return m.flags().has(AccessFlag.SYNTHETIC) && isOfTwin(m.methodType().stringValue());
    }

    /** Whether a descriptor, with or without a name before it, is that of a resumable form. */
    static boolean isOfTwin(String signature) {
        return signature.contains(STRAND.descriptorString())
                || signature.contains(WAY_OUT.descriptorString());
    }

    static String signature(MethodKey key, boolean isStatic) {
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(key.descriptor());
        return key.name() + (isStatic ? ofStatic(type) : virtual(type)).descriptorString();
    }
}
