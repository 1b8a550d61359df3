package dev.corona.io;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.async.Waiter;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A TCP server. Connections are taken with {@link #accept()} or a for loop, or each is given a task by
 * {@link #onConnection}. While many sockets wait to be taken, further ones stay with the system.
 *
 * <p><b>Threads.</b> For tasks of one loop, which a listening server keeps alive. <b>Cancellation</b> of an accepting task
 * loses no connection.
 */
public final class TcpServer implements Iterable<TcpSocket>, AutoCloseable {
    private final IoLoop io;
    private final TcpOptions options;
    private final ArrayDeque<TcpSocket> untaken = new ArrayDeque<>();
    private final ArrayDeque<Waiter<@Nullable Object>> takers = new ArrayDeque<>();
    private @Nullable Acceptor acceptor;
    private @Nullable SpawnSite site;
    private @Nullable Handler handler;

    /** What is done with each connection. */
    @FunctionalInterface
    public interface Handler {
        void handle(TcpSocket socket) throws Exception;
    }

    private TcpServer(IoLoop io, TcpOptions options) {
        this.io = io;
        this.options = options;
    }

    /**
     * A server that listens; suspends the calling task until it does.
     *
     * @throws IoException.PortInUse if somebody else does
     */
    public static TcpServer listen(IoLoop io, TcpOptions options) throws IoException {
        TcpServer server = new TcpServer(io, options);
        server.acceptor =
                Acceptor.listen(
                        io, options.host(), options.port(), options.backlog(), server::connected);
        return server;
    }

    private Acceptor acceptor() {
        Acceptor known = acceptor;
        if (known == null) throw new AssertionError("not listening yet");
        return known;
    }

    private void connected(Channel channel) {
        TcpSocket socket =
                new TcpSocket(io, channel, options.idleTimeout(), options.maxLineBytes());
        io.netty().register(channel);
        Handler direct = handler;
        SpawnSite directSite = site;
        if (direct != null && directSite != null) {
            start(directSite, direct, socket);
            return;
        }
        untaken.add(socket);
        if (untaken.size() >= options.maxUntaken()) acceptor().pause();
        wakeTaker();
    }

    private void wakeTaker() {
        for (Waiter<@Nullable Object> taker = takers.poll(); taker != null; taker = takers.poll()) {
            if (taker.complete()) return;
        }
    }

    /** The next connection; suspends the calling task until there is one. Null once the server is closed. */
    public @Nullable TcpSocket accept() {
        while (true) {
            TcpSocket socket = untaken.poll();
            if (socket != null) {
                if (untaken.size() < (options.maxUntaken() + 1) / 2) acceptor().resume();
                if (!untaken.isEmpty()) wakeTaker();
                return socket;
            }
            if (!acceptor().isOpen()) return null;
            awaitConnection();
        }
    }

    private void awaitConnection() {
        Corona.<@Nullable Object>suspend(
                "a connection on " + address(),
                waiter -> {
                    takers.add(waiter);
                    waiter.onCancel(() -> takers.remove(waiter));
                });
    }

    /** The connections to come, until the server is closed; {@code hasNext} suspends the calling task. */
    @Override
    public Iterator<TcpSocket> iterator() {
        return new Connections();
    }

    /**
     * Gives each connection from now on, and each that waits, a task of its own named {@code connection}. The socket is
     * closed when the handler ends. What the handler throws is reported as an uncaught error of that task, unless the
     * connection broke and that is all it says.
     *
     * @param handlerSite where the handler was given, for reports
     */
    public void onConnection(SpawnSite handlerSite, Handler newHandler) {
        site = handlerSite;
        handler = newHandler;
        for (TcpSocket socket = untaken.poll(); socket != null; socket = untaken.poll()) {
            TcpSocket waiting = socket;
            io.netty().execute(() -> start(handlerSite, newHandler, waiting));
        }
        acceptor().resume();
    }

    private void start(SpawnSite handlerSite, Handler direct, TcpSocket socket) {
        io.loop()
                .start(
                        "connection",
                        handlerSite,
                        () -> {
                            serve(direct, socket);
                            return "served";
                        });
    }

    private static void serve(Handler direct, TcpSocket socket) throws Exception {
        try (socket) {
            direct.handle(socket);
        } catch (IoException.ConnectionLost | IoException.IdleTimeout ordinary) {
            // the peer's doing; the socket is closed and the server goes on
        }
    }

    /** The port that it listens on. */
    public int port() {
        return acceptor().port();
    }

    /** The address and port that it listens on. */
    public String address() {
        return acceptor().address();
    }

    /** Stops listening. Connections live on, but those that nobody has taken are closed. */
    @Override
    public void close() {
        acceptor().close();
        for (TcpSocket socket = untaken.poll(); socket != null; socket = untaken.poll())
            socket.close();
        for (Waiter<@Nullable Object> taker = takers.poll(); taker != null; taker = takers.poll())
            taker.complete();
    }

    private final class Connections implements Iterator<TcpSocket> {
        private @Nullable TcpSocket next;

        @Override
        public boolean hasNext() {
            if (next == null) next = accept();
            return next != null;
        }

        @Override
        public TcpSocket next() {
            if (!hasNext() || next == null)
                throw new NoSuchElementException("the server is closed");
            TcpSocket socket = next;
            next = null;
            return socket;
        }
    }
}
