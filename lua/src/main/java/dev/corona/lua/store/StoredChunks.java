package dev.corona.lua.store;

import dev.corona.errors.SnapshotException;
import dev.corona.lua.runtime.InterpretedClosure.Interpreter;
import dev.corona.lua.runtime.LuaCode;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The chunks of a stored program: their text goes along, and is compiled again. Finds their classes by name. */
final class StoredChunks extends ClassLoader {
    /** The chunks by the packages of their classes. */
    private final Map<String, LuaCode> chunks = new HashMap<>();

    private StoredChunks(@Nullable ClassLoader parent) {
        super("Lua program", parent);
    }

    /**
     * The texts of chunks.
     *
     * @param accounted whether they count ticks
     */
    static byte[] write(Collection<LuaCode> chunks, boolean accounted) {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        for (LuaCode each : chunks) {
            byte[] text = each.dump();
            byte[] other = texts.put(each.packageName(), text);
            if (other == null || Arrays.equals(other, text)) continue;
            throw new SnapshotException.Unstorable(
                    "a chunk",
                    "the program",
                    "another one has the same hash; add a comment to either");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(accounted);
            out.writeInt(texts.size());
            for (byte[] text : texts.values()) {
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Compiles what {@link #write} wrote.
     *
     * @param accounted whether programs of this runtime count ticks
     * @param parent finds all other classes
     * @param compiler of chunks
     */
    static StoredChunks read(
            byte[] bytes,
            boolean accounted,
            @Nullable ClassLoader parent,
            Function<byte[], LuaCode> compiler) {
        StoredChunks all = new StoredChunks(parent);
        for (byte[] text : texts(bytes, accounted)) {
            LuaCode code = compiler.apply(text);
            all.chunks.put(code.packageName(), code);
        }
        return all;
    }

    private static List<byte[]> texts(byte[] bytes, boolean accounted) {
        List<byte[]> texts = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            requireSame(in.readBoolean(), accounted);
            for (int left = in.readInt(); left > 0; left--) {
                int length = in.readInt();
                if (length < 0 || length > in.available()) throw new IOException("half a chunk");
                texts.add(in.readNBytes(length));
            }
            return texts;
        } catch (IOException e) {
            throw new SnapshotException.Damaged("its chunks cannot be read", e);
        }
    }

    private static void requireSame(boolean stored, boolean accounted) {
        if (stored == accounted) return;
        throw new IllegalArgumentException(
                "the stored program %s ticks and the runtime %s; make the runtime with the same options"
                        .formatted(counts(stored), counts(accounted)));
    }

    private static String counts(boolean accounted) {
        return accounted ? "counts" : "does not count";
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        LuaCode code = of(name);
        if (code == null) throw new ClassNotFoundException(name);
        return code.loadClass(name);
    }

    private @Nullable LuaCode of(String type) {
        int end = type.lastIndexOf('.');
        return end < 0 ? null : chunks.get(type.substring(0, end));
    }

    /** What runs the instructions of a function; null if there is no such function. */
    @Nullable Interpreter interpreter(String type) {
        LuaCode code = of(type);
        return code != null && code.has(type) ? code.info().interpreter(type) : null;
    }
}
