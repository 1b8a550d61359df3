package dev.corona.io;

import dev.corona.blocking.ByteSink;
import dev.corona.blocking.ByteSource;

import java.io.IOException;

/** The two directions of a socket as bytes that come and go. */
final class SocketBytes {
    private SocketBytes() {}

    /** Its input; closing it closes the socket. */
    record In(TcpSocket socket) implements ByteSource {
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

        @Override
        public String toString() {
            return "input of " + socket;
        }
    }

    /** Its output; closing it ends the output. */
    record Out(TcpSocket socket) implements ByteSink {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            socket.write(bytes, offset, length);
        }

        @Override
        public void close() {
            socket.endOutput();
        }

        @Override
        public String toString() {
            return "output of " + socket;
        }
    }
}
