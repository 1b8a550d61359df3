package dev.corona.snapshot;

import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The instance fields of a class and its superclasses that are not transient, in a fixed order. */
final class Fields {
    private final List<Field> fields;

    private Fields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /**
     * Of {@code type} and its superclasses below {@code end}.
     *
     * @throws java.lang.reflect.InaccessibleObjectException if a class lies in a module that is not open to Corona
     */
    static Fields of(Class<?> type, Class<?> end) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != null && c != end; c = c.getSuperclass()) {
            List<Field> own = new ArrayList<>();
            for (Field field : c.getDeclaredFields()) {
                if (isStored(field)) own.add(field);
            }
            own.sort(
                    (a, b) -> {
                        int byName = a.getName().compareTo(b.getName());
                        return byName != 0
                                ? byName
                                : a.getType().getName().compareTo(b.getType().getName());
                    });
            fields.addAll(0, own);
        }
        for (Field field : fields) field.setAccessible(true);
        return new Fields(fields);
    }

    /** A strand belongs to a thread, and is looked up anew. */
    private static boolean isStored(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !Strand.class.isAssignableFrom(field.getType());
    }

    /** Each field by its class, name and type. */
    List<String> describe() {
        List<String> all = new ArrayList<>();
        for (Field field : fields) {
            all.add(
                    "%s.%s %s"
                            .formatted(
                                    field.getDeclaringClass().getName(),
                                    field.getName(),
                                    field.getType().getName()));
        }
        return all;
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /**
     * @param labels what errors call a field
     */
    void write(Object object, ItemWriter out, UnaryOperator<String> labels)
            throws IllegalAccessException {
        for (Field field : fields) {
            Object value = field.get(object);
            if (field.getType().isPrimitive()) Primitives.write(out.data(), value);
            else out.writeReference(labels.apply(field.getName()), value);
        }
    }

    void read(Object object, ItemReader in) throws IllegalAccessException {
        for (Field field : fields) {
            @Nullable Object value =
                    field.getType().isPrimitive()
                            ? Primitives.read(in.data(), field.getType())
                            : in.readReference();
            field.set(object, value);
        }
    }
}
