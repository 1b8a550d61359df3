package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The classes of one compiled chunk, and the constants that they take from here when they are initialized. */
public final class LuaCode extends ClassLoader {
    private static final int BYTES_OF_LOADER = 4096;
    private static final int BYTES_OF_CLASS = 4096;

    private final Map<String, byte[]> classes;
    private final @Nullable Object[] constants;

    public LuaCode(Map<String, byte[]> classes, @Nullable Object[] constants) {
        super("lua", LuaCode.class.getClassLoader());
        this.classes = classes;
        this.constants = constants;
    }

    /** About how much memory the code takes. */
    long bytes() {
        long sum = BYTES_OF_LOADER;
        for (byte[] each : classes.values()) sum += BYTES_OF_CLASS + 3L * each.length;
        return sum;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** The constant of a class of such a chunk; for its initializer. */
    public static @Nullable Object constant(Class<?> of, int index) {
        return ((LuaCode) of.getClassLoader()).constants[index];
    }
}
