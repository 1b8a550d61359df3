package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.LoopException;
import dev.corona.kernel.Engines;

import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class TcpSocketTest {
    /** A task's end of a connection, and a thread's. */
    private interface Pair {
        void use(IoLoop io, TcpSocket socket, Socket peer) throws Exception;
    }

    private static void connected(TcpOptions options, Pair pair) {
        Loops.on(
                io -> {
                    try (TcpServer server = TcpServer.listen(io, options)) {
                        CompletableFuture<Socket> dialled =
                                Loops.client(() -> Loops.dial(server.port()));
                        try (TcpSocket socket = server.accept();
                                Socket peer = Loops.join(dialled)) {
                            assertThat(socket).isNotNull();
                            pair.use(io, socket, peer);
                        }
                    }
                });
    }

    private static void connected(Pair pair) {
        connected(TcpOptions.at(Loops.HOST, 0), pair);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatArrivesUntilTheEnd() {
        connected(
                (io, socket, peer) -> {
                    Loops.send(peer, "one");
                    assertThat(text(socket.read())).isEqualTo("one");
                    Loops.send(peer, "two");
                    assertThat(text(socket.read())).isEqualTo("two");
                    peer.close();
                    assertThat(socket.read()).isNull();
                    assertThat(socket.read()).isNull();
                });
    }

    @Test
    void readsIntoAPartOfAnArray() {
        connected(
                (io, socket, peer) -> {
                    Loops.send(peer, "abcdef");
                    byte[] target = "........".getBytes(StandardCharsets.US_ASCII);
                    assertThat(socket.read(target, 2, 3)).isEqualTo(3);
                    assertThat(text(target)).isEqualTo("..abc...");
                    assertThat(socket.read(target, 0, 0)).isZero();
                    assertThat(socket.read(target, 0, 8)).isEqualTo(3);
                    assertThat(text(target)).isEqualTo("defbc...");
                    peer.shutdownOutput();
                    assertThat(socket.read(target, 0, 8)).isEqualTo(-1);
                    assertThatThrownBy(() -> socket.read(target, 5, 4))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                });
    }

    @Test
    void writesArraysTextAndBuffers() {
        connected(
                (io, socket, peer) -> {
                    socket.write(new byte[] {'a', 'b', 'c'}, 1, 2);
                    socket.write("d\u00e4");
                    socket.write(Buffer.buffer("f"));
                    socket.endOutput();
                    assertThat(Loops.join(Loops.client(() -> Loops.readToEnd(peer))))
                            .isEqualTo("bcd\u00c3\u00a4f");
                });
    }

    @Test
    void knowsBothAddresses() {
        connected(
                (io, socket, peer) -> {
                    assertThat(socket.remoteAddress())
                            .isEqualTo("127.0.0.1:" + peer.getLocalPort());
                    assertThat(socket.localAddress()).isEqualTo("127.0.0.1:" + peer.getPort());
                    assertThat(socket).hasToString("socket to " + socket.remoteAddress());
                });
    }

    @Test
    void readsLines() {
        connected(
                (io, socket, peer) -> {
                    Loops.send(peer, "one\r\ntwo\n\nthree\rx\n");
                    assertThat(socket.readLine()).isEqualTo("one");
                    assertThat(socket.readLine()).isEqualTo("two");
                    assertThat(socket.readLine()).isEmpty();
                    assertThat(socket.readLine()).isEqualTo("three\rx");
                    Loops.send(peer, "no end");
                    peer.shutdownOutput();
                    assertThat(socket.readLine()).isEqualTo("no end");
                    assertThat(socket.readLine()).isNull();
                });
    }

    @Test
    void joinsALineThatArrivesByteByByte() {
        connected(
                (io, socket, peer) -> {
                    Task<String> line = Corona.spawn(socket::readLine);
                    for (byte b : "gr\u00fc\u00dfe\n".getBytes(StandardCharsets.UTF_8)) {
                        int before = socket.available();
                        peer.getOutputStream().write(b);
                        if (b != '\n') Loops.until(() -> socket.available() > before);
                    }
                    assertThat(Corona.await(line)).isEqualTo("gr\u00fc\u00dfe");
                });
    }

    @Test
    void refusesALineThatIsTooLong() {
        connected(
                TcpOptions.at(Loops.HOST, 0).withMaxLineBytes(10),
                (io, socket, peer) -> {
                    Loops.send(peer, "0123456789ab");
                    assertThatThrownBy(socket::readLine)
                            .isInstanceOf(IoException.LineTooLong.class)
                            .hasMessageContaining("longer than 10 bytes")
                            .hasMessageContaining(socket.remoteAddress());
                });
    }

    @Test
    void viewsAsStreams() {
        connected(
                (io, socket, peer) -> {
                    CompletableFuture<String> answer =
                            Loops.client(
                                    () -> {
                                        DataOutputStream out =
                                                new DataOutputStream(peer.getOutputStream());
                                        out.writeInt(3);
                                        for (String word : List.of("first", "second", "third"))
                                            out.writeUTF(word);
                                        out.write(new byte[] {'.', '!'});
                                        peer.shutdownOutput();
                                        return Loops.readToEnd(peer);
                                    });
                    OutputStream out = socket.output();
                    try (DataInputStream in = new DataInputStream(socket.input())) {
                        int words = in.readInt();
                        for (int i = 0; i < words; i++)
                            out.write((in.readUTF() + ";").getBytes(StandardCharsets.UTF_8));
                        assertThat(in.read()).isEqualTo('.');
                        assertThat(in.available()).isEqualTo(1);
                        out.write(in.read());
                        assertThat(in.read()).isEqualTo(-1);
                        out.flush();
                        out.close();
                        assertThat(Loops.join(answer)).isEqualTo("first;second;third;!");
                    }
                    assertThat(socket.isClosed()).isTrue();
                });
    }

    @Test
    void aReaderThatLocksWhileItWaitsIsToldSo() {
        assumeTrue(Engines.fallback().name().equals("hotspot"));
        connected(
                (io, socket, peer) -> {
                    BufferedReader reader =
                            new BufferedReader(
                                    new InputStreamReader(socket.input(), StandardCharsets.UTF_8));
                    assertThatThrownBy(reader::readLine)
                            .isInstanceOf(CoroutineStateException.MonitorHeld.class);
                    Loops.send(peer, "still\n");
                    assertThat(socket.readLine()).isEqualTo("still");
                });
    }

    @Test
    void readsOnAfterThePeerEndedItsHalf() {
        connected(
                (io, socket, peer) -> {
                    Loops.send(peer, "question");
                    peer.shutdownOutput();
                    assertThat(text(socket.read())).isEqualTo("question");
                    assertThat(socket.read()).isNull();
                    socket.write("answer");
                    socket.close();
                    assertThat(Loops.join(Loops.client(() -> Loops.readToEnd(peer))))
                            .isEqualTo("answer");
                });
    }

    @Test
    void readsOnAfterThisSideEndedItsHalf() {
        connected(
                (io, socket, peer) -> {
                    socket.write("question");
                    socket.endOutput();
                    socket.endOutput();
                    assertThat(Loops.join(Loops.client(() -> Loops.readToEnd(peer))))
                            .isEqualTo("question");
                    Loops.send(peer, "answer");
                    assertThat(text(socket.read())).isEqualTo("answer");
                    assertThatThrownBy(() -> socket.write("more"))
                            .isInstanceOf(IoException.Closed.class)
                            .hasMessageContaining("write to " + socket.remoteAddress());
                });
    }

    @Test
    void closeByAnotherTaskWakesTheReader() {
        connected(
                (io, socket, peer) -> {
                    Task<byte[]> reader = Corona.spawn(socket::read);
                    Loops.until(() -> reader.waitsFor() != null);
                    assertThat(reader.waitsFor()).isEqualTo("read from " + socket.remoteAddress());
                    socket.close();
                    assertThatThrownBy(() -> Corona.await(reader))
                            .isInstanceOf(CompletionException.class)
                            .cause()
                            .isInstanceOf(IoException.Closed.class)
                            .hasMessageContaining("read from " + socket.remoteAddress())
                            .hasMessageContaining("closed on this side");
                    assertThat(socket.isClosed()).isTrue();
                    assertThatThrownBy(socket::read).isInstanceOf(IoException.Closed.class);
                    assertThatThrownBy(() -> socket.write("x"))
                            .isInstanceOf(IoException.Closed.class);
                });
    }

    @Test
    void closeByAnotherTaskWakesWriters() {
        connected(
                (io, socket, peer) -> {
                    Task<String> first = Corona.spawn(() -> writeForEver(socket));
                    Task<String> second = Corona.spawn(() -> writeForEver(socket));
                    Loops.until(() -> first.waitsFor() != null && second.waitsFor() != null);
                    socket.close();
                    for (Task<String> writer : Arrays.asList(first, second)) {
                        assertThatThrownBy(() -> Corona.await(writer))
                                .hasRootCauseInstanceOf(IoException.Closed.class);
                    }
                });
    }

    private static String writeForEver(TcpSocket socket) throws Exception {
        while (true) socket.write(new byte[100_000]);
    }

    @Test
    void aResetWakesTheReader() {
        connected(
                (io, socket, peer) -> {
                    Task<byte[]> reader = Corona.spawn(socket::read);
                    Loops.until(() -> reader.waitsFor() != null);
                    peer.setSoLinger(true, 0);
                    peer.close();
                    assertThatThrownBy(() -> Corona.await(reader))
                            .cause()
                            .isInstanceOf(IoException.ConnectionLost.class)
                            .hasMessageContaining("read from " + socket.remoteAddress())
                            .hasMessageContaining("reset");
                });
    }

    @Test
    void aResetWakesTheWriter() {
        connected(
                (io, socket, peer) -> {
                    Task<String> writer = Corona.spawn(() -> writeForEver(socket));
                    Loops.until(() -> writer.waitsFor() != null);
                    peer.setSoLinger(true, 0);
                    peer.close();
                    assertThatThrownBy(() -> Corona.await(writer))
                            .cause()
                            .isInstanceOf(IoException.ConnectionLost.class)
                            .hasMessageContaining("write to " + socket.remoteAddress());
                });
    }

    @Test
    void refusesASecondReader() {
        connected(
                (io, socket, peer) -> {
                    Task<byte[]> reader = Corona.spawn(socket::read);
                    Loops.until(() -> reader.waitsFor() != null);
                    assertThatThrownBy(socket::read).isInstanceOf(IoException.ConcurrentRead.class);
                    Loops.send(peer, "x");
                    assertThat(text(Corona.await(reader))).isEqualTo("x");
                });
    }

    @Test
    void aCancelledReaderLosesNothing() {
        connected(
                (io, socket, peer) -> {
                    Task<byte[]> reader = Corona.spawn(socket::read);
                    Loops.until(() -> reader.waitsFor() != null);
                    reader.cancel(true);
                    assertThatThrownBy(() -> Corona.await(reader))
                            .isInstanceOf(CancellationException.class);
                    Loops.send(peer, "kept");
                    assertThat(text(socket.read())).isEqualTo("kept");
                });
    }

    @Test
    void aCancelledWriterGivesItsTurnToTheNext() {
        connected(
                (io, socket, peer) -> {
                    Task<String> first = Corona.spawn(() -> writeForEver(socket));
                    Task<String> second =
                            Corona.spawn(
                                    () -> {
                                        socket.write("last");
                                        socket.endOutput();
                                        return "written";
                                    });
                    Loops.until(() -> first.waitsFor() != null && second.waitsFor() != null);
                    first.cancel(true);
                    CompletableFuture<String> all = Loops.client(() -> Loops.readToEnd(peer));
                    assertThat(Corona.await(second)).isEqualTo("written");
                    assertThat(Loops.join(all)).endsWith("\0last");
                });
    }

    @Test
    void writesOfSeveralTasksAreNotMixed() {
        int size = 300_000;
        connected(
                (io, socket, peer) -> {
                    Task<?>[] writers = new Task<?>[8];
                    for (int i = 0; i < writers.length; i++) {
                        byte[] bytes = new byte[size];
                        Arrays.fill(bytes, (byte) ('a' + i));
                        writers[i] =
                                Corona.spawn(
                                        () -> {
                                            socket.write(bytes);
                                            return 1;
                                        });
                    }
                    CompletableFuture<String> all =
                            Loops.client(() -> Loops.readExactly(peer, size * writers.length));
                    for (Task<?> writer : writers) Corona.await(writer);
                    String text = Loops.join(all);
                    for (int i = 0; i < writers.length; i++) {
                        String part = text.substring(i * size, (i + 1) * size);
                        assertThat(part.chars().distinct().count()).isEqualTo(1);
                    }
                });
    }

    @Test
    void insideAtomicNothingWaitsAndNothingIsLost() {
        connected(
                (io, socket, peer) -> {
                    Corona.atomic(
                            () -> {
                                assertThatThrownBy(socket::read)
                                        .isInstanceOf(LoopException.WouldBlock.class);
                                assertThatThrownBy(socket::readLine)
                                        .isInstanceOf(LoopException.WouldBlock.class);
                                assertThatThrownBy(() -> socket.write(new byte[1 << 20]))
                                        .isInstanceOf(LoopException.WouldBlock.class);
                                assertThatThrownBy(
                                                () ->
                                                        TcpSocket.connect(
                                                                io,
                                                                Loops.HOST,
                                                                peer.getPort(),
                                                                Loops.SOON))
                                        .isInstanceOf(LoopException.WouldBlock.class);
                            });
                    Corona.<Object>atomic(
                            () -> {
                                socket.write("small");
                                return 1;
                            });
                    Loops.send(peer, "x");
                    assertThat(text(socket.read())).isEqualTo("x");
                    socket.endOutput();
                    assertThat(Loops.join(Loops.client(() -> Loops.readToEnd(peer))))
                            .isEqualTo("small");
                });
    }

    @Test
    void breaksAConnectionWithoutTraffic() {
        connected(
                TcpOptions.at(Loops.HOST, 0).withIdleTimeout(Duration.ofMillis(50)),
                (io, socket, peer) -> {
                    assertThatThrownBy(socket::read)
                            .isInstanceOf(IoException.IdleTimeout.class)
                            .hasMessageContaining("50 ms");
                    assertThatThrownBy(() -> socket.write("x"))
                            .isInstanceOf(IoException.IdleTimeout.class);
                });
    }

    @Test
    void connectsAndTalks() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<String> heard =
                    Loops.client(
                            () -> {
                                try (Socket peer = server.accept()) {
                                    Loops.send(peer, "hello\n");
                                    return Loops.readToEnd(peer);
                                }
                            });
            Loops.on(
                    io -> {
                        try (TcpSocket socket =
                                TcpSocket.connect(
                                        io, "localhost", server.getLocalPort(), Loops.SOON)) {
                            assertThat(socket.readLine()).isEqualTo("hello");
                            socket.write("bye");
                        }
                        assertThat(Loops.join(heard)).isEqualTo("bye");
                    });
        }
    }

    @Test
    void namesTheAddressThatRefuses() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        Loops.on(
                io ->
                        assertThatThrownBy(
                                        () -> TcpSocket.connect(io, Loops.HOST, port, Loops.SOON))
                                .isInstanceOf(IoException.ConnectFailed.class)
                                .hasMessage(
                                        "cannot connect to 127.0.0.1:%d: the connection was refused;"
                                                        .formatted(port)
                                                + " nothing listens there"));
    }

    @Test
    void namesTheHostThatIsUnknown() {
        Loops.on(
                io ->
                        assertThatThrownBy(
                                        () ->
                                                TcpSocket.connect(
                                                        io, "no.such.host.invalid", 80, Loops.SOON))
                                .isInstanceOf(IoException.UnknownHost.class)
                                .hasMessageContaining("no.such.host.invalid"));
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatThrownBy(() -> TcpOptions.port(70000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be between 0 and 65535, but was 70000");
    }

    @Test
    void aReaderDoesNotHoldUpOtherTasks() {
        connected(
                (io, socket, peer) -> {
                    CountDownLatch ran = new CountDownLatch(1);
                    Task<byte[]> reader = Corona.spawn(socket::read);
                    Corona.spawn(
                            () -> {
                                ran.countDown();
                                return 1;
                            });
                    Loops.join(
                            Loops.client(
                                    () -> {
                                        ran.await();
                                        Loops.send(peer, "x");
                                        return 1;
                                    }));
                    assertThat(text(Corona.await(reader))).isEqualTo("x");
                });
    }
}
