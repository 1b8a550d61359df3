package dev.corona.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The storm's client, against a socket of this process. */
class StormTest {
    private static final int COUNT = 50;

    @Test
    void opensEveryConnectionAndClosesIt() throws Exception {
        try (ServerSocket server = new ServerSocket(0, COUNT, InetAddress.getLoopbackAddress());
                Storm storm = new Storm(server.getLocalSocketAddress(), COUNT, 10_000)) {
            CompletableFuture<Integer> ended =
                    CompletableFuture.supplyAsync(() -> countEndedConnections(server));
            StormResult result = storm.run();
            assertThat(result.connected()).isEqualTo(COUNT);
            assertThat(result.failed()).isZero();
            assertThat(result.latencyMillis()).hasSize(COUNT);
            assertThat(result.latency(0)).isPositive();
            assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(COUNT);
        }
    }

    private static int countEndedConnections(ServerSocket server) {
        int ended = 0;
        try {
            while (ended < COUNT) {
                try (var socket = server.accept()) {
                    if (socket.getInputStream().read() < 0) ended++;
                }
            }
            return ended;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void countsRefusedConnectionsByReason() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) server.getLocalSocketAddress();
        }
        try (Storm storm = new Storm(nobody, COUNT, 10_000)) {
            StormResult result = storm.run();
            assertThat(result.connected()).isZero();
            assertThat(result.failed()).isEqualTo(COUNT);
            assertThat(result.errors()).hasSize(1);
            assertThat(result.latency(99)).isNaN();
        }
    }

    @Test
    void keepsToTheRate() throws Exception {
        try (ServerSocket server = new ServerSocket(0, COUNT, InetAddress.getLoopbackAddress());
                Storm storm = new Storm(server.getLocalSocketAddress(), COUNT, 500)) {
            assertThat(storm.run().perSecond()).isLessThan(520);
        }
    }
}
