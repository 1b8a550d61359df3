package dev.corona.io;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Settings of a TCP server and of the sockets that it accepts.
 *
 * @param host the name or address to listen on; null for all of this machine
 * @param port 0 lets the system choose
 * @param backlog connections that the system keeps until they are accepted
 * @param maxUntaken accepted sockets that may wait for {@link TcpServer#accept}; more stay in the backlog
 * @param idleTimeout after which a socket without traffic breaks; zero for never
 * @param maxLineBytes the longest line that {@link TcpSocket#readLine} returns
 */
public record TcpOptions(
        @Nullable String host,
        int port,
        int backlog,
        int maxUntaken,
        Duration idleTimeout,
        int maxLineBytes) {
    private static final TcpOptions DEFAULTS =
            new TcpOptions(null, 0, 4096, 128, Duration.ZERO, 64 * 1024);

    public TcpOptions {
        Addresses.requirePort(port);
        requirePositive("backlog", backlog);
        requirePositive("maxUntaken", maxUntaken);
        requirePositive("maxLineBytes", maxLineBytes);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0)
            throw new IllegalArgumentException(name + " must be positive, but was " + value);
    }

    /** Listens on {@code port} of every address. */
    public static TcpOptions port(int port) {
        return DEFAULTS.withPort(port);
    }

    /** Listens on {@code port} of {@code host}. */
    public static TcpOptions at(@Nullable String host, int port) {
        return DEFAULTS.withHost(host).withPort(port);
    }

    public TcpOptions withHost(@Nullable String name) {
        return new TcpOptions(name, port, backlog, maxUntaken, idleTimeout, maxLineBytes);
    }

    public TcpOptions withPort(int number) {
        return new TcpOptions(host, number, backlog, maxUntaken, idleTimeout, maxLineBytes);
    }

    public TcpOptions withBacklog(int connections) {
        return new TcpOptions(host, port, connections, maxUntaken, idleTimeout, maxLineBytes);
    }

    public TcpOptions withMaxUntaken(int sockets) {
        return new TcpOptions(host, port, backlog, sockets, idleTimeout, maxLineBytes);
    }

    public TcpOptions withIdleTimeout(Duration limit) {
        return new TcpOptions(host, port, backlog, maxUntaken, limit, maxLineBytes);
    }

    public TcpOptions withMaxLineBytes(int bytes) {
        return new TcpOptions(host, port, backlog, maxUntaken, idleTimeout, bytes);
    }
}
