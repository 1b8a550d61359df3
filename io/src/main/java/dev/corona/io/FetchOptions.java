package dev.corona.io;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What is asked of a server, besides the address.
 *
 * @param method such as GET
 * @param body empty for none
 * @param timeout of the connection and of each wait for the server; positive
 * @param maxBodyBytes a larger response is an error
 */
@SuppressWarnings("ArrayRecordComponent") // a value to take apart, never to compare
public record FetchOptions(
        String method, Headers headers, byte[] body, Duration timeout, int maxBodyBytes) {
    private static final FetchOptions GET =
            new FetchOptions("GET", Headers.none(), new byte[0], Duration.ofSeconds(30), 64 << 20);

    public static FetchOptions get() {
        return GET;
    }

    public static FetchOptions post(String text) {
        return GET.withMethod("POST").withBody(text.getBytes(StandardCharsets.UTF_8));
    }

    public FetchOptions withMethod(String name) {
        return new FetchOptions(name, headers, body, timeout, maxBodyBytes);
    }

    public FetchOptions withHeaders(Headers more) {
        return new FetchOptions(method, more, body, timeout, maxBodyBytes);
    }

    public FetchOptions withBody(byte[] bytes) {
        return new FetchOptions(method, headers, bytes, timeout, maxBodyBytes);
    }

    public FetchOptions withTimeout(Duration limit) {
        return new FetchOptions(method, headers, body, limit, maxBodyBytes);
    }

    public FetchOptions withMaxBodyBytes(int bytes) {
        return new FetchOptions(method, headers, body, timeout, bytes);
    }
}
