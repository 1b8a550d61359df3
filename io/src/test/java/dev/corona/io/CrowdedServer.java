package dev.corona.io;

import dev.corona.async.SpawnSite;

import java.time.Duration;

/** A program for tests: an echo server that prints its port and its loop's reports, until its input ends. */
final class CrowdedServer {
    private CrowdedServer() {}

    /**
     * @param args the interval between reports in milliseconds
     */
    public static void main(String[] args) {
        IoOptions options =
                IoOptions.defaults()
                        .withReports(System.out::println)
                        .withReportInterval(Duration.ofMillis(Long.parseLong(args[0])));
        IoLoop io = IoLoop.create(options);
        io.run(
                () -> {
                    TcpServer server = TcpServer.listen(io, TcpOptions.at(Loops.HOST, 0));
                    server.onConnection(SpawnSite.here(), CrowdedServer::echo);
                    System.out.println(server.port());
                    Loops.join(Loops.client(() -> System.in.read()));
                    System.exit(0);
                    return 0;
                });
    }

    private static void echo(TcpSocket socket) throws Exception {
        for (byte[] piece = socket.read(); piece != null; piece = socket.read())
            socket.write(piece);
    }
}
