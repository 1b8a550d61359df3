package dev.corona.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A socket as the JDK's streams. */
final class SocketStreams {
    private SocketStreams() {}

    /** Its input. */
    static final class In extends InputStream {
        private final TcpSocket socket;

        In(TcpSocket socket) {
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return socket.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return socket.read(target, offset, length);
        }

        @Override
        public int available() {
            return socket.available();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Its output. */
    static final class Out extends OutputStream {
        private final TcpSocket socket;

        Out(TcpSocket socket) {
            this.socket = socket;
        }

        @Override
        public void write(int b) throws IOException {
            socket.write(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            socket.write(bytes, offset, length);
        }

        @Override
        public void close() {
            socket.endOutput();
        }
    }
}
