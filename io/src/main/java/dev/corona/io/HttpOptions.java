package dev.corona.io;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Settings of an HTTP server.
 *
 * @param host the name or address to listen on; null for all of this machine
 * @param port 0 lets the system choose
 * @param backlog connections that the system keeps until they are accepted
 * @param maxLineBytes the longest request line; a longer one is answered with 414
 * @param maxHeaderBytes all headers of a request; more are answered with 431
 * @param headTimeout in which the head of a request must have arrived, once it began
 * @param idleTimeout after which a connection without a request is closed, and a body of which nothing comes is given up
 * @param onError told what a handler threw; null to report it as an uncaught error of the request's task
 */
public record HttpOptions(
        @Nullable String host,
        int port,
        int backlog,
        int maxLineBytes,
        int maxHeaderBytes,
        Duration headTimeout,
        Duration idleTimeout,
        @Nullable ErrorHandler onError) {
    private static final HttpOptions DEFAULTS =
            new HttpOptions(
                    null,
                    0,
                    4096,
                    8 * 1024,
                    16 * 1024,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(75),
                    null);

    /** Told of an error that a handler threw; the response is the server's business. */
    @FunctionalInterface
    public interface ErrorHandler {
        void failed(HttpExchange exchange, Throwable error);
    }

    public HttpOptions {
        Addresses.requirePort(port);
        requirePositive("backlog", backlog);
        requirePositive("maxLineBytes", maxLineBytes);
        requirePositive("maxHeaderBytes", maxHeaderBytes);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0)
            throw new IllegalArgumentException(name + " must be positive, but was " + value);
    }

    /** Listens on {@code port} of every address. */
    public static HttpOptions port(int port) {
        return at(null, port);
    }

    /** Listens on {@code port} of {@code host}. */
    public static HttpOptions at(@Nullable String host, int port) {
        HttpOptions d = DEFAULTS;
        return new HttpOptions(
                host,
                port,
                d.backlog,
                d.maxLineBytes,
                d.maxHeaderBytes,
                d.headTimeout,
                d.idleTimeout,
                d.onError);
    }

    public HttpOptions withBacklog(int connections) {
        return new HttpOptions(
                host,
                port,
                connections,
                maxLineBytes,
                maxHeaderBytes,
                headTimeout,
                idleTimeout,
                onError);
    }

    public HttpOptions withLimits(int lineBytes, int headerBytes) {
        return new HttpOptions(
                host, port, backlog, lineBytes, headerBytes, headTimeout, idleTimeout, onError);
    }

    public HttpOptions withTimeouts(Duration head, Duration idle) {
        return new HttpOptions(
                host, port, backlog, maxLineBytes, maxHeaderBytes, head, idle, onError);
    }

    public HttpOptions withOnError(@Nullable ErrorHandler handler) {
        return new HttpOptions(
                host,
                port,
                backlog,
                maxLineBytes,
                maxHeaderBytes,
                headTimeout,
                idleTimeout,
                handler);
    }
}
