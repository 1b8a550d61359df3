package dev.corona.blocking;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** A sink as a writer; without the JDK's lock. */
final class SinkWriter extends Writer {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final ByteSink sink;
    private final CharsetEncoder encoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);

    /** Half of a surrogate pair that ended the last write; 0 if none did. */
    private char half;

    private boolean closed;

    SinkWriter(ByteSink sink, Charset charset) {
        this.sink = sink;
        encoder =
                charset.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        encode(CharBuffer.wrap(text, offset, length));
    }

    @Override
    public void write(int c) throws IOException {
        encode(CharBuffer.wrap(new char[] {(char) c}));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        encode(CharBuffer.wrap(text, offset, offset + length));
    }

    private void encode(CharBuffer text) throws IOException {
        requireOpen();
        if (half != 0 && text.hasRemaining()) {
            CharBuffer pair = CharBuffer.wrap(new char[] {half, text.get()});
            half = 0;
            encodeAll(pair);
        }
        encodeAll(text);
        if (text.hasRemaining()) half = text.get();
    }

    private void encodeAll(CharBuffer text) throws IOException {
        while (encoder.encode(text, bytes, false) == CoderResult.OVERFLOW) drain();
    }

    private void requireOpen() throws IOException {
        if (closed) throw new IOException("cannot write to " + sink + ": this writer was closed");
    }

    private void drain() throws IOException {
        int count = bytes.position();
        if (count == 0) return;
        Blocking.namingMonitors(
                sink,
                () -> {
                    sink.write(bytes.array(), 0, count);
                    return count;
                });
        bytes.clear();
    }

    @Override
    public void flush() throws IOException {
        requireOpen();
        drain();
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        try {
            CharBuffer last = CharBuffer.wrap(half == 0 ? new char[0] : new char[] {half});
            while (encoder.encode(last, bytes, true) == CoderResult.OVERFLOW) drain();
            while (encoder.flush(bytes) == CoderResult.OVERFLOW) drain();
            flush();
        } finally {
            closed = true;
            sink.close();
        }
    }
}
