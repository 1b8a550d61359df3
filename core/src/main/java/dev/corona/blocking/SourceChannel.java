package dev.corona.blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** A source as an NIO channel. */
final class SourceChannel implements ReadableByteChannel {
    private static final int CHUNK_BYTES = 8 * 1024;

    private final ByteSource source;
    private boolean closed;

    SourceChannel(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) throw new ClosedChannelException();
        if (!target.hasRemaining()) return 0;
        if (target.hasArray()) return readInto(target);
        byte[] bytes = new byte[Math.min(target.remaining(), CHUNK_BYTES)];
        int count = read(bytes, 0, bytes.length);
        if (count > 0) target.put(bytes, 0, count);
        return count;
    }

    private int readInto(ByteBuffer target) throws IOException {
        int start = target.arrayOffset() + target.position();
        int count = read(target.array(), start, target.remaining());
        if (count > 0) target.position(target.position() + count);
        return count;
    }

    private int read(byte[] bytes, int offset, int length) throws IOException {
        return Blocking.namingMonitors(source, () -> source.read(bytes, offset, length));
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        source.close();
    }
}
