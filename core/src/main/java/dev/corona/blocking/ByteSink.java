package dev.corona.blocking;

import dev.corona.channels.Sink;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Where bytes go, and whose write suspends the calling task only while there is no room; the counterpart of {@link ByteSource}.
 *
 * <p><b>Threads.</b> For tasks of one loop, one at a time, and so are the views. <b>Cancellation</b> of a task that waits in a write
 * leaves the sink as it is; some of the bytes may have been written.
 */
public interface ByteSink extends Closeable {
    /** Writes all of the bytes; suspends the calling task while there is no room. Keeps nothing of {@code bytes}. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Hands on what it keeps, if it keeps anything. */
    default void flush() throws IOException {}

    /** Sends each write as a byte array. Closing it closes {@code chunks}. */
    static ByteSink of(Sink<byte[]> chunks) {
        return new ByteSink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (length > 0) chunks.send(Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void close() {
                chunks.close();
            }
        };
    }

    /** It as a stream; closing the stream closes it. */
    default OutputStream asOutputStream() {
        return new SinkOutputStream(this);
    }

    /** It as an NIO channel; each write writes all. */
    default WritableByteChannel asChannel() {
        return new SinkChannel(this);
    }

    /** It as a writer of text, which keeps some until it is flushed or closed; characters that cannot be encoded are replaced. */
    default Writer asWriter(Charset charset) {
        return new SinkWriter(this, charset);
    }
}
