package dev.corona.js.host;

import dev.corona.io.IoLoop;
import dev.corona.io.TcpOptions;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;

/** TCP for {@code net.js}. For the loop's thread. */
public final class NetHost {
    private final IoLoop io;
    private final Guest guest;
    private final Owned owned;

    NetHost(IoLoop io, Guest guest, Owned owned) {
        this.io = io;
        this.guest = guest;
        this.owned = owned;
    }

    /** A server that listens; {@code backlog} 0 for the default. */
    @HostAccess.Export
    public Server listen(@Nullable String host, int port, int backlog) {
        return guest.await(
                () -> {
                    TcpOptions options = TcpOptions.at(host, port);
                    if (backlog > 0) options = options.withBacklog(backlog);
                    return new Server(TcpServer.listen(io, options));
                });
    }

    /** A connection; {@code timeoutMillis} negative for the system's limit. */
    @HostAccess.Export
    public Socket connect(String host, int port, double timeoutMillis) {
        Duration limit =
                timeoutMillis < 0
                        ? Duration.ofMinutes(2)
                        : Duration.ofNanos((long) (timeoutMillis * 1e6));
        return guest.await(() -> new Socket(TcpSocket.connect(io, host, port, limit)));
    }

    /** A listening server. */
    public final class Server {
        private final TcpServer server;

        private Server(TcpServer server) {
            this.server = server;
        }

        /** The next connection; null when the server has been closed. */
        @HostAccess.Export
        public @Nullable Socket accept() {
            TcpSocket socket = guest.await(server::accept);
            return socket == null ? null : new Socket(socket);
        }

        @HostAccess.Export
        public int port() {
            return server.port();
        }

        @HostAccess.Export
        public String address() {
            return server.address();
        }

        @HostAccess.Export
        public void close() {
            server.close();
        }
    }

    /** One end of a connection. */
    public final class Socket extends Owned.Resource {
        private final TcpSocket socket;

        private Socket(TcpSocket socket) {
            this.socket = socket;
        }

        /** The next bytes; null at the end. */
        @HostAccess.Export
        public @Nullable ByteBuffer read() {
            owned.use(this);
            return Bytes.toGuest(guest.await(socket::read));
        }

        /** The next line without its end; null at the end. */
        @HostAccess.Export
        public @Nullable String readLine() {
            owned.use(this);
            return guest.await(socket::readLine);
        }

        @HostAccess.Export
        public void write(Value data) {
            owned.use(this);
            guest.await(
                    () -> {
                        if (data.isString()) {
                            socket.write(data.asString());
                            return true;
                        }
                        byte[] bytes = Bytes.fromGuest(data);
                        if (bytes == null)
                            throw new IllegalArgumentException(
                                    "socket.write: the data must be a string, a typed array or an ArrayBuffer, but was "
                                            + data);
                        socket.write(bytes);
                        return true;
                    });
        }

        /** Ends this side's half. */
        @HostAccess.Export
        public void end() {
            socket.endOutput();
        }

        @HostAccess.Export
        public void close() {
            owned.release(this);
            socket.close();
        }

        @Override
        void abandon() {
            socket.close();
        }

        @HostAccess.Export
        public boolean isClosed() {
            return socket.isClosed();
        }

        @HostAccess.Export
        public String remoteAddress() {
            return socket.remoteAddress();
        }

        @HostAccess.Export
        public String localAddress() {
            return socket.localAddress();
        }
    }
}
