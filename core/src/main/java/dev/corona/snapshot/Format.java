package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.Type.Kind;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Snapshots as bytes.
 *
 * <pre>
 *   magic      8 bytes   "CORONASN"
 *   version    1 byte
 *   sealed     1 byte    1 if the end is an HMAC by a key, 0 if it is a checksum
 *   attachment count, then as many bytes, which mean something to who made the snapshot
 *   types      count, then each: kind, class name, details
 *   items      count, then each: type, references, data
 *   end        32 bytes  SHA-256, or HMAC-SHA-256, of all before it
 * </pre>
 *
 * Numbers are as {@link ByteSink} writes them. Reading goes by steps, and each is done before the next begins: magic and version;
 * the end; the types; that their classes are allowed; then the classes are loaded and compared; then objects are made.
 */
final class Format {
    private static final byte[] MAGIC = "CORONASN".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 3;
    private static final int HEADER = MAGIC.length + 2;
    private static final int SEAL = 32;

    private Format() {}

    static byte[] write(List<Item> items, byte[] attachment, byte @Nullable [] key) {
        ByteSink out = new ByteSink();
        out.write(MAGIC, 0, MAGIC.length);
        out.write(VERSION);
        out.write(key == null ? 0 : 1);
        out.writeUnsigned(attachment.length);
        out.write(attachment, 0, attachment.length);
        Map<Type, Integer> types = new LinkedHashMap<>();
        for (Item item : items) types.putIfAbsent(item.handler.type(), types.size());
        out.writeUnsigned(types.size());
        for (Type type : types.keySet()) write(type, out);
        out.writeUnsigned(items.size());
        for (Item item : items) {
            out.writeUnsigned(types.getOrDefault(item.handler.type(), 0));
            out.writeUnsigned(item.references.length);
            for (int reference : item.references) out.writeUnsigned(reference);
            out.writeUnsigned(item.data.length);
            out.write(item.data, 0, item.data.length);
        }
        byte[] seal = seal(out.toBytes(), out.size(), key);
        out.write(seal, 0, SEAL);
        return out.toBytes();
    }

    private static void write(Type type, ByteSink out) {
        out.write(type.kind().ordinal());
        out.writeString(type.className());
        out.writeUnsigned(type.details().size());
        for (String each : type.details()) out.writeString(each);
    }

    private static byte[] seal(byte[] bytes, int count, byte @Nullable [] key) {
        try {
            if (key == null) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(bytes, 0, count);
                return digest.digest();
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(bytes, 0, count);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Throws if it is no snapshot of a version that can be read. */
    static void requireHeader(byte[] bytes) {
        if (bytes.length < HEADER + SEAL)
            throw new SnapshotException.Damaged("%d bytes are too few".formatted(bytes.length));
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[i] != MAGIC[i]) throw new SnapshotException.Damaged("it is none");
        }
        int version = bytes[MAGIC.length];
        if (version != VERSION) {
            throw new SnapshotException.Damaged(
                    "it has version %d, and only %d is known".formatted(version, VERSION));
        }
    }

    /** Throws if it is not what was written. */
    static void requireSeal(byte[] bytes, byte @Nullable [] key) {
        requireHeader(bytes);
        boolean sealed = bytes[HEADER - 1] == 1;
        if (sealed && key == null)
            throw new SnapshotException.Damaged("it is sealed by a key, and none was given");
        if (!sealed && key != null)
            throw new SnapshotException.Damaged("it is not sealed, though a key was given");
        int end = bytes.length - SEAL;
        byte[] found = java.util.Arrays.copyOfRange(bytes, end, bytes.length);
        if (!MessageDigest.isEqual(found, seal(bytes, end, key))) {
            throw new SnapshotException.Damaged(
                    sealed ? "its seal is not by this key" : "its checksum is wrong");
        }
    }

    private static ByteSource content(byte[] bytes) {
        return new ByteSource(bytes, HEADER, bytes.length - SEAL);
    }

    /** The attachment of a snapshot whose end was checked. */
    static byte[] attachment(byte[] bytes) {
        return attachment(content(bytes));
    }

    private static byte[] attachment(ByteSource in) {
        byte[] attachment = new byte[in.readCount()];
        in.read(attachment, 0, attachment.length);
        return attachment;
    }

    /** The types; loads nothing. */
    static List<Type> types(byte[] bytes) {
        ByteSource in = content(bytes);
        attachment(in);
        return types(in);
    }

    private static List<Type> types(ByteSource in) {
        int count = in.readCount();
        List<Type> types = new ArrayList<>(count);
        Kind[] kinds = Kind.values();
        for (int i = 0; i < count; i++) {
            int kind = in.read();
            if (kind >= kinds.length) throw new SnapshotException.Damaged("it has a kind " + kind);
            String name = in.readString();
            List<String> details = new ArrayList<>();
            for (int k = in.readCount(); k > 0; k--) details.add(in.readString());
            types.add(new Type(kinds[kind], name, details));
            requireDetails(types.getLast());
        }
        return types;
    }

    private static void requireDetails(Type type) {
        boolean fits = !type.isCode() || type.details().size() == 4;
        if (!fits) throw new SnapshotException.Damaged("it has half a type " + type.className());
    }

    /** The items, with handlers for their types; loads the classes of these, which must be allowed. */
    static List<Item> read(byte[] bytes, SnapshotOptions options) {
        requireSeal(bytes, options.key());
        ByteSource in = content(bytes);
        attachment(in);
        List<Type> types = types(in);
        ClassSource classes = new ClassSource(options);
        classes.requireAllowed(types);
        List<Handler> handlers = handlers(types, classes, new Handlers(options));
        int count = in.readCount();
        List<Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) items.add(item(in, handlers, count));
        if (count == 0) throw new SnapshotException.Damaged("it has no objects");
        if (in.remaining() > 0) throw new SnapshotException.Damaged("more follows its end");
        return items;
    }

    /** Code is compared first: looking at a serializable class may initialize it. */
    private static List<Handler> handlers(
            List<Type> types, ClassSource classes, Handlers handlers) {
        Map<Type, Handler> found = new HashMap<>();
        for (Type type : types)
            if (type.isCode()) found.put(type, handler(type, classes, handlers));
        for (Type type : types) {
            if (!type.isCode()) found.put(type, handler(type, classes, handlers));
        }
        List<Handler> all = new ArrayList<>();
        for (Type type : types) all.add(Objects.requireNonNull(found.get(type)));
        return all;
    }

    private static Handler handler(Type type, ClassSource classes, Handlers handlers) {
        if (type.classNames().isEmpty()) return handlers.of(type, null, null);
        Class<?> c = classes.find(type.className());
        return handlers.of(type, c, type.isCode() ? classes.find(type.details().getFirst()) : null);
    }

    private static Item item(ByteSource in, List<Handler> handlers, int count) {
        int type = (int) in.readUnsigned();
        if (type < 0 || type >= handlers.size())
            throw new SnapshotException.Damaged("it has no type " + type);
        int[] references = new int[in.readCount()];
        for (int i = 0; i < references.length; i++) {
            references[i] = (int) in.readUnsigned();
            if (references[i] < 0 || references[i] > count)
                throw new SnapshotException.Damaged("it has no object " + references[i]);
        }
        byte[] data = new byte[in.readCount()];
        in.read(data, 0, data.length);
        return new Item(handlers.get(type), references, data);
    }
}
