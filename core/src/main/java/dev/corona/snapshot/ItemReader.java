package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;

import org.jspecify.annotations.Nullable;

import java.util.function.IntFunction;

/** Gives out one item. */
final class ItemReader implements SnapshotReader {
    private final Item item;
    private final IntFunction<@Nullable Object> objects;
    private final ByteSource data;
    private int next;

    /**
     * @param objects gives the object of an item that is not null
     */
    ItemReader(Item item, IntFunction<@Nullable Object> objects) {
        this.item = item;
        this.objects = objects;
        data = new ByteSource(item.data, 0, item.data.length);
    }

    /** Reads a part as far as {@code part} wants; what it leaves is skipped. */
    void readPart(ItemWriter.Part part) throws Exception {
        int references = next + (int) data.readUnsigned();
        int bytes = data.readCount();
        int end = data.position() + bytes;
        part.run();
        data.moveTo(end);
        next = references;
    }

    /** How many references are left. */
    int readReferenceCount() {
        return item.references.length - next;
    }

    ByteSource data() {
        return data;
    }

    @Override
    public boolean readBoolean() {
        return data.read() != 0;
    }

    @Override
    public int readInt() {
        return (int) data.readSigned();
    }

    @Override
    public long readLong() {
        return data.readSigned();
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble(data.readFixed());
    }

    @Override
    public byte[] readBytes() {
        byte[] value = new byte[data.readCount()];
        data.read(value, 0, value.length);
        return value;
    }

    @Override
    public String readString() {
        return data.readString();
    }

    @Override
    public @Nullable Object readReference() {
        if (next < 0 || next >= item.references.length) {
            throw new SnapshotException.Damaged(
                    "%s refers to too few objects".formatted(item.handler.type().className()));
        }
        int number = item.references[next++];
        return number == 0 ? null : objects.apply(number);
    }
}
