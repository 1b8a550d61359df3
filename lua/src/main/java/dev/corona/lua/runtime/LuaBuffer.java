package dev.corona.lua.runtime;

import java.util.Arrays;

/** Bytes that grow to a string. For one thread. */
public final class LuaBuffer {
    private final long limit;
    private byte[] bytes;
    private int length;

    public LuaBuffer() {
        this(LuaString.MAX_LENGTH);
    }

    /**
     * @param limit the most bytes that it may hold
     */
    public LuaBuffer(long limit) {
        this.limit = Math.min(limit, LuaString.MAX_LENGTH);
        bytes = new byte[32];
    }

    public int length() {
        return length;
    }

    public LuaBuffer append(int b) {
        if (length == bytes.length) reserve(1);
        bytes[length++] = (byte) b;
        return this;
    }

    public LuaBuffer append(LuaString s) {
        return append(s.bytes(), 0, s.length());
    }

    public LuaBuffer append(byte[] source, int from, int to) {
        int n = to - from;
        if (n > bytes.length - length) reserve(n);
        System.arraycopy(source, from, bytes, length, n);
        length += n;
        return this;
    }

    /** Appends the low eight bits of each char. */
    public LuaBuffer append(String latin1) {
        int n = latin1.length();
        if (n > bytes.length - length) reserve(n);
        for (int i = 0; i < n; i++) bytes[length + i] = (byte) latin1.charAt(i);
        length += n;
        return this;
    }

    public LuaBuffer repeat(int b, int times) {
        if (times <= 0) return this;
        if (times > bytes.length - length) reserve(times);
        Arrays.fill(bytes, length, length + times, (byte) b);
        length += times;
        return this;
    }

    private void reserve(int more) {
        long needed = (long) length + more;
        if (needed > limit) throw LuaErrors.located("resulting string too large");
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, bytes.length * 2L)));
    }

    /** The index of a byte at or after {@code from}; -1 if it is not there. */
    public int indexOf(int b, int from) {
        for (int i = from; i < length; i++) if (bytes[i] == (byte) b) return i;
        return -1;
    }

    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** Shortens it to its first bytes. */
    public void truncate(int newLength) {
        length = newLength;
    }

    public LuaString toLuaString() {
        return LuaString.copyOf(bytes, 0, length);
    }
}
