package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_long;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.reflect.AccessFlag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/**
 * The number by which Java's serialization tells one version of a class from another, where the class does not declare it: a hash of its
 * name, flags, interfaces and members. Resumable forms are members that it did not have, so a woven class declares the number that the
 * plain one has, and each reads what the other wrote. (<i>Java Object Serialization Specification</i>, 4.6, Stream Unique Identifiers.)
 */
final class SerialVersion {
    private static final String FIELD = "serialVersionUID";

    private static final int OF_CLASS =
            ClassFile.ACC_PUBLIC
                    | ClassFile.ACC_FINAL
                    | ClassFile.ACC_INTERFACE
                    | ClassFile.ACC_ABSTRACT;

    private static final int VISIBILITY =
            ClassFile.ACC_PUBLIC | ClassFile.ACC_PRIVATE | ClassFile.ACC_PROTECTED;

    private static final int OF_FIELD =
            VISIBILITY
                    | ClassFile.ACC_STATIC
                    | ClassFile.ACC_FINAL
                    | ClassFile.ACC_VOLATILE
                    | ClassFile.ACC_TRANSIENT;

    private static final int OF_METHOD =
            VISIBILITY
                    | ClassFile.ACC_STATIC
                    | ClassFile.ACC_FINAL
                    | ClassFile.ACC_SYNCHRONIZED
                    | ClassFile.ACC_NATIVE
                    | ClassFile.ACC_ABSTRACT
                    | ClassFile.ACC_STRICT;

    private final ClassModel model;

    SerialVersion(ClassModel model) {
        this.model = model;
    }

    /** Whether the number of a serializable class is taken from its members: enums and records have none, others may declare it. */
    boolean isImplied() {
        boolean isFixed =
                model.flags().has(AccessFlag.ENUM)
                        || model.findAttribute(Attributes.record()).isPresent();
        return !isFixed
                && model.fields().stream().noneMatch(f -> f.fieldName().equalsString(FIELD));
    }

    /** Declares it. */
    void addTo(ClassBuilder b) {
        int flags =
                (isInterface() ? ClassFile.ACC_PUBLIC : ClassFile.ACC_PRIVATE)
                        | ClassFile.ACC_STATIC
                        | ClassFile.ACC_FINAL
                        | ClassFile.ACC_SYNTHETIC;
        b.withField(
                FIELD, CD_long, f -> f.withFlags(flags).with(ConstantValueAttribute.of(value())));
    }

    /** The number of the plain class. */
    long value() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] hash = sha1(bytes.toByteArray());
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) value = value << 8 | hash[i] & 0xFF;
        return value;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeUTF(withDots(model.thisClass().asInternalName()));
        int flags = flags() & OF_CLASS;
        // an interface counts as abstract if it has methods
        boolean hasNone = isInterface() && ordinary().isEmpty();
        out.writeInt(hasNone ? flags & ~ClassFile.ACC_ABSTRACT : flags);
        List<String> interfaces =
                model.interfaces().stream()
                        .map(i -> withDots(i.asInternalName()))
                        .sorted()
                        .toList();
        for (String each : interfaces) out.writeUTF(each);
        for (FieldModel field : fields()) {
            out.writeUTF(field.fieldName().stringValue());
            out.writeInt(field.flags().flagsMask() & OF_FIELD);
            out.writeUTF(field.fieldType().stringValue());
        }
        if (!called("<clinit>").isEmpty())
            writeMethod(out, "<clinit>", ClassFile.ACC_STATIC, "()V");
        writeMethods(out, called("<init>"));
        writeMethods(out, ordinary());
    }

    private boolean isInterface() {
        return model.flags().has(AccessFlag.INTERFACE);
    }

    /** A nested class has those of its declaration. */
    private int flags() {
        return model.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(a -> a.classes().stream())
                .filter(i -> i.innerClass().equals(model.thisClass()))
                .mapToInt(i -> i.flagsMask())
                .findFirst()
                .orElse(model.flags().flagsMask());
    }

    private List<FieldModel> fields() {
        return model.fields().stream()
                .filter(f -> !isHidden(f))
                .sorted(Comparator.comparing(f -> f.fieldName().stringValue()))
                .toList();
    }

    private static boolean isHidden(FieldModel field) {
        int flags = field.flags().flagsMask();
        return (flags & ClassFile.ACC_PRIVATE) != 0
                && (flags & (ClassFile.ACC_STATIC | ClassFile.ACC_TRANSIENT)) != 0;
    }

    private List<MethodModel> called(String name) {
        return model.methods().stream().filter(m -> m.methodName().equalsString(name)).toList();
    }

    /** Without constructors and the initializer. */
    private List<MethodModel> ordinary() {
        return model.methods().stream()
                .filter(m -> m.methodName().stringValue().charAt(0) != '<')
                .toList();
    }

    /** Of those that are not private, by name and descriptor. */
    private static void writeMethods(DataOutputStream out, List<MethodModel> methods)
            throws IOException {
        List<MethodModel> seen =
                methods.stream()
                        .filter(m -> !m.flags().has(AccessFlag.PRIVATE))
                        .sorted(
                                Comparator.comparing(
                                                (MethodModel m) -> m.methodName().stringValue())
                                        .thenComparing(m -> m.methodType().stringValue()))
                        .toList();
        for (MethodModel m : seen) {
            int flags = m.flags().flagsMask() & OF_METHOD;
            writeMethod(out, m.methodName().stringValue(), flags, m.methodType().stringValue());
        }
    }

    private static void writeMethod(DataOutputStream out, String name, int flags, String type)
            throws IOException {
        out.writeUTF(name);
        out.writeInt(flags);
        out.writeUTF(withDots(type));
    }

    private static String withDots(String text) {
        return text.replace('/', '.');
    }
}
