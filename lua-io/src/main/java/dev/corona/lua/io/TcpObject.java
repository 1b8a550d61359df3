package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;
import dev.corona.errors.DeadlineException;
import dev.corona.io.IoException;
import dev.corona.io.TcpOptions;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * A TCP object of the module {@code socket}.
 *
 * <pre>
 *   MASTER ──connect──▶ CLIENT
 *     └──listen──▶ SERVER          each ──close──▶ closed
 * </pre>
 *
 * <p>Binding listens already, as the loop knows no other way to hold an address; a bound master that connects gives it up.
 */
final class TcpObject extends LuaUserdata implements AutoCloseable {
    /** What it is, for its methods and by name. */
    enum Kind {
        MASTER,
        CLIENT,
        SERVER
    }

    private static final int BACKLOG = 32;
    private static final Duration CONNECT_LIMIT = Duration.ofMinutes(10);

    private final LuaLoop loop;
    private final TcpTypes types;
    private final SocketOptions options = new SocketOptions();
    private final Timeouts timeouts = new Timeouts();
    private final Signal connected = new Signal();
    private final long sinceNanos = System.nanoTime();
    private Kind kind = Kind.MASTER;
    private boolean closed;
    private @Nullable TcpServer server;
    private @Nullable Backlog backlog;
    private @Nullable Stream stream;
    private @Nullable Task<Object> connecting;
    private @Nullable IoException connectFailure;

    /** The two directions of a connection. */
    record Stream(TcpSocket socket, Inlet inlet, Outlet outlet) {}

    TcpObject(LuaLoop loop, TcpTypes types) {
        super(null, types.of(Kind.MASTER));
        this.loop = loop;
        this.types = types;
        loop.keep(this);
    }

    private TcpObject accepted(TcpSocket socket) {
        TcpObject client = new TcpObject(loop, types);
        client.become(Kind.CLIENT);
        client.connectedTo(socket);
        return client;
    }

    private void become(Kind next) {
        kind = next;
        setMetatable(types.of(next));
    }

    private void connectedTo(TcpSocket socket) {
        stream = new Stream(socket, new Inlet(loop.io(), socket), new Outlet(socket));
    }

    Kind kind() {
        return kind;
    }

    boolean isClosed() {
        return closed;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    SocketOptions options() {
        return options;
    }

    /** The connection; null if there is none. */
    @Nullable Stream stream() {
        return closed ? null : stream;
    }

    @Nullable TcpServer server() {
        return closed ? null : server;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    // ---- servers

    @Nullable Object bind(@Nullable String host, int port, int backlogSize) {
        try {
            TcpOptions where = TcpOptions.at(host, port).withBacklog(backlogSize);
            TcpServer bound = TcpServer.listen(loop.io(), where);
            if (closed) bound.close();
            server = bound;
            backlog = new Backlog(loop.io(), bound);
            return 1L;
        } catch (IoException e) {
            return Results.failure(SocketErrors.word(e));
        }
    }

    @Nullable Object listen() {
        if (server == null) {
            Object bound = bind(null, 0, BACKLOG);
            if (Values.first(bound) == null) return bound;
        }
        become(Kind.SERVER);
        return 1L;
    }

    @Nullable Object accept() {
        Backlog queue = backlog;
        Timeouts.Call time = timeouts.begin();
        try {
            while (!closed && queue != null) {
                TcpSocket socket = queue.poll();
                if (socket != null) return accepted(socket);
                if (queue.isEnded()) break;
                queue.awaitMore(time.next());
            }
            return Results.failure(Results.CLOSED);
        } catch (DeadlineException.Expired e) {
            return Results.failure(Results.TIMEOUT);
        }
    }

    // ---- connecting

    @Nullable Object connect(String host, int port) {
        if (stream != null) return Results.failure("already connected");
        if (connecting == null) {
            if (backlog != null) backlog.close();
            backlog = null;
            server = null;
            connectFailure = null;
            become(Kind.CLIENT);
            connecting =
                    loop.io()
                            .loop()
                            .spawn("connect", SpawnSite.of(List.of()), () -> tryTo(host, port));
        }
        return awaitConnection();
    }

    private Object tryTo(String host, int port) {
        try {
            TcpSocket socket = TcpSocket.connect(loop.io(), host, port, CONNECT_LIMIT);
            if (closed) socket.close();
            else connectedTo(socket);
        } catch (IoException e) {
            connectFailure = e;
        } finally {
            connecting = null;
            connected.fire();
        }
        return this;
    }

    private @Nullable Object awaitConnection() {
        Timeouts.Call time = timeouts.begin();
        try {
            while (connecting != null) {
                Duration limit = time.next();
                if (limit != null && limit.isZero()) {
                    Corona.yieldNow();
                    if (connecting != null) return Results.failure(Results.TIMEOUT);
                } else {
                    Signal.awaitAny(List.of(connected), limit);
                }
            }
        } catch (DeadlineException.Expired e) {
            return Results.failure(Results.TIMEOUT);
        }
        IoException failure = connectFailure;
        if (failure == null) return 1L;
        become(Kind.MASTER);
        return Results.failure(SocketErrors.word(failure));
    }

    // ---- select

    /** What tells that {@link #isReadable} may have changed, and makes it change; null if nothing ever will. */
    @Nullable Signal readable() {
        if (connecting != null) return connected;
        Intake intake = intake();
        if (intake == null) return null;
        intake.arm();
        return intake.signal();
    }

    boolean isReadable() {
        if (closed || connectFailure != null) return true;
        Intake intake = intake();
        return intake != null && intake.isReady();
    }

    private @Nullable Intake intake() {
        Stream open = stream;
        return open == null ? backlog : open.inlet();
    }

    @Nullable Signal writable() {
        return connecting == null ? null : connected;
    }

    boolean isWritable() {
        if (closed || connectFailure != null) return true;
        Stream open = stream;
        return open != null && open.socket().isWritable();
    }

    // ---- the end

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        Stream open = stream;
        if (open != null) open.socket().close();
        if (backlog != null) backlog.close();
        Task<Object> running = connecting;
        if (running != null) running.cancel(false);
        connected.fire();
        loop.forget(this);
    }
}
