package dev.corona.js.host;

import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes on their way between Java and JavaScript. */
final class Bytes {
    private Bytes() {}

    /** As a script takes it: the buffer of a new ArrayBuffer, or null. */
    static @Nullable ByteBuffer toGuest(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /** The bytes of a string (as UTF-8), a typed array, a DataView or an ArrayBuffer; null if {@code value} is neither. */
    static byte @Nullable [] fromGuest(Value value) {
        if (value.isString()) return value.asString().getBytes(StandardCharsets.UTF_8);
        if (value.hasBufferElements()) return read(value, 0, value.getBufferSize());
        Value buffer = value.hasMembers() ? value.getMember("buffer") : null;
        if (buffer == null || !buffer.hasBufferElements()) return null;
        return read(
                buffer,
                value.getMember("byteOffset").asLong(),
                value.getMember("byteLength").asLong());
    }

    private static byte[] read(Value buffer, long offset, long length) {
        byte[] bytes = new byte[Math.toIntExact(length)];
        buffer.readBuffer(offset, bytes, 0, bytes.length);
        return bytes;
    }
}
