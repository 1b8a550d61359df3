package dev.corona.weave.analysis;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The classes that are woven together, and what they refer to, by internal name. */
public final class ClassIndex {
    /** What matters of a class: its place in the hierarchy and the flags of its methods by name and descriptor. */
    public record ClassInfo(
            String name,
            @Nullable String superName,
            List<String> interfaces,
            int flags,
            Map<String, Integer> methods) {
        public boolean isInterface() {
            return (flags & ClassFile.ACC_INTERFACE) != 0;
        }

        public boolean isFinal() {
            return (flags & ClassFile.ACC_FINAL) != 0;
        }

        /** Whether methods of it have resumable forms. */
        boolean hasTwins() {
            return methods.keySet().stream().anyMatch(Twins::isOfTwin);
        }

        boolean declares(String signature) {
            return methods.containsKey(signature);
        }

        boolean hasMethodFlag(String signature, int flag) {
            return (methods.getOrDefault(signature, 0) & flag) != 0;
        }
    }

    private final Map<String, ClassModel> set = new LinkedHashMap<>();
    private final Map<String, Optional<ClassInfo>> infos = new HashMap<>();
    private final Map<String, Set<String>> supertypes = new HashMap<>();
    private final Function<String, byte @Nullable []> classPath;

    /**
     * @param classes the class files to weave
     * @param classPath gives the class file of an internal name that is not among them; null if there is none
     */
    public ClassIndex(Collection<byte[]> classes, Function<String, byte @Nullable []> classPath) {
        this.classPath = classPath;
        for (byte[] bytes : classes) {
            ClassModel model = ClassFile.of().parse(bytes);
            set.put(model.thisClass().asInternalName(), model);
        }
    }

    /** The classes to weave. */
    public Collection<ClassModel> classes() {
        return set.values();
    }

    boolean isInSet(String name) {
        return set.containsKey(name);
    }

    /** What is known of a class; null if it is not to be found. */
    public @Nullable ClassInfo find(String name) {
        return infos.computeIfAbsent(name, n -> Optional.ofNullable(load(n))).orElse(null);
    }

    private @Nullable ClassInfo load(String name) {
        ClassModel known = set.get(name);
        if (known != null) return info(known);
        byte[] bytes = name.startsWith("[") ? null : classPath.apply(name);
        return bytes == null ? null : info(ClassFile.of().parse(bytes));
    }

    private static ClassInfo info(ClassModel model) {
        Map<String, Integer> methods = new HashMap<>();
        for (MethodModel m : model.methods()) {
            methods.put(
                    m.methodName().stringValue() + m.methodType().stringValue(),
                    m.flags().flagsMask());
        }
        return new ClassInfo(
                model.thisClass().asInternalName(),
                model.superclass().map(s -> s.asInternalName()).orElse(null),
                model.interfaces().stream().map(i -> i.asInternalName()).toList(),
                model.flags().flagsMask(),
                methods);
    }

    /** Every class and interface above {@code name} that can be found, itself included, nearest first. */
    Set<String> supertypes(String name) {
        Set<String> known = supertypes.get(name);
        if (known != null) return known;
        Set<String> all = new java.util.LinkedHashSet<>();
        collect(name, all);
        supertypes.put(name, all);
        return all;
    }

    private void collect(String name, Set<String> all) {
        if (!all.add(name)) return;
        ClassInfo info = find(name);
        if (info == null) return;
        if (info.superName() != null) collect(info.superName(), all);
        info.interfaces().forEach(i -> collect(i, all));
    }

    /** Whether code of {@code from} may name {@code type}: descriptors have it even where it may not. */
    boolean canName(ClassDesc from, ClassDesc type) {
        ClassDesc element = type;
        while (element.isArray()) element = element.componentType();
        if (element.isPrimitive() || element.packageName().equals(from.packageName())) return true;
        ClassInfo info = find(Types.nameOf(element));
        return info == null || (info.flags() & ClassFile.ACC_PUBLIC) != 0;
    }

    /** The class above {@code heir} from which it inherits the method; null if there is none or it declares that itself. */
    @Nullable ClassInfo inheritedFrom(ClassInfo heir, String signature) {
        for (ClassInfo c = heir;
                c != null;
                c = c.superName() == null ? null : find(c.superName())) {
            if (c.declares(signature)) return c == heir ? null : c;
        }
        return null;
    }

    /** The class that declares what a call of {@code key} names; null if it is not to be found. */
    @Nullable ClassInfo resolve(MethodKey key) {
        for (String type :
                supertypes(key.owner().startsWith("[") ? "java/lang/Object" : key.owner())) {
            ClassInfo info = find(type);
            if (info != null && info.declares(key.signature())) return info;
        }
        return null;
    }

    /** The supertypes of {@code key}'s class that declare a method which it overrides. */
    List<MethodKey> overridden(MethodKey key) {
        List<MethodKey> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String type : supertypes(key.owner())) {
            ClassInfo info = find(type);
            if (type.equals(key.owner()) || info == null || !seen.add(type)) continue;
            if (info.declares(key.signature()) && isOverridable(info, key.signature())) {
                found.add(key.in(type));
            }
        }
        return found;
    }

    static boolean isOverridable(ClassInfo info, String signature) {
        return !info.hasMethodFlag(
                signature, ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
    }

    /** Class files older than Java 7 have no {@code invokedynamic}; interfaces older than Java 8 have no code. */
    public static boolean isNewEnough(ClassModel owner) {
        return owner.majorVersion()
                >= (owner.flags().has(AccessFlag.INTERFACE)
                        ? ClassFile.JAVA_8_VERSION
                        : ClassFile.JAVA_7_VERSION);
    }

    /** Whether the method is one of the set that cannot have a resumable form because its class file is too old. */
    boolean isTooOld(String owner) {
        ClassModel model = set.get(owner);
        return model != null && !isNewEnough(model);
    }

    /** Whether the weaver can give the method a resumable form. */
    static boolean isWeavable(ClassModel owner, MethodModel method) {
        String name = method.methodName().stringValue();
        return !name.startsWith("<")
                && !method.flags().has(AccessFlag.NATIVE)
                && !owner.flags().has(AccessFlag.ANNOTATION)
                && isNewEnough(owner);
    }
}
