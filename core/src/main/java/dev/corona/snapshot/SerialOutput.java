package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.NotActiveException;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stream that a class's {@code writeObject} is given: it writes into an item. */
final class SerialOutput extends ObjectOutputStream {
    private final ItemWriter out;
    private final String className;

    /** Name and type of each serializable field. */
    private final List<String> fields;

    private @Nullable Object object;
    private @Nullable MethodHandle writeFields;
    private @Nullable Put put;

    SerialOutput(ItemWriter out, String className, List<String> fields) throws IOException {
        this.out = out;
        this.className = className;
        this.fields = fields;
    }

    void writesDefaults(Object whose, @Nullable MethodHandle how) {
        object = whose;
        writeFields = how;
    }

    @Override
    public void defaultWriteObject() throws IOException {
        Object whose = object;
        if (whose == null) throw new NotActiveException("not in writeObject");
        if (writeFields == null) {
            putFields();
            writeFields();
            return;
        }
        try {
            SerialHandler.call(writeFields, whose, this);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public PutField putFields() {
        if (put == null) put = new Put();
        return put;
    }

    @Override
    public void writeFields() throws IOException {
        Put values = put;
        if (values == null) throw new NotActiveException("no putFields before");
        put = null;
        for (String field : fields) {
            String name = field.substring(0, field.indexOf(' '));
            char type = field.charAt(name.length() + 1);
            Object value = values.all.get(name);
            if (type == 'L' || type == '[') {
                out.writeReference("field " + className + "." + name, value);
            } else {
                Primitives.write(out.data(), value == null ? zero(type) : value);
            }
        }
    }

    private static Object zero(char type) {
        return switch (type) {
            case 'Z' -> false;
            case 'C' -> '\0';
            case 'F' -> 0f;
            case 'D' -> 0d;
            case 'B' -> (byte) 0;
            default -> 0;
        };
    }

    @Override
    protected void writeObjectOverride(@Nullable Object value) {
        out.writeReference("an element of " + className, value);
    }

    @Override
    public void writeUnshared(@Nullable Object value) {
        writeObjectOverride(value);
    }

    @Override
    public void write(int value) {
        out.data().write(value);
    }

    @Override
    public void write(byte[] bytes) {
        out.data().write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        out.data().write(bytes, from, count);
    }

    @Override
    public void writeBoolean(boolean value) {
        out.writeBoolean(value);
    }

    @Override
    public void writeByte(int value) {
        out.data().write(value);
    }

    @Override
    public void writeShort(int value) {
        out.writeInt((short) value);
    }

    @Override
    public void writeChar(int value) {
        out.data().writeUnsigned((char) value);
    }

    @Override
    public void writeInt(int value) {
        out.writeInt(value);
    }

    @Override
    public void writeLong(long value) {
        out.writeLong(value);
    }

    @Override
    public void writeFloat(float value) {
        Primitives.write(out.data(), value);
    }

    @Override
    public void writeDouble(double value) {
        out.writeDouble(value);
    }

    @Override
    public void writeBytes(String text) {
        for (int i = 0; i < text.length(); i++) out.data().write(text.charAt(i));
    }

    @Override
    public void writeChars(String text) {
        for (int i = 0; i < text.length(); i++) writeChar(text.charAt(i));
    }

    @Override
    public void writeUTF(String text) {
        out.writeString(text);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public void reset() throws IOException {
        throw new NotActiveException("stream active");
    }

    /** The values of fields on their way. */
    private static final class Put extends PutField {
        private final Map<String, @Nullable Object> all = new HashMap<>();

        @Override
        public void put(String name, boolean value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, byte value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, char value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, short value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, int value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, long value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, float value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, double value) {
            all.put(name, value);
        }

        @Override
        public void put(String name, @Nullable Object value) {
            all.put(name, value);
        }

        @Override
        @Deprecated
        public void write(ObjectOutput stream) throws IOException {
            throw new NotActiveException("use writeFields()");
        }
    }
}
