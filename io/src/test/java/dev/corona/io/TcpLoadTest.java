package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Many sockets, and peers that are slow: nothing is lost, and memory stays flat. */
@Timeout(120)
class TcpLoadTest {
    private static final TcpOptions HERE = TcpOptions.at(Loops.HOST, 0);

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    @Test
    void echoesThousandSocketsInOrder() {
        int threads = 4;
        int socketsEach = 250;
        int rounds = 20;
        Loops.on(
                io -> {
                    TcpServer server = TcpServer.listen(io, HERE);
                    server.onConnection(SpawnSite.here(), TcpLoadTest::echo);
                    List<CompletableFuture<Integer>> clients = new ArrayList<>();
                    for (int t = 0; t < threads; t++)
                        clients.add(
                                Loops.client(() -> converse(server.port(), socketsEach, rounds)));
                    int answers = 0;
                    for (CompletableFuture<Integer> client : clients) answers += Loops.join(client);
                    assertThat(answers).isEqualTo(threads * socketsEach * rounds);
                    server.close();
                });
    }

    private static void echo(TcpSocket socket) throws Exception {
        for (byte[] piece = socket.read(); piece != null; piece = socket.read())
            socket.write(piece);
    }

    /** All sockets open at once; each round writes to all of them before it reads the answers. */
    private static int converse(int port, int count, int rounds) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) sockets.add(Loops.dial(port));
            int answers = 0;
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < count; i++) {
                    DataOutputStream out = new DataOutputStream(sockets.get(i).getOutputStream());
                    out.writeLong((long) i << 32 | round);
                }
                for (int i = 0; i < count; i++) {
                    DataInputStream in = new DataInputStream(sockets.get(i).getInputStream());
                    assertThat(in.readLong()).isEqualTo((long) i << 32 | round);
                    answers++;
                }
            }
            return answers;
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    @Test
    void aSlowReaderSuspendsTheWriterAndMemoryStaysFlat() {
        int pieces = 256;
        int size = 1 << 20;
        Loops.on(
                io -> {
                    try (TcpServer server = TcpServer.listen(io, HERE)) {
                        CountDownLatch read = new CountDownLatch(1);
                        CompletableFuture<Long> client =
                                Loops.client(() -> readAfter(server.port(), read));
                        TcpSocket socket = server.accept();
                        assertThat(socket).isNotNull();
                        AtomicLong written = new AtomicLong();
                        long before = directBytes();
                        AtomicLong most = new AtomicLong();
                        Task<String> writer =
                                Corona.spawn(
                                        () -> {
                                            for (int i = 0; i < pieces; i++) {
                                                byte[] piece = new byte[size];
                                                java.util.Arrays.fill(piece, (byte) i);
                                                socket.write(piece);
                                                written.incrementAndGet();
                                                most.accumulateAndGet(
                                                        directBytes() - before, Math::max);
                                            }
                                            socket.close();
                                            return "done";
                                        });
                        Loops.until(() -> writer.waitsFor() != null);
                        assertThat(writer.waitsFor())
                                .isEqualTo("write to " + socket.remoteAddress());
                        assertThat(written.get()).isLessThan(pieces);
                        read.countDown();
                        assertThat(Corona.await(writer)).isEqualTo("done");
                        assertThat(Loops.join(client)).isEqualTo((long) pieces * size);
                        assertThat(most.get()).isLessThan(16 << 20);
                    }
                });
    }

    /** Reads everything once the latch is open, and checks that each piece is what was written. */
    private static long readAfter(int port, CountDownLatch latch) throws Exception {
        try (Socket peer = Loops.dial(port)) {
            latch.await();
            InputStream in = peer.getInputStream();
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++)
                    if (buffer[i] != (byte) ((total + i) >> 20))
                        throw new AssertionError("wrong byte at " + (total + i));
                total += n;
            }
            return total;
        }
    }

    @Test
    void aTaskThatDoesNotReadMakesThePeerWait() {
        int size = 64 << 20;
        Loops.on(
                io -> {
                    try (TcpServer server = TcpServer.listen(io, HERE)) {
                        CompletableFuture<SocketChannel> dialled =
                                Loops.client(
                                        () ->
                                                SocketChannel.open(
                                                        new InetSocketAddress(
                                                                Loops.HOST, server.port())));
                        try (TcpSocket socket = server.accept();
                                SocketChannel peer = Loops.join(dialled)) {
                            assertThat(socket).isNotNull();
                            ByteBuffer bytes = ByteBuffer.allocate(size);
                            peer.write(bytes.limit(1));
                            assertThat(socket.read()).hasSize(1);
                            bytes.limit(size);
                            peer.configureBlocking(false);
                            Loops.until(() -> peer.write(bytes) == 0);
                            assertThat(bytes.remaining()).isPositive();
                            for (int i = 0; i < 300; i++) Corona.yieldNow();
                            assertThat(socket.available()).isLessThan(96 * 1024);
                            peer.configureBlocking(true);
                            CompletableFuture<Integer> rest =
                                    Loops.client(
                                            () -> {
                                                while (bytes.hasRemaining()) peer.write(bytes);
                                                peer.shutdownOutput();
                                                return bytes.position();
                                            });
                            long total = 1;
                            for (byte[] p = socket.read(); p != null; p = socket.read())
                                total += p.length;
                            assertThat(total).isEqualTo(size);
                            assertThat(Loops.join(rest)).isEqualTo(size);
                        }
                    }
                });
    }

    @Test
    void manySmallPiecesForATaskThatDoesNotReadCostLittle() {
        int count = 2_000;
        Loops.on(
                io -> {
                    try (TcpServer server = TcpServer.listen(io, HERE)) {
                        CompletableFuture<Socket> dialled =
                                Loops.client(() -> Loops.dial(server.port()));
                        try (TcpSocket socket = server.accept();
                                Socket peer = Loops.join(dialled)) {
                            assertThat(socket).isNotNull();
                            peer.setTcpNoDelay(true);
                            Loops.send(peer, "x");
                            assertThat(socket.read()).hasSize(1);
                            long before = directBytes();
                            for (int i = 1; i <= count; i++) {
                                int sent = i;
                                Loops.send(peer, "x");
                                Loops.until(() -> socket.available() == sent);
                            }
                            assertThat(directBytes() - before).isLessThan(1 << 20);
                            byte[] all = new byte[count];
                            assertThat(socket.read(all, 0, count)).isEqualTo(count);
                        }
                    }
                });
    }
}
