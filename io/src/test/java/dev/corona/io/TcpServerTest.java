package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@Timeout(60)
class TcpServerTest {
    private static final TcpOptions HERE = TcpOptions.at(Loops.HOST, 0);

    @Test
    void acceptsOneAfterTheOther() {
        Loops.on(
                io -> {
                    try (TcpServer server = TcpServer.listen(io, HERE)) {
                        for (int i = 0; i < 3; i++) {
                            CompletableFuture<Socket> dialled =
                                    Loops.client(() -> Loops.dial(server.port()));
                            try (TcpSocket socket = server.accept();
                                    Socket peer = Loops.join(dialled)) {
                                assertThat(socket).isNotNull();
                                assertThat(socket.remoteAddress())
                                        .endsWith(":" + peer.getLocalPort());
                            }
                        }
                    }
                });
    }

    @Test
    void endsItsIterationWhenItIsClosed() {
        Loops.on(
                io -> {
                    TcpServer server = TcpServer.listen(io, HERE);
                    List<String> lines = new ArrayList<>();
                    Task<String> accepting =
                            Corona.spawn(
                                    () -> {
                                        for (TcpSocket socket : server) {
                                            try (socket) {
                                                lines.add(socket.readLine());
                                            }
                                        }
                                        return "ended";
                                    });
                    for (String line : List.of("one", "two")) {
                        Loops.join(
                                Loops.client(
                                        () -> {
                                            try (Socket peer = Loops.dial(server.port())) {
                                                Loops.send(peer, line + "\n");
                                                return Loops.readToEnd(peer);
                                            }
                                        }));
                    }
                    server.close();
                    assertThat(Corona.await(accepting)).isEqualTo("ended");
                    assertThat(lines).containsExactly("one", "two");
                    assertThat(server.accept()).isNull();
                });
    }

    @Test
    void severalTasksMayAccept() {
        Loops.on(
                io -> {
                    TcpServer server = TcpServer.listen(io, HERE);
                    List<Task<TcpSocket>> takers = new ArrayList<>();
                    for (int i = 0; i < 3; i++) takers.add(Corona.spawn(server::accept));
                    Corona.yieldNow();
                    takers.get(1).cancel(true);
                    CompletableFuture<List<Socket>> dialled =
                            Loops.client(
                                    () ->
                                            List.of(
                                                    Loops.dial(server.port()),
                                                    Loops.dial(server.port())));
                    try (TcpSocket first = Corona.await(takers.get(0));
                            TcpSocket second = Corona.await(takers.get(2))) {
                        assertThat(first.remoteAddress()).isNotEqualTo(second.remoteAddress());
                    }
                    for (Socket socket : Loops.join(dialled)) socket.close();
                    server.close();
                });
    }

    @Test
    void keepsFewUntakenSocketsAndLosesNone() {
        int count = 20;
        Loops.on(
                io -> {
                    try (TcpServer server = TcpServer.listen(io, HERE.withMaxUntaken(2))) {
                        List<CompletableFuture<String>> clients = new ArrayList<>();
                        for (int i = 0; i < count; i++) {
                            String name = "client " + i + "\n";
                            clients.add(
                                    Loops.client(
                                            () -> {
                                                try (Socket peer = Loops.dial(server.port())) {
                                                    Loops.send(peer, name);
                                                    return Loops.readToEnd(peer);
                                                }
                                            }));
                        }
                        for (int i = 0; i < count; i++) {
                            try (TcpSocket socket = server.accept()) {
                                assertThat(socket).isNotNull();
                                socket.write(socket.readLine() + "\n");
                            }
                        }
                        for (int i = 0; i < count; i++)
                            assertThat(Loops.join(clients.get(i))).isEqualTo("client " + i + "\n");
                    }
                });
    }

    @Test
    void doesNotReadBeforeASocketIsTakenAndRead() {
        Loops.on(
                io -> {
                    try (TcpServer server = TcpServer.listen(io, HERE)) {
                        CompletableFuture<Socket> dialled =
                                Loops.client(
                                        () -> {
                                            Socket peer = Loops.dial(server.port());
                                            Loops.send(peer, "early");
                                            return peer;
                                        });
                        try (Socket peer = Loops.join(dialled);
                                TcpSocket socket = server.accept()) {
                            assertThat(socket).isNotNull();
                            assertThat(socket.available()).isZero();
                            assertThat(socket.read()).hasSize(5);
                            assertThat(peer.isConnected()).isTrue();
                        }
                    }
                });
    }

