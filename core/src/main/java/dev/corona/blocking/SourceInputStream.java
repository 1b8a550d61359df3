package dev.corona.blocking;

import java.io.IOException;
import java.io.InputStream;

/** A source as a stream. */
final class SourceInputStream extends InputStream {
    private final ByteSource source;
    private final byte[] one = new byte[1];

    SourceInputStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return Blocking.namingMonitors(source, () -> source.read(target, offset, length));
    }

    @Override
    public int available() throws IOException {
        return source.available();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    @Override
    public String toString() {
        return "stream of " + source;
    }
}
