package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Lua string: any bytes, immutable. Equal by content; ordered as unsigned bytes.
 *
 * <p><b>Building by pieces.</b> A string that a concatenation made keeps room behind its bytes once it is appended to
 * again. The first string appended to it takes that room in place of a copy, so {@code s = s .. x} costs the length of {@code x}
 * (amortized), and every string stays one flat array.
 *
 * <p><b>Java strings.</b> {@link #of(String)} and {@link #toString()} are UTF-8; malformed bytes become U+FFFD.
 * {@link #ofLatin1} and {@link #toLatin1} keep every byte as the char of the same number.
 *
 * <p>May be shared between threads and runtimes.
 */
public final class LuaString implements Comparable<LuaString> {
    /** No string is longer, whatever the limits of a runtime. */
    public static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private static final int MIN_SHARED = 48;
    private static final LuaString[] BYTES = new LuaString[256];

    static {
        for (int i = 0; i < 256; i++) BYTES[i] = new LuaString(new byte[] {(byte) i}, 1, null);
    }

    public static final LuaString EMPTY = new LuaString(new byte[0], 0, null);

    /** How much of an array is taken by the longest string in it. */
    private static final class Room {
        static final VarHandle TAKEN;

        static {
            try {
                TAKEN = MethodHandles.lookup().findVarHandle(Room.class, "taken", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @SuppressWarnings("unused") // through TAKEN
        private volatile int taken;

        Room(int taken) {
            this.taken = taken;
        }

        boolean take(int from, int to) {
            return TAKEN.compareAndSet(this, from, to);
        }
    }

    /** Stands for no room in a string that a concatenation made. */
    private static final Room NO_ROOM = new Room(-1);

    private final byte[] bytes;
    private final int length;
    private final @Nullable Room room;

    /** 0 until it is asked for. */
    int hash;

    private LuaString(byte[] bytes, int length, @Nullable Room room) {
        this.bytes = bytes;
        this.length = length;
        this.room = room;
    }

    /** The string of a Java string's UTF-8 bytes. */
    public static LuaString of(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The string whose bytes are the low eight bits of each char. */
    public static LuaString ofLatin1(String text) {
        int n = text.length();
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) bytes[i] = (byte) text.charAt(i);
        return wrap(bytes);
    }

    /** The string of one byte. */
    public static LuaString ofByte(int b) {
        return BYTES[b & 0xff];
    }

    public static LuaString copyOf(byte[] bytes, int from, int to) {
        int n = to - from;
        if (n <= 1) return n <= 0 ? EMPTY : ofByte(bytes[from]);
        return new LuaString(Arrays.copyOfRange(bytes, from, to), n, null);
    }

    /** The string of these bytes; the array must not be changed any more. */
    public static LuaString wrap(byte[] bytes) {
        return wrap(bytes, bytes.length);
    }

    /** The string of the first bytes of an array that must not be changed any more. */
    public static LuaString wrap(byte[] bytes, int length) {
        if (length <= 1) return length <= 0 ? EMPTY : ofByte(bytes[0]);
        return new LuaString(bytes, length, null);
    }

    public int length() {
        return length;
    }

    /** Whether it keeps no more bytes than its own. */
    boolean isExact() {
        return bytes.length == length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at an index from 0, as 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** The array that holds the bytes, at index 0 to {@link #length()}, and more behind them. Never to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, length);
    }

    /** The bytes from index {@code from}, inclusive, to {@code to}, exclusive. */
    public LuaString sub(int from, int to) {
        return from == 0 && to == length ? this : copyOf(bytes, from, to);
    }

    /** The index of the first occurrence at or after {@code from}; -1 if there is none. */
    public int indexOf(LuaString needle, int from) {
        int n = needle.length;
        if (n == 0) return from <= length ? from : -1;
        byte[] wanted = needle.bytes;
        byte first = wanted[0];
        for (int i = from; i <= length - n; i++) {
            if (bytes[i] == first && Arrays.equals(bytes, i, i + n, wanted, 0, n)) return i;
        }
        return -1;
    }

    public boolean startsWith(LuaString prefix) {
        int n = prefix.length;
        return n <= length && Arrays.equals(bytes, 0, n, prefix.bytes, 0, n);
    }

    /**
     * This string followed by another.
     *
     * @throws LuaError if the result would be longer than {@link #MAX_LENGTH}
     */
    public LuaString concat(LuaString other) {
        if (other.length == 0) return this;
        if (length == 0) return other;
        long sum = (long) length + other.length;
        if (sum > MAX_LENGTH) throw new LuaError(of("string length overflow"));
        int total = (int) sum;
        if (room == null || total < MIN_SHARED || other.length > length) {
            return joined(other, total, total, total < MIN_SHARED ? null : NO_ROOM);
        }
        if (total <= bytes.length && room.take(length, total)) {
            System.arraycopy(other.bytes, 0, bytes, length, other.length);
            return new LuaString(bytes, total, room);
        }
        // A string that others were appended to before is a common prefix, not one that grows.
        if (room != NO_ROOM && total <= bytes.length) return joined(other, total, total, NO_ROOM);
        int capacity = (int) Math.min(MAX_LENGTH, total * 2L);
        return joined(other, total, capacity, new Room(total));
    }

    private LuaString joined(LuaString other, int total, int capacity, @Nullable Room newRoom) {
        byte[] joined = new byte[capacity];
        System.arraycopy(bytes, 0, joined, 0, length);
        System.arraycopy(other.bytes, 0, joined, length, other.length);
        return new LuaString(joined, total, newRoom);
    }

    @Override
    public int compareTo(LuaString other) {
        return Arrays.compareUnsigned(bytes, 0, length, other.bytes, 0, other.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof LuaString s && contentEquals(s));
    }

    boolean contentEquals(LuaString s) {
        return length == s.length
                && (hash == s.hash || hash == 0 || s.hash == 0)
                && Arrays.equals(bytes, 0, length, s.bytes, 0, length);
    }

    @Override
    public int hashCode() {
        int h = hash;
        return h != 0 ? h : computeHash();
    }

    /** Never 0, and with its low bits well mixed, because tables use them as they are. */
    private int computeHash() {
        int h = length;
        for (int i = 0; i < length; i++) h = h * 31 + bytes[i];
        h *= 0x9E3779B1;
        h ^= h >>> 15;
        if (h == 0) h = 1;
        hash = h;
        return h;
    }

    /** The bytes as UTF-8. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The bytes as chars of the same numbers. */
    public String toLatin1() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
