package dev.corona.weave.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ConstantDescs;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** Another agent: it adds a field to the class that is named to it, or takes a method from it: {@code CLASS} or {@code CLASS#METHOD}. */
public final class Meddler implements ClassFileTransformer {
    private final String name;
    private final String method;

    private Meddler(String name, String method) {
        this.name = name;
        this.method = method;
    }

    public static void premain(String text, Instrumentation jvm) {
        String[] parts = text.split("#");
        jvm.addTransformer(
                new Meddler(parts[0].replace('.', '/'), parts.length == 1 ? "" : parts[1]));
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String type,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (!name.equals(type)) return null;
        ClassFile files = ClassFile.of();
        return files.transformClass(
                files.parse(bytes),
                ClassTransform.dropping(
                                e ->
                                        e instanceof java.lang.classfile.MethodModel m
                                                && m.methodName().equalsString(method))
                        .andThen(
                                ClassTransform.endHandler(
                                        b ->
                                                b.withField(
                                                        "meddled",
                                                        ConstantDescs.CD_int,
                                                        ClassFile.ACC_STATIC))));
    }
}
