package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;

/** What a {@link ByteSink} wrote. Asking for more than there is throws {@link SnapshotException.Damaged}. */
final class ByteSource {
    private final byte[] bytes;
    private final int end;
    private int position;

    ByteSource(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        position = from;
    }

    int read() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    void read(byte[] target, int from, int count) {
        require(count);
        System.arraycopy(bytes, position, target, from, count);
        position += count;
    }

    long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = read();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) return value;
        }
        throw new SnapshotException.Damaged("a number at byte %d has no end".formatted(position));
    }

    /** A count of things of which each takes at least a byte here, so that a wrong one allocates nothing. */
    int readCount() {
        return readCount(1);
    }

    int readCount(int bytesEach) {
        long count = readUnsigned();
        if (count < 0 || count > remaining() / bytesEach) {
            throw new SnapshotException.Damaged(
                    "%d things are said to follow at byte %d, where %d bytes are left"
                            .formatted(count, position, remaining()));
        }
        return (int) count;
    }

    long readSigned() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    long readFixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) value = value << 8 | read();
        return value;
    }

    String readString() {
        long header = readUnsigned();
        boolean latin = (header & 1) != 0;
        long length = header >>> 1;
        if (length > remaining() / (latin ? 1 : 2)) {
            throw new SnapshotException.Damaged("a string at byte %d is cut".formatted(position));
        }
        char[] text = new char[(int) length];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (latin ? read() : read() << 8 | read());
        }
        return new String(text);
    }

    int position() {
        return position;
    }

    void moveTo(int newPosition) {
        if (newPosition < 0 || newPosition > end) {
            throw new SnapshotException.Damaged("a part ends at byte " + newPosition);
        }
        position = newPosition;
    }

    int remaining() {
        return end - position;
    }

    private void require(int more) {
        if (more > remaining()) {
            throw new SnapshotException.Damaged("it ends too early, at byte " + end);
        }
    }
}
