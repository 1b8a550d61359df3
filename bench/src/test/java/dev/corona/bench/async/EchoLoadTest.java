package dev.corona.bench.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.bench.BenchException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The client of the echo servers, against a server of this process. */
@Timeout(60)
class EchoLoadTest {
    /** What the server does to each message that it has read. */
    private interface Change {
        void on(byte[] bytes, int length);
    }

    private static ServerSocket server(Change change) throws IOException {
        ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(
                () -> {
                    try {
                        while (true) {
                            Socket socket = server.accept();
                            Thread.startVirtualThread(() -> echo(socket, change));
                        }
                    } catch (IOException closed) {
                        // the test is over
                    }
                });
        return server;
    }

    private static void echo(Socket socket, Change change) {
        byte[] buffer = new byte[EchoLoad.MESSAGE_BYTES];
        try (socket) {
            for (int n = socket.getInputStream().read(buffer); n > 0; ) {
                change.on(buffer, n);
                socket.getOutputStream().write(buffer, 0, n);
                n = socket.getInputStream().read(buffer);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static EchoLoad load(ServerSocket server, int connections) throws IOException {
        return new EchoLoad((InetSocketAddress) server.getLocalSocketAddress(), connections);
    }

    @Test
    void makesAllExchangesOnEveryConnection() throws Exception {
        try (ServerSocket server = server((bytes, length) -> {});
                EchoLoad load = load(server, 10)) {
            EchoResult result = load.run(20);
            assertThat(result.exchanges()).isEqualTo(200);
            assertThat(result.latencyMillis()).hasSize(200).doesNotContain(0.0);
            assertThat(result.perSecond()).isPositive();
        }
    }

    @Test
    void noticesAnEchoThatDiffers() throws Exception {
        try (ServerSocket server = server((bytes, length) -> bytes[length - 1]++);
                EchoLoad load = load(server, 2)) {
            assertThatThrownBy(() -> load.run(3))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("differs");
        }
    }

    @Test
    void noticesAServerThatLeaves() throws Exception {
        try (ServerSocket server =
                        server(
                                (bytes, length) -> {
                                    throw new IllegalStateException("the server's thread ends");
                                });
                EchoLoad load = load(server, 1)) {
            assertThatThrownBy(() -> load.run(1)).isInstanceOf(BenchException.class);
        }
    }
}
