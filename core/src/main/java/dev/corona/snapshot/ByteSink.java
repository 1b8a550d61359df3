package dev.corona.snapshot;

import java.util.Arrays;

/** Bytes that grow, with the number formats of snapshots. */
final class ByteSink {
    private byte[] bytes = new byte[32];
    private int size;

    void write(int b) {
        require(1);
        bytes[size++] = (byte) b;
    }

    void write(byte[] source, int from, int count) {
        require(count);
        System.arraycopy(source, from, bytes, size, count);
        size += count;
    }

    private void require(int more) {
        if (size + more > bytes.length)
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    void writeUnsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        write((int) rest);
    }

    /** With the sign in the lowest bit, so that small negative numbers are short too. */
    void writeSigned(long value) {
        writeUnsigned(value << 1 ^ value >> 63);
    }

    void writeFixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) write((int) (value >>> shift));
    }

    /** Every string, lone surrogates too: a byte for each character if it is Latin, else two. */
    void writeString(String text) {
        boolean latin = text.chars().allMatch(c -> c < 256);
        writeUnsigned((long) text.length() << 1 | (latin ? 1 : 0));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!latin) write(c >>> 8);
            write(c);
        }
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
