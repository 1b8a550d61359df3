package dev.corona.weave.differential;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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
                if (!field.isSynthetic() || !field.getName().endsWith("$left")) continue;
                field.setAccessible(true);
                notes.add(field);
            }
        }
    }

    /** How many methods have a direct form. */
    public int size() {
        return notes.size();
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
