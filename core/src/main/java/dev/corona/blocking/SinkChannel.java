package dev.corona.blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/** A sink as an NIO channel. */
final class SinkChannel implements WritableByteChannel {
    private static final int CHUNK_BYTES = 8 * 1024;

    private final ByteSink sink;
    private boolean closed;

    SinkChannel(ByteSink sink) {
        this.sink = sink;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (closed) throw new ClosedChannelException();
        int total = from.remaining();
        byte[] chunk = new byte[Math.min(total, CHUNK_BYTES)];
        while (from.hasRemaining()) {
            int count = Math.min(chunk.length, from.remaining());
            from.get(from.position(), chunk, 0, count);
            Blocking.namingMonitors(
                    sink,
                    () -> {
                        sink.write(chunk, 0, count);
                        return count;
                    });
            from.position(from.position() + count);
        }
        return total;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        sink.flush();
        sink.close();
    }
}
