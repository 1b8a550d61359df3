package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of one compiled chunk, and the constants that they take from here when they are initialized. */
public final class LuaCode extends ClassLoader {
    private static final int BYTES_OF_LOADER = 4096;
    private static final int BYTES_OF_CLASS = 4096;

    /** Kinds of character ranges in these class files: an instruction, one that calls in tail position, the way out of a site. */
    public static final int MARK_OF_INSTRUCTION = CodeMap.INSTRUCTION;

    public static final int MARK_OF_TAIL_CALL = CodeMap.TAIL_CALL;
    public static final int MARK_OF_SITE = CodeMap.SITE;

    private final Map<String, byte[]> classes;
    private final @Nullable Object[] constants;
    private final DebugInfo info;
    private final Map<String, CodeMap> maps = new ConcurrentHashMap<>();

    public LuaCode(Map<String, byte[]> classes, @Nullable Object[] constants, DebugInfo info) {
        super("lua", LuaCode.class.getClassLoader());
        this.classes = classes;
        this.constants = constants;
        this.info = info;
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

    /** The code that a class is of; null if it is none that was compiled from Lua. */
    static @Nullable LuaCode of(Class<?> type) {
        return type.getClassLoader() instanceof LuaCode code ? code : null;
    }

    DebugInfo info() {
        return info;
    }

    /** Where the instructions of a class are in its byte code. */
    CodeMap map(Class<?> type) {
        return maps.computeIfAbsent(
                type.getName(),
                name -> {
                    byte[] bytes = classes.get(name);
                    if (bytes == null) throw new AssertionError("no class " + name);
                    return new CodeMap(bytes);
                });
    }
}
