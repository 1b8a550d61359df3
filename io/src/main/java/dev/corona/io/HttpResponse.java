package dev.corona.io;

import java.nio.charset.StandardCharsets;

/**
 * A response that a client received.
 *
 * @param status such as 200
 * @param body all of it; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a value to take apart, never to compare
public record HttpResponse(int status, Headers headers, byte[] body) {
    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
