package dev.corona.weave.analysis;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The methods that {@code dev.corona.Resumable} marks: themselves, by their class, or by its package; the nearest mark counts. */
final class Marks {
    private static final String MARK = "dev/corona/Resumable";
    private static final String PACKAGE_INFO = "/package-info";

    private final Set<MethodKey> marked = new HashSet<>();

    /** Those that are not to have a direct form. */
    private final Set<MethodKey> indirect = new HashSet<>();

    Marks(ClassIndex index) {
        Map<String, Annotation> packages = new HashMap<>();
        for (ClassModel c : index.classes()) {
            String name = c.thisClass().asInternalName();
            if (name.endsWith(PACKAGE_INFO))
                mark(c).ifPresent(m -> packages.put(packageOf(name), m));
        }
        for (ClassModel c : index.classes()) {
            String name = c.thisClass().asInternalName();
            Optional<Annotation> byPlace =
                    mark(c).or(() -> Optional.ofNullable(packages.get(packageOf(name))));
            for (MethodModel m : c.methods())
                mark(m).or(() -> byPlace).ifPresent(mark -> add(MethodKey.of(name, m), mark));
        }
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(name.lastIndexOf('/'), 0));
    }

    private static Optional<Annotation> mark(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                .flatMap(a -> a.annotations().stream())
                .filter(a -> Types.nameOf(a.classSymbol()).equals(MARK))
                .findFirst();
    }

    private void add(MethodKey method, Annotation mark) {
        marked.add(method);
        if (mark.elements().stream().anyMatch(Marks::isDirectFalse)) indirect.add(method);
    }

    private static boolean isDirectFalse(AnnotationElement element) {
        return element.name().equalsString("direct")
                && element.value() instanceof AnnotationValue.OfBoolean value
                && !value.booleanValue();
    }

    /** Lets the method have no direct form, whatever its mark says. */
    void giveUpDirect(MethodKey method) {
        indirect.add(method);
    }

    boolean isMarked(MethodKey method) {
        return marked.contains(method);
    }

    /** Whether the method is to have a direct form if it is resumable: as a rule. */
    boolean wantsDirect(MethodKey method) {
        return !indirect.contains(method);
    }
}
