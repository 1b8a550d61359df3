package dev.corona.weave.analysis;

import dev.corona.weave.analysis.ClassIndex.ClassInfo;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What methods of the set get from classes that are woven already under a type of the JDK that does not say so: the iterator
 * of a channel, the stream of a source of bytes. Calls of such a type in the same method may suspend.
 */
final class HandedOut {
    private static final String ITERATOR = "java/util/Iterator";
    private static final String ITERABLE = "java/lang/Iterable";

    private final ClassIndex index;
    private final Map<MethodKey, Set<String>> types = new HashMap<>();
    private final Map<String, Boolean> woven = new HashMap<>();

    HandedOut(ClassIndex index) {
        this.index = index;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ClassModel c : index.classes()) {
                for (MethodModel m : c.methods()) changed |= visit(c, m);
            }
        }
    }

    /** Whether {@code method} has been given something of {@code type} that may be woven. */
    boolean has(MethodKey method, String type) {
        return types.getOrDefault(method, Set.of()).contains(type);
    }

    private boolean visit(ClassModel c, MethodModel m) {
        MethodKey key = MethodKey.of(c.thisClass().asInternalName(), m);
        Set<String> found = new HashSet<>();
        m.code().stream()
                .flatMap(CodeModel::elementStream)
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .filter(call -> isInteresting(call.typeSymbol().returnType()))
                .filter(this::hands)
                .forEach(call -> add(Types.nameOf(call.typeSymbol().returnType()), found));
        return !found.isEmpty() && types.computeIfAbsent(key, k -> new HashSet<>()).addAll(found);
    }

    private boolean isInteresting(ClassDesc type) {
        if (!type.isClassOrInterface()) return false;
        String name = Types.nameOf(type);
        return name.equals(ITERABLE)
                || name.startsWith("java/io/")
                || name.startsWith("java/nio/channels/")
                || index.supertypes(name).contains(ITERATOR);
    }

    private void add(String type, Set<String> found) {
        found.addAll(index.supertypes(type));
        if (type.equals(ITERABLE)) found.add(ITERATOR);
    }

    private boolean hands(InvokeInstruction call) {
        MethodKey key = MethodKey.of(call);
        String type = Types.nameOf(call.typeSymbol().returnType());
        if (!index.isInSet(key.owner())) return isWoven(key.owner());
        ClassInfo declaring = index.resolve(key);
        return declaring != null && has(key.in(declaring.name()), type);
    }

    private boolean isWoven(String owner) {
        if (owner.startsWith("[") || owner.startsWith("java/")) return false;
        Boolean known = woven.get(owner);
        if (known == null) {
            known =
                    index.supertypes(owner).stream()
                            .map(index::find)
                            .anyMatch(type -> type != null && type.hasTwins());
            woven.put(owner, known);
        }
        return known;
    }
}
