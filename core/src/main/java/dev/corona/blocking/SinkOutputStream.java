package dev.corona.blocking;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** A sink as a stream. */
final class SinkOutputStream extends OutputStream {
    private final ByteSink sink;

    SinkOutputStream(ByteSink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Blocking.namingMonitors(
                sink,
                () -> {
                    sink.write(bytes, offset, length);
                    return length;
                });
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        sink.flush();
        sink.close();
    }

    @Override
    public String toString() {
        return "stream of " + sink;
    }
}
