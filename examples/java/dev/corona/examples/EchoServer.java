package dev.corona.examples;

import dev.corona.async.Corona;
import dev.corona.io.IoException;
import dev.corona.io.IoLoop;
import dev.corona.io.TcpOptions;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;

/** A server that sends back what it gets: one task per connection, straight lines, one thread. */
public final class EchoServer {
    private EchoServer() {}

    /** Serves on the environment's PORT, 8080 if unset, until the process ends. */
    public static void main(String[] args) {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        try (IoLoop io = IoLoop.create()) {
            io.run(() -> serve(TcpServer.listen(io, TcpOptions.port(port))));
        }
    }

    /** Gives each connection a task, until the server is closed; answers how many there were. */
    static int serve(TcpServer server) {
        System.out.println("Listening on port " + server.port());
        int connections = 0;
        for (TcpSocket socket : server) {
            connections++;
            Corona.spawn(() -> echo(socket));
        }
        return connections;
    }

    private static long echo(TcpSocket socket) throws IoException {
        try (socket) {
            long bytes = 0;
            for (byte[] piece = socket.read(); piece != null; piece = socket.read()) {
                socket.write(piece);
                bytes += piece.length;
            }
            return bytes;
        }
    }
}