    @Test
    void closeRefusesTheUntaken() {
        Loops.on(
                io -> {
                    TcpServer server = TcpServer.listen(io, HERE);
                    CompletableFuture<Integer> answer =
                            Loops.client(
                                    () -> {
                                        try (Socket peer = Loops.dial(server.port())) {
                                            return peer.getInputStream().read();
                                        } catch (IOException reset) {
                                            return -1;
                                        }
                                    });
                    Loops.until(() -> io.outbounds().size() > 0);
                    server.close();
                    assertThat(Loops.join(answer)).isEqualTo(-1);
                });
    }

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();
            Loops.on(
                    io -> {
                        assertThatThrownBy(() -> TcpServer.listen(io, TcpOptions.port(port)))
                                .isInstanceOf(IoException.PortInUse.class)
                                .hasMessageContaining("cannot listen on *:" + port)
                                .hasMessageContaining("one listener at a time")
                                .hasMessageContaining("choose another port");
                    });
        }
    }

    @Test
    void namesTheAddressThatIsNotThisMachines() {
        Loops.on(
                io ->
                        assertThatThrownBy(
                                        () -> TcpServer.listen(io, TcpOptions.at("192.0.2.1", 0)))
                                .isInstanceOf(IoException.CannotListen.class)
                                .hasMessageContaining("192.0.2.1:0")
                                .hasMessageContaining("must be one of this machine's"));
    }

    @Test
    void doesNotListenInsideAtomic() {
        Loops.on(
                io ->
                        Corona.atomic(
                                () -> {
                                    assertThatThrownBy(() -> TcpServer.listen(io, HERE))
                                            .isInstanceOf(LoopException.WouldBlock.class);
                                    assertThat(io.loop().holds()).isZero();
                                }));
    }

    @Test
    void givesEachConnectionATask() {
        Loops.on(
                io -> {
                    TcpServer server = TcpServer.listen(io, HERE);
                    server.onConnection(
                            SpawnSite.here(), socket -> socket.write("you: " + socket.readLine()));
                    List<CompletableFuture<String>> clients = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        String name = "client " + i;
                        clients.add(
                                Loops.client(
                                        () -> {
                                            try (Socket peer = Loops.dial(server.port())) {
                                                Loops.send(peer, name + "\n");
                                                return Loops.readToEnd(peer);
                                            }
                                        }));
                    }
                    for (int i = 0; i < 3; i++)
                        assertThat(Loops.join(clients.get(i))).isEqualTo("you: client " + i);
                    server.close();
                });
    }

    @Test
    void aFailingHandlerClosesItsConnectionOnly() {
        List<String> reports = new ArrayList<>();
        Loops.on(
                io -> {
                    io.loop()
                            .onUncaught(
                                    (task, error) ->
                                            reports.add(
                                                    task
                                                            + ": "
                                                            + error.getMessage()
                                                            + " "
                                                            + task.spawnSite().summary()));
                    TcpServer server = TcpServer.listen(io, HERE);
                    server.onConnection(
                            SpawnSite.of(List.of("server.js:7")),
                            socket -> {
                                String line = socket.readLine();
                                if (line.equals("bad")) throw new IllegalStateException("oh no");
                                socket.write(line);
                            });
                    for (String line : List.of("bad", "good")) {
                        String answer =
                                Loops.join(
                                        Loops.client(
                                                () -> {
                                                    try (Socket peer = Loops.dial(server.port())) {
                                                        Loops.send(peer, line + "\n");
                                                        return Loops.readToEnd(peer);
                                                    }
                                                }));
                        assertThat(answer).isEqualTo(line.equals("bad") ? "" : "good");
                    }
                    server.close();
                });
        assertThat(reports).containsExactly("connection: oh no server.js:7");
    }

    /** Suspends the task and makes it ready at once. */
    private static void readyAgain(IoLoop io) {
        Corona.<Object>suspend(
                "its next turn", waiter -> io.loop().execute(() -> waiter.complete()));
    }

    @Test
    @Timeout(15)
    void tasksThatNeverRestDoNotHoldUpTheSockets() {
        Loops.on(
                io -> {
                    TcpServer server = TcpServer.listen(io, HERE);
                    server.onConnection(SpawnSite.here(), socket -> socket.write(socket.read()));
                    CompletableFuture<Integer> client =
                            Loops.client(
                                    () -> {
                                        for (int i = 0; i < 30; i++) {
                                            try (Socket peer = Loops.dial(server.port())) {
                                                Loops.send(peer, "x");
                                                Loops.readToEnd(peer);
                                            }
                                        }
                                        return 30;
                                    });
                    for (int i = 0; i < 3; i++)
                        Corona.spawn(
                                () -> {
                                    while (!client.isDone()) readyAgain(io);
                                    return 1;
                                });
                    assertThat(Loops.join(client)).isEqualTo(30);
                    server.close();
                });
    }

    @Test
    void keepsItsLoopAliveUntilItIsClosed() {
        try (IoLoop io = IoLoop.create()) {
            CompletableFuture<Integer> port = new CompletableFuture<>();
            CompletableFuture<String> client =
                    Loops.client(
                            () -> {
                                try (Socket peer = Loops.dial(port.get())) {
                                    return Loops.readToEnd(peer);
                                }
                            });
            io.run(
                    () -> {
                        TcpServer server = TcpServer.listen(io, HERE);
                        server.onConnection(
                                SpawnSite.here(),
                                socket -> {
                                    socket.write("hi");
                                    server.close();
                                });
                        return port.complete(server.port());
                    });
            assertThat(client.join()).isEqualTo("hi");
        }
    }
}
