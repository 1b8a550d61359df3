package dev.corona.io;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** Bytes that have arrived and that nobody has read yet. Owns the buffers that it is given. */
final class Input {
    /** No more is asked of the network while so much waits. */
    static final int READ_AHEAD_BYTES = 16 * 1024;

    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(4);
    private int bytes;

    /** How many of the bytes are known to contain no line feed. */
    private int scanned;

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Takes the buffer over; a small one is moved into the room that the last one has, so that few are kept. */
    void add(ByteBuf buffer) {
        if (!buffer.isReadable()) {
            buffer.release();
            return;
        }
        int length = buffer.readableBytes();
        bytes += length;
        ByteBuf last = buffers.peekLast();
        if (last == null || last.maxFastWritableBytes() < length) {
            buffers.add(buffer);
            return;
        }
        last.writeBytes(buffer);
        buffer.release();
    }

    /** What arrived in one piece; null if nothing is there. */
    byte @Nullable [] take() {
        ByteBuf first = buffers.peek();
        return first == null ? null : takeBytes(first.readableBytes());
    }

    /** The next {@code length} bytes, which are there. */
    byte[] takeBytes(int length) {
        byte[] taken = new byte[length];
        read(taken, 0, length);
        return taken;
    }

    /** Moves at most {@code length} bytes; answers how many. */
    int read(byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            ByteBuf first = buffers.peek();
            if (first == null) break;
            int step = Math.min(length - done, first.readableBytes());
            first.readBytes(target, offset + done, step);
            done += step;
            if (!first.isReadable()) buffers.remove().release();
        }
        bytes -= done;
        scanned = Math.max(0, scanned - done);
        return done;
    }

    /** The next line without its end; null if no line feed is there. */
    @Nullable String takeLine() {
        int end = indexOfLineFeed();
        if (end < 0) return null;
        return text(takeBytes(end + 1), end);
    }

    /** All that is there as a line. */
    String takeRest() {
        return new String(takeBytes(bytes), StandardCharsets.UTF_8);
    }

    private static String text(byte[] line, int end) {
        int length = end > 0 && line[end - 1] == '\r' ? end - 1 : end;
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    private int indexOfLineFeed() {
        int start = 0;
        for (ByteBuf buffer : buffers) {
            int length = buffer.readableBytes();
            int from = Math.max(0, scanned - start);
            if (from < length) {
                int found =
                        buffer.indexOf(
                                buffer.readerIndex() + from, buffer.writerIndex(), (byte) '\n');
                if (found >= 0) return start + found - buffer.readerIndex();
            }
            start += length;
        }
        scanned = bytes;
        return -1;
    }

    void clear() {
        for (ByteBuf buffer = buffers.poll(); buffer != null; buffer = buffers.poll())
            buffer.release();
        bytes = 0;
        scanned = 0;
    }
}
