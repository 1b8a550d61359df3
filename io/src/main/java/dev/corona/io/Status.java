package dev.corona.io;

import io.netty.handler.codec.http.HttpResponseStatus;

import java.nio.charset.StandardCharsets;

/** Status lines of HTTP/1.1; the usual ones are made once. */
final class Status {
    private static final int FIRST = 200;
    private static final int LAST = 999;
    private static final byte[][] USUAL = usual();

    private Status() {}

    private static byte[][] usual() {
        byte[][] lines = new byte[600 - FIRST][];
        for (int i = 0; i < lines.length; i++) lines[i] = make(FIRST + i);
        return lines;
    }

    /** The status line with its end. */
    static byte[] line(int status) {
        return status - FIRST < USUAL.length ? USUAL[status - FIRST] : make(status);
    }

    /** The usual words for a status. */
    static String reason(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    private static byte[] make(int status) {
        String line = "HTTP/1.1 " + status + " " + reason(status) + "\r\n";
        return line.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Throws unless a response may end with that status. */
    static void requireFinal(int status) {
        if (status < FIRST || status > LAST)
            throw new IllegalArgumentException(
                    "the status of a response must be between 200 and 999, but was " + status);
    }

    /** Whether a response with that status has a body. */
    static boolean hasBody(int status) {
        return status != 204 && status != 304;
    }
}
