package dev.corona.blocking;

import dev.corona.channels.Source;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;

/**
 * Where bytes come from, and whose read suspends the calling task only: a socket, a channel of byte arrays. Its views are the
 * JDK's own types, for libraries that know those.
 *
 * <p>The views hold no lock, so whatever calls them may wait on every engine, unless it holds a monitor itself while it reads:
 * {@link Blocking#call} is for that.
 *
 * <p><b>Threads.</b> For tasks of one loop, one at a time, and so are the views. <b>Cancellation</b> of a task that waits in a
 * read leaves the source as it is; nothing was read.
 */
public interface ByteSource extends Closeable {
    /**
     * Reads at least one byte and at most {@code length}; suspends the calling task until one is there.
     *
     * @return how many were read; -1 at the end, 0 if {@code length} is
     */
    int read(byte[] target, int offset, int length) throws IOException;

    /** How many bytes can be read without a wait; 0 if that is not known. */
    default int available() throws IOException {
        return 0;
    }

    /** The bytes of byte arrays that come one after the other; the arrays are not copied. Closing it closes {@code chunks}. */
    static ByteSource of(Source<byte[]> chunks) {
        return new Chunks<>(chunks, ByteBuffer::wrap);
    }

    /** As {@link #of}, of buffers; each is read from its position to its limit. */
    static ByteSource ofBuffers(Source<ByteBuffer> chunks) {
        return new Chunks<>(chunks, buffer -> buffer);
    }

    /** The bytes of a channel whose own read suspends the task only. */
    static ByteSource of(ReadableByteChannel channel) {
        return new ChannelSource(channel);
    }

    /** It as a stream; closing the stream closes it. */
    default InputStream asInputStream() {
        return new SourceInputStream(this);
    }

    /** It as an NIO channel. */
    default ReadableByteChannel asChannel() {
        return new SourceChannel(this);
    }

    /**
     * Its text, malformed input replaced. A {@code BufferedReader} by type, so that it goes wherever one is wanted, but without
     * the JDK's lock; wrap it in nothing that locks.
     */
    default BufferedReader asReader(Charset charset) {
        return new SourceReader(this, charset);
    }
}
