package dev.corona.snapshot;

import static dev.corona.snapshot.ObjectHandlers.REFLECTION;

import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.Type.Kind;

import org.jspecify.annotations.Nullable;

import java.io.Externalizable;
import java.io.NotSerializableException;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A serializable object, by the methods that its classes have for that ({@code writeObject}, {@code readObject},
 * {@code readResolve}, or those of {@code Externalizable}). They are given streams of ours, which note references and do not follow
 * them; so nothing recurses.
 */
final class SerialHandler extends Handler {
    /** One serializable class of the hierarchy: its methods, which are null where it has the default. */
    private record Level(
            Class<?> type,
            List<String> fields,
            @Nullable MethodHandle write,
            @Nullable MethodHandle read,
            @Nullable MethodHandle writeFields,
            @Nullable MethodHandle readFields) {}

    private static final ClassValue<Optional<MethodHandle>> REPLACING =
            new ClassValue<>() {
                @Override
                protected Optional<MethodHandle> computeValue(Class<?> type) {
                    return Optional.ofNullable(REFLECTION.writeReplaceForSerialization(type));
                }
            };

    /** For a class its handler; empty if it is made so that it cannot be serialized. */
    private static final ClassValue<Optional<SerialHandler>> ALL =
            new ClassValue<>() {
                @Override
                protected Optional<SerialHandler> computeValue(Class<?> type) {
                    return find(type);
                }
            };

    private final Class<?> objects;
    private final List<Level> levels;
    private final Constructor<?> constructor;
    private final @Nullable MethodHandle resolve;

    private SerialHandler(Class<?> type, List<Level> levels, Constructor<?> constructor) {
        super(new Type(Kind.SERIAL, type.getName(), details(levels)));
        objects = type;
        this.levels = levels;
        this.constructor = constructor;
        resolve = REFLECTION.readResolveForSerialization(type);
    }

    /**
     * @throws NotSerializableException if its class says that it is serializable, but it is made so that it is not
     */
    static SerialHandler of(Class<?> type) throws NotSerializableException {
        return ALL.get(type).orElseThrow(() -> new NotSerializableException(type.getName()));
    }

    private static Optional<SerialHandler> find(Class<?> type) {
        Constructor<?> constructor =
                Externalizable.class.isAssignableFrom(type)
                        ? REFLECTION.newConstructorForExternalization(type)
                        : REFLECTION.newConstructorForSerialization(type);
        if (constructor == null) return Optional.empty();
        List<Level> levels = new ArrayList<>();
        if (!Externalizable.class.isAssignableFrom(type)) {
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                if (Serializable.class.isAssignableFrom(c)) levels.addFirst(level(c));
            }
        }
        return Optional.of(new SerialHandler(type, levels, constructor));
    }

    private static Level level(Class<?> c) {
        List<String> fields = new ArrayList<>();
        for (ObjectStreamField f : ObjectStreamClass.lookupAny(c).getFields()) {
            fields.add(f.getName() + " " + f.getTypeCode());
        }
        return new Level(
                c,
                fields,
                REFLECTION.writeObjectForSerialization(c),
                REFLECTION.readObjectForSerialization(c),
                REFLECTION.defaultWriteObjectForSerialization(c),
                REFLECTION.defaultReadObjectForSerialization(c));
    }

    private static List<String> details(List<Level> levels) {
        List<String> all = new ArrayList<>();
        for (Level level : levels) {
            ObjectStreamClass c = ObjectStreamClass.lookupAny(level.type());
            all.add(level.type().getName() + " " + c.getSerialVersionUID());
            for (ObjectStreamField f : c.getFields()) {
                all.add(" " + f.getName() + " " + f.getType().getName());
            }
        }
        return all;
    }

    /**
     * The object that stands for {@code object} in a serialized form; the object itself for most.
     */
    static Object replace(Object object) throws Exception {
        if (!(object instanceof Serializable)) return isEntryOfJdk(object) ? entry(object) : object;
        Object current = object;
        while (current instanceof Serializable) {
            Optional<MethodHandle> replacing = REPLACING.get(current.getClass());
            if (replacing.isEmpty()) break;
            Object next = call(replacing.get(), current);
            if (next == null) throw new NotSerializableException("writeReplace gave null");
            if (next == current || next.getClass() == current.getClass()) return next;
            current = next;
        }
        return current;
    }

    /** The nodes of the JDK's maps cannot be stored; an entry of its own stands for one. */
    private static boolean isEntryOfJdk(Object object) {
        return object instanceof Map.Entry<?, ?>
                && object.getClass().getModule() == Object.class.getModule();
    }

    private static Object entry(Object node) {
        return new AbstractMap.SimpleEntry<>((Map.Entry<?, ?>) node);
    }

    static @Nullable Object call(MethodHandle method, Object... arguments) throws Exception {
        try {
            return method.invokeWithArguments(arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("neither an exception nor an error", e);
        }
    }

    @Override
    void write(Object object, ItemWriter out) throws Exception {
        if (object instanceof Externalizable external) {
            SerialOutput stream = new SerialOutput(out, objects.getSimpleName(), List.of());
            out.writePart(() -> external.writeExternal(stream));
            return;
        }
        for (Level level : levels) {
            SerialOutput stream =
                    new SerialOutput(out, level.type().getSimpleName(), level.fields());
            stream.writesDefaults(object, level.writeFields());
            out.writePart(
                    () -> {
                        if (level.write() == null) stream.defaultWriteObject();
                        else call(level.write(), object, stream);
                    });
        }
    }

    @Override
    Object create(ItemReader in) throws Exception {
        return constructor.newInstance();
    }

    @Override
    boolean asksOthers() {
        return levels.isEmpty() || levels.stream().anyMatch(level -> level.read() != null);
    }

    @Override
    void fill(Object object, ItemReader in) throws Exception {
        if (object instanceof Externalizable external) {
            in.readPart(() -> external.readExternal(new SerialInput(in, List.of())));
            return;
        }
        for (Level level : levels) {
            SerialInput stream = new SerialInput(in, level.fields());
            stream.readsDefaults(object, level.readFields());
            in.readPart(
                    () -> {
                        if (level.read() == null) stream.defaultReadObject();
                        else call(level.read(), object, stream);
                        stream.validate();
                    });
        }
    }

    @Override
    Object finish(Object object) throws Exception {
        if (resolve == null) return object;
        Object resolved = call(resolve, object);
        if (resolved == null) {
            throw new SnapshotException.Damaged(objects.getName() + ".readResolve gave null");
        }
        return resolved;
    }

    @Override
    String describe(Object object) {
        return "";
    }
}
