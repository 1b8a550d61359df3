package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotActiveException;
import java.io.ObjectInputStream;
import java.io.ObjectInputValidation;
import java.io.ObjectStreamClass;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stream that a class's {@code readObject} is given: it reads an item. */
final class SerialInput extends ObjectInputStream {
    private static final Map<Character, Class<?>> PRIMITIVES =
            Map.of(
                    'Z', boolean.class,
                    'B', byte.class,
                    'C', char.class,
                    'S', short.class,
                    'I', int.class,
                    'J', long.class,
                    'F', float.class,
                    'D', double.class);

    private final ItemReader in;
    private final List<String> fields;
    private final List<ObjectInputValidation> validations = new ArrayList<>();
    private @Nullable Object object;
    private @Nullable MethodHandle readFields;

    SerialInput(ItemReader in, List<String> fields) throws IOException {
        this.in = in;
        this.fields = fields;
    }

    void readsDefaults(Object whose, @Nullable MethodHandle how) {
        object = whose;
        readFields = how;
    }

    void validate() throws InvalidObjectException {
        for (ObjectInputValidation each : validations) each.validateObject();
    }

    @Override
    public void registerValidation(ObjectInputValidation validation, int priority) {
        validations.add(validation);
    }

    @Override
    public void defaultReadObject() throws IOException, ClassNotFoundException {
        Object whose = object;
        if (whose == null) throw new NotActiveException("not in readObject");
        if (readFields == null) {
            readFields();
            return;
        }
        try {
            SerialHandler.call(readFields, whose, this);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public GetField readFields() {
        Get values = new Get();
        for (String field : fields) {
            String name = field.substring(0, field.indexOf(' '));
            Class<?> type = PRIMITIVES.get(field.charAt(name.length() + 1));
            values.all.put(
                    name, type == null ? in.readReference() : Primitives.read(in.data(), type));
        }
        return values;
    }

    @Override
    protected @Nullable Object readObjectOverride() {
        return in.readReference();
    }

    @Override
    public @Nullable Object readUnshared() {
        return in.readReference();
    }

    @Override
    public int read() {
        return in.data().remaining() == 0 ? -1 : in.data().read();
    }

    @Override
    public int read(byte[] target, int from, int count) {
        int available = Math.min(count, in.data().remaining());
        if (available == 0 && count > 0) return -1;
        in.data().read(target, from, available);
        return available;
    }

    @Override
    public int available() {
        return in.data().remaining();
    }

    @Override
    public void readFully(byte[] target) throws IOException {
        readFully(target, 0, target.length);
    }

    @Override
    public void readFully(byte[] target, int from, int count) throws IOException {
        if (count > in.data().remaining()) throw new EOFException();
        in.data().read(target, from, count);
    }

    @Override
    public int skipBytes(int count) {
        int skipped = Math.max(0, Math.min(count, in.data().remaining()));
        in.data().moveTo(in.data().position() + skipped);
        return skipped;
    }

    @Override
    public boolean readBoolean() {
        return in.readBoolean();
    }

    @Override
    public byte readByte() {
        return (byte) in.data().read();
    }

    @Override
    public int readUnsignedByte() {
        return in.data().read();
    }

    @Override
    public short readShort() {
        return (short) in.readInt();
    }

    @Override
    public int readUnsignedShort() {
        return in.readInt() & 0xFFFF;
    }

    @Override
    public char readChar() {
        return (char) in.data().readUnsigned();
    }

    @Override
    public int readInt() {
        return in.readInt();
    }

    @Override
    public long readLong() {
        return in.readLong();
    }

    @Override
    public float readFloat() {
        return (float) Primitives.read(in.data(), float.class);
    }

    @Override
    public double readDouble() {
        return in.readDouble();
    }

    @Override
    public String readUTF() {
        return in.readString();
    }

    @Override
    public void close() {}

    /** The values of the fields that were written, by name. */
    private static final class Get extends GetField {
        private final Map<String, @Nullable Object> all = new HashMap<>();

        @SuppressWarnings("unchecked") // the type is that of the field
        private <T> T value(String name, T otherwise) {
            Object value = all.get(name);
            return value == null ? otherwise : (T) value;
        }

        @Override
        public @Nullable ObjectStreamClass getObjectStreamClass() {
            return null;
        }

        @Override
        public boolean defaulted(String name) {
            return !all.containsKey(name);
        }

        @Override
        public boolean get(String name, boolean otherwise) {
            return this.<Boolean>value(name, otherwise);
        }

        @Override
        public byte get(String name, byte otherwise) {
            return this.<Byte>value(name, otherwise);
        }

        @Override
        public char get(String name, char otherwise) {
            return this.<Character>value(name, otherwise);
        }

        @Override
        public short get(String name, short otherwise) {
            return this.<Short>value(name, otherwise);
        }

        @Override
        public int get(String name, int otherwise) {
            return this.<Integer>value(name, otherwise);
        }

        @Override
        public long get(String name, long otherwise) {
            return this.<Long>value(name, otherwise);
        }

        @Override
        public float get(String name, float otherwise) {
            return this.<Float>value(name, otherwise);
        }

        @Override
        public double get(String name, double otherwise) {
            return this.<Double>value(name, otherwise);
        }

        @Override
        public @Nullable Object get(String name, @Nullable Object otherwise) {
            return all.containsKey(name) ? all.get(name) : otherwise;
        }
    }
}
