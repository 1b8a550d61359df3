package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Collects one item. */
final class ItemWriter implements SnapshotWriter {
    /** Gives the number of the item of an object; 0 for null. */
    @FunctionalInterface
    interface Numbers {
        int of(String label, @Nullable Object object);
    }

    /** Something that is written together. */
    @FunctionalInterface
    interface Part {
        void run() throws Exception;
    }

    private final Numbers numbers;
    private ByteSink data = new ByteSink();
    private int[] references = new int[4];
    private int count;

    ItemWriter(Numbers numbers) {
        this.numbers = numbers;
    }

    /** Writes a part, which can be skipped when it is read. */
    void writePart(Part part) throws Exception {
        ByteSink outer = data;
        int before = count;
        data = new ByteSink();
        try {
            part.run();
        } finally {
            ByteSink inner = data;
            data = outer;
            outer.writeUnsigned(count - before);
            outer.writeUnsigned(inner.size());
            outer.write(inner.toBytes(), 0, inner.size());
        }
    }

    ByteSink data() {
        return data;
    }

    @Override
    public void writeBoolean(boolean value) {
        data.write(value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        data.writeSigned(value);
    }

    @Override
    public void writeLong(long value) {
        data.writeSigned(value);
    }

    @Override
    public void writeDouble(double value) {
        data.writeFixed(Double.doubleToRawLongBits(value));
    }

    @Override
    public void writeBytes(byte[] value) {
        data.writeUnsigned(value.length);
        data.write(value, 0, value.length);
    }

    @Override
    public void writeString(String value) {
        data.writeString(value);
    }

    @Override
    public void writeReference(String label, @Nullable Object value) {
        if (count == references.length) references = Arrays.copyOf(references, count * 2);
        references[count++] = numbers.of(label, value);
    }

    void finish(Item item) {
        item.references = Arrays.copyOf(references, count);
        item.data = data.toBytes();
    }
}
