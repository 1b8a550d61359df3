package dev.corona.io;

import java.util.Arrays;

/** The array in which a server puts together the head of each response, one after the other. */
final class HeadBuffer {
    private byte[] bytes = new byte[2048];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void put(byte[] part) {
        ensure(part.length);
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    /** A number that is not negative, in decimal digits. */
    void put(long number) {
        ensure(20);
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) digits++;
        length += digits;
        long rest = number;
        for (int at = length - 1; digits > 0; digits--, rest /= 10) {
            bytes[at--] = (byte) ('0' + rest % 10);
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more)
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
}
