package dev.corona.weave.differential;

import dev.corona.weave.analysis.Twins;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Decides in which of their forms woven methods run: a method is called in its direct form until it was left once, which its
 * class notes. A program that was left everywhere would never show that form again.
 */
public final class DirectForms {
    /** Which methods count as left, at each resumption anew. */
    public enum Way {
        /** None: all run in their direct form until they are left. */
        NONE,
        /** All: none runs in its direct form. */
        ALL,
        /** Some, by chance: the forms call each other. */
        SOME
    }

    private final List<Field> notes = new ArrayList<>();

    public DirectForms(Iterable<Class<?>> classes) {
        for (Class<?> each : classes) {
            for (Field field : each.getDeclaredFields()) {
                if (!field.isSynthetic() || !field.getName().endsWith(Twins.LEFT)) continue;
                field.setAccessible(true);
                notes.add(field);
            }
        }
    }

    /** How many methods have a direct form. */
    public int size() {
        return notes.size();
    }

    /** The methods of which their class can note that they were left. */
    public List<String> noted() {
        return methods(note -> true);
    }

    /** The methods that were left. */
    public List<String> left() {
        return methods(DirectForms::isSet);
    }

    private List<String> methods(Predicate<Field> wanted) {
        return notes.stream()
                .filter(wanted)
                .map(f -> f.getName().substring(0, f.getName().indexOf('$')))
                .sorted()
                .toList();
    }

    private static boolean isSet(Field note) {
        try {
            return note.getBoolean(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** What to do before each resumption. */
    public Runnable before(Way way, Random random) {
        return () -> {
            for (Field note : notes) {
                set(note, way == Way.ALL || (way == Way.SOME && random.nextBoolean()));
            }
        };
    }

    private static void set(Field note, boolean left) {
        try {
            note.setBoolean(null, left);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
