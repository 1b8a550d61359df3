package dev.corona.blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** An NIO channel as a source. */
record ChannelSource(ReadableByteChannel channel) implements ByteSource {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
