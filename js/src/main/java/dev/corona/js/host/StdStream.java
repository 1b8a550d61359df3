package dev.corona.js.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A standard stream of the program: collects what one turn of the loop writes and hands it on at the turn's end. A reader
 * that has gone away (a closed pipe) ends the output quietly.
 */
public final class StdStream {
    private static final int LIMIT_BYTES = 16 * 1024;

    private final OutputStream target;
    private final byte[] buffer = new byte[LIMIT_BYTES];
    private int size;
    private boolean broken;

    public StdStream(OutputStream target) {
        this.target = target;
    }

    public synchronized void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public synchronized void write(byte[] bytes) {
        if (bytes.length > LIMIT_BYTES - size) flush();
        if (bytes.length > LIMIT_BYTES) {
            send(bytes, bytes.length);
            return;
        }
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    public synchronized void flush() {
        if (size == 0) return;
        send(buffer, size);
        size = 0;
    }

    /** Sends what is left; nothing that is written later goes out. */
    public synchronized void close() {
        flush();
        broken = true;
    }

    private void send(byte[] bytes, int length) {
        if (broken) return;
        try {
            target.write(bytes, 0, length);
            target.flush();
        } catch (IOException e) {
            broken = true;
        }
    }
}
