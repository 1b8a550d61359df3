package dev.corona.lua.runtime;

import dev.corona.woven.Code;
import dev.corona.woven.CodeLoader;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of one compiled chunk, and the constants that they take from here when they are initialized. */
public final class LuaCode extends ClassLoader implements CodeLoader {
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

    @Override
    public String fingerprint(Class<?> owner) {
        byte[] bytes = classes.get(owner.getName());
        if (bytes == null) throw new AssertionError("no class " + owner);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public @Nullable Entry entry(Class<?> owner, String method, String descriptor) {
        try {
            for (Method m : owner.getDeclaredMethods()) {
                if (m.getReturnType() != Code.class || m.getParameterCount() > 0) continue;
                m.setAccessible(true);
                Code code = (Code) m.invoke(null);
                if (!code.method().equals(method) || !code.descriptor().equals(descriptor))
                    continue;
                String frame = "frame" + m.getName().substring("code".length());
                return new Entry(code, owner.getDeclaredMethod(frame, Frame.class).getReturnType());
            }
            return null;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The package of its classes, which has another name for another text. */
    public String packageName() {
        String first = classes.keySet().iterator().next();
        return first.substring(0, first.lastIndexOf('.'));
    }

    /** Whether it has a class of that name. */
    public boolean has(String type) {
        return classes.containsKey(type);
    }

    /** The whole chunk as bytes that can be loaded again. */
    public byte[] dump() {
        return info.dump();
    }

    /** The constant of a class of such a chunk; for its initializer. */
    public static @Nullable Object constant(Class<?> of, int index) {
        return ((LuaCode) of.getClassLoader()).constants[index];
    }

    /** The code that a class is of; null if it is none that was compiled from Lua. */
    public static @Nullable LuaCode of(Class<?> type) {
        return type.getClassLoader() instanceof LuaCode code ? code : null;
    }

    public DebugInfo info() {
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
