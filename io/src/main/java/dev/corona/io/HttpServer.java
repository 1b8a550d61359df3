package dev.corona.io;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.async.Waiter;

import io.netty.channel.Channel;
import io.netty.handler.codec.DateFormatter;
import io.netty.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP/1.1 server. Each request is handled in a task of its own, which starts as soon as the request's head, and what
 * arrived of its body with it, is there; its calls may wait anywhere.
 *
 * <p>Connections are kept for more requests, and pipelined requests are answered in their order. What breaks the rules of
 * HTTP is answered with 400, 413, 414, 417, 431, 501 or 505 without a handler. A handler that throws before its response has
 * begun is answered for with 500; after that its connection is closed. Either way the other connections go on.
 *
 * <p><b>Threads.</b> For tasks of one loop, which a listening server keeps alive.
 */
public final class HttpServer implements AutoCloseable {
    private final IoLoop io;
    private final HttpOptions options;
    private final SpawnSite site;
    private final HttpHandler handler;
    private final HeadBuffer head = new HeadBuffer();
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final List<Waiter<@Nullable Object>> closeWaiters = new ArrayList<>();
    private byte[] date = dateLine();
    private int seconds;
    private @Nullable Acceptor acceptor;
    private @Nullable ScheduledFuture<?> ticks;
    private boolean closing;

    private HttpServer(IoLoop io, HttpOptions options, SpawnSite site, HttpHandler handler) {
        this.io = io;
        this.options = options;
        this.site = site;
        this.handler = handler;
    }

    /** A server that listens; see {@link #serve(IoLoop, HttpOptions, SpawnSite, HttpHandler)}. */
    public static HttpServer serve(IoLoop io, HttpOptions options, HttpHandler handler)
            throws IoException {
        return serve(io, options, SpawnSite.here(), handler);
    }

    /**
     * A server that listens; suspends the calling task until it does.
     *
     * @param site where the handler was given, for reports
     * @throws IoException.PortInUse if somebody else listens there
     */
    public static HttpServer serve(
            IoLoop io, HttpOptions options, SpawnSite site, HttpHandler handler)
            throws IoException {
        HttpServer server = new HttpServer(io, options, site, handler);
        server.acceptor =
                Acceptor.listen(
                        io, options.host(), options.port(), options.backlog(), server::connected);
        server.ticks = io.netty().scheduleAtFixedRate(server::tick, 1, 1, TimeUnit.SECONDS);
        return server;
    }

    private Acceptor acceptor() {
        Acceptor known = acceptor;
        if (known == null) throw new AssertionError("not listening yet");
        return known;
    }

    private void connected(Channel channel) {
        HttpConnection connection = new HttpConnection(this, channel);
        connections.add(connection);
        io.netty().register(channel);
    }

    void disconnected(HttpConnection connection) {
        connections.remove(connection);
        if (closing && connections.isEmpty()) closed();
    }

    @SuppressWarnings(
            "JavaUtilDate") // what Netty's formatter takes; the JDK's costs more at start-up
    private static byte[] dateLine() {
        return ("Date: " + DateFormatter.format(new Date()) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Once a second: the date of the responses, and connections whose time is over. */
    private void tick() {
        seconds++;
        date = dateLine();
        for (HttpConnection connection : List.copyOf(connections)) connection.checkTime(seconds);
    }

    /** The port that it listens on. */
    public int port() {
        return acceptor().port();
    }

    /** The address and port that it listens on. */
    public String address() {
        return acceptor().address();
    }

    /** Number of connections that are open. */
    public int connections() {
        return connections.size();
    }

    /**
     * Stops listening and closes connections without a request; the others when their response is complete. Does not wait for
     * that; {@link #awaitClosed} does.
     */
    @Override
    public void close() {
        if (closing) return;
        closing = true;
        acceptor().close();
        for (HttpConnection connection : List.copyOf(connections)) connection.shutDown();
        if (connections.isEmpty()) closed();
    }

    /** Suspends the calling task until the server was closed and its last connection has ended. */
    public void awaitClosed() {
        if (closing && connections.isEmpty()) return;
        Corona.<@Nullable Object>suspend(
                "the end of the HTTP server on " + address(), closeWaiters::add);
    }

    private void closed() {
        if (ticks != null) ticks.cancel(false);
        closeWaiters.forEach(Waiter::complete);
        closeWaiters.clear();
    }

    IoLoop io() {
        return io;
    }

    HttpOptions options() {
        return options;
    }

    SpawnSite site() {
        return site;
    }

    HttpHandler handler() {
        return handler;
    }

    HeadBuffer head() {
        return head;
    }

    byte[] date() {
        return date;
    }

    /** Seconds since it began to listen, for timeouts. */
    int seconds() {
        return seconds;
    }

    boolean isClosing() {
        return closing;
    }

    @Override
    public String toString() {
        return "HTTP server on " + address();
    }
}
