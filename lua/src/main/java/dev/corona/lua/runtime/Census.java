package dev.corona.lua.runtime;

import dev.corona.kernel.Continuation;
import dev.corona.kernel.Inspection;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * About how many bytes Lua objects take that can be reached from some, each counted once: tables, strings, functions, coroutines with
 * their suspended calls, what the library holds for them, and code. What belongs to the host (the payload of userdata) is not counted. Walks
 * without recursion.
 */
final class Census {
    private static final int HEADER = 16;
    private static final int REFERENCE = 4;
    private static final String OURS = Census.class.getPackageName();
    private static final String LIBRARY = OURS.replace(".runtime", ".lib");

    /** What of a class is followed, and what its objects take. */
    private record Shape(List<Field> references, int bytes) {}

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return shape(type);
                }
            };

    private final long enough;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> pending = new ArrayDeque<>();
    private long bytes;

    /**
     * @param enough the number of bytes at which counting on would tell nothing more
     */
    Census(long enough) {
        this.enough = enough;
    }

    void add(@Nullable Object object) {
        if (object == null || object instanceof Boolean) return;
        if (object instanceof Long || object instanceof Double) bytes += HEADER;
        else if (seen.add(object)) pending.push(object);
    }

    long run() {
        while (bytes < enough && !pending.isEmpty()) visit(pending.pop());
        return bytes;
    }

    private void visit(Object object) {
        switch (object) {
            case byte[] a -> bytes += HEADER + a.length;
            case Object[] a -> elements(a);
            case int[] a -> bytes += HEADER + 4L * a.length;
            case long[] a -> bytes += HEADER + 8L * a.length;
            case Continuation c -> continuation(c);
            case Frame f -> frame(f);
            case LuaCode c -> bytes += c.bytes();
            case LuaClosure c -> {
                add(c.getClass().getClassLoader());
                fields(c);
            }
            default -> fields(object);
        }
    }

    private void elements(@Nullable Object[] array) {
        bytes += HEADER + (long) REFERENCE * array.length;
        for (Object each : array) add(each);
    }

    private void continuation(Continuation c) {
        bytes += 3 * HEADER;
        Inspection.parts(c, this::add);
    }

    private void frame(Frame frame) {
        fields(frame);
        Inspection.parts(frame, this::add);
    }

    private void fields(Object object) {
        Shape shape = SHAPES.get(object.getClass());
        bytes += shape.bytes;
        for (Field field : shape.references) {
            try {
                add(field.get(object));
            } catch (IllegalAccessException e) {
                throw new AssertionError("the fields of a shape were made accessible", e);
            }
        }
    }

    private static Shape shape(Class<?> type) {
        List<Field> references = new ArrayList<>();
        if (!isCounted(type)) return new Shape(references, 0);
        int bytes = HEADER;
        for (Class<?> c = type; c != null && isCounted(c); c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) continue;
                boolean primitive = field.getType().isPrimitive();
                bytes += primitive ? 8 : REFERENCE;
                if (primitive || !isFollowed(field)) continue;
                if (!Frame.class.isAssignableFrom(c)) field.setAccessible(true);
                references.add(field);
            }
        }
        return new Shape(List.copyOf(references), bytes);
    }

    private static boolean isCounted(Class<?> type) {
        String where = type.getPackageName();
        boolean ours = where.equals(OURS) || where.equals(LIBRARY);
        boolean compiled = type.getClassLoader() instanceof LuaCode;
        return compiled || ours && !type.isHidden() || Frame.class.isAssignableFrom(type);
    }

    /** The host's objects are its own affair, and the code of a frame belongs to all. */
    private static boolean isFollowed(Field field) {
        Class<?> owner = field.getDeclaringClass();
        if (owner == LuaUserdata.class) return !field.getName().equals("payload");
        if (owner == Frame.class) return field.getName().equals("parent");
        if (Frame.class.isAssignableFrom(owner)) return Modifier.isPublic(field.getModifiers());
        return !field.getType().isEnum() && field.getType() != String.class;
    }
}
