package dev.corona.weave.agent;

import dev.corona.weave.analysis.MethodKey;
import dev.corona.weave.analysis.Twins;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether classes that were woven before find the resumable forms that they call in those that were woven now. */
final class Fit {
    private final Map<String, byte[]> plain;
    private final Map<String, byte[]> woven;
    private final Map<String, ClassModel> models = new HashMap<>();

    /**
     * @param plain what was read, by internal name
     * @param woven what it became, by name with dots
     */
    Fit(Map<String, byte[]> plain, Map<String, byte[]> woven) {
        this.plain = plain;
        this.woven = woven;
    }

    /** What does not fit, in words. */
    List<String> problems() {
        Set<String> problems = new TreeSet<>();
        plain.forEach(
                (name, bytes) -> {
                    if (!Twins.areIn(bytes)) return;
                    for (MethodKey called : Twins.calledIn(bytes)) {
                        if (called.owner().equals(name) || isThere(called)) continue;
                        problems.add(
                                "%s was woven when %s had a resumable form of %s, which it has no more; compile both anew"
                                        .formatted(
                                                name.replace('/', '.'),
                                                called.owner().replace('/', '.'),
                                                called.name()));
                    }
                });
        return new ArrayList<>(problems);
    }

    /** Whether a class has the method or inherits it, as far as that shows among those that were read. */
    private boolean isThere(MethodKey called) {
        List<String> open = new ArrayList<>(List.of(called.owner()));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.removeLast();
            if (!seen.add(name) || name.equals("java/lang/Object")) continue;
            ClassModel model = model(name);
            if (model == null || declares(model, called)) return true;
            model.superclass().map(ClassEntry::asInternalName).ifPresent(open::add);
            model.interfaces().forEach(i -> open.add(i.asInternalName()));
        }
        return false;
    }

    private @Nullable ClassModel model(String name) {
        byte[] bytes = woven.get(name.replace('/', '.'));
        if (bytes == null) return null;
        return models.computeIfAbsent(name, n -> ClassFile.of().parse(bytes));
    }

    private static boolean declares(ClassModel model, MethodKey called) {
        return model.methods().stream()
                .anyMatch(
                        m ->
                                m.methodName().equalsString(called.name())
                                        && m.methodType().equalsString(called.descriptor()));
    }
}
