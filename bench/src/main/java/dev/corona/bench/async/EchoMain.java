package dev.corona.bench.async;

import dev.corona.async.Corona;
import dev.corona.bench.ServerProcess;
import dev.corona.io.IoLoop;
import dev.corona.io.TcpOptions;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A process that is an echo server of one style, on a free port of the loopback interface, which it prints. It ends after some
 * minutes, if nobody ends it before.
 */
public final class EchoMain {
    static final int BUFFER_BYTES = 4096;

    private EchoMain() {}

    /** Argument: the style. */
    public static void main(String[] args) {
        ServerProcess.endInTime();
        switch (Style.valueOf(args[0])) {
            case CALLBACKS -> serveWithVertx(EchoMain::echoByCallbacks);
            case FUTURES -> serveWithVertx(socket -> new FutureSocket(socket).echo());
            case COROUTINES -> serveWithCorona(EchoMain::echo);
            case STREAMS -> serveWithCorona(EchoMain::echoByStreams);
            case THREADS -> new ThreadServer().serve();
        }
    }

    private static void serveWithVertx(io.vertx.core.Handler<NetSocket> handler) {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        vertx.createNetServer(
                        new NetServerOptions()
                                .setTcpNoDelay(true)
                                .setAcceptBacklog(ServerProcess.BACKLOG))
                .connectHandler(handler)
                .listen(0, ServerProcess.HOST)
                .onSuccess(server -> ServerProcess.listening(server.actualPort()))
                .onFailure(ServerProcess::failed);
    }

    private static void echoByCallbacks(NetSocket socket) {
        socket.handler(
                bytes -> {
                    socket.write(bytes);
                    if (!socket.writeQueueFull()) return;
                    socket.pause();
                    socket.drainHandler(drained -> socket.resume());
                });
    }

    private static void serveWithCorona(TcpServer.Handler handler) {
        try (IoLoop io = IoLoop.create()) {
            io.run(
                    () -> {
                        TcpServer server =
                                TcpServer.listen(io, TcpOptions.at(ServerProcess.HOST, 0));
                        ServerProcess.listening(server.port());
                        int connections = 0;
                        for (TcpSocket socket : server) {
                            connections++;
                            Corona.spawn(() -> serve(socket, handler));
                        }
                        return connections;
                    });
        }
    }

    private static String serve(TcpSocket socket, TcpServer.Handler handler) throws Exception {
        try (socket) {
            handler.handle(socket);
            return "served";
        }
    }

    private static void echo(TcpSocket socket) throws IOException {
        for (byte[] bytes = socket.read(); bytes != null; bytes = socket.read())
            socket.write(bytes);
    }

    private static void echoByStreams(TcpSocket socket) throws IOException {
        copy(socket.input(), socket.output());
    }

    /** Code that knows nothing of coroutines. */
    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
    }
}
