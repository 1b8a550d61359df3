package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class IoLoopTest {
    @Test
    void runsTheMainTaskAndReturnsItsResult() {
        String result =
                Loops.on(
                        IoOptions.defaults(),
                        io -> {
                            assertThat(io.loop().isCurrent()).isTrue();
                            return Corona.await(Corona.spawn(() -> "x")) + "y";
                        });
        assertThat(result).isEqualTo("xy");
    }

    @Test
    void namesItsThreadAndHasOnlyOne() {
        Loops.on(
                io -> {
                    CompletableFuture<String> name = new CompletableFuture<>();
                    io.loop().execute(() -> name.complete(Thread.currentThread().getName()));
                    assertThat(Corona.await(name)).isEqualTo("corona-loop");
                });
    }

    @Test
    void endsWhenEveryTaskHasEnded() {
        List<String> seen = new ArrayList<>();
        Loops.on(
                io -> {
                    Corona.spawn(
                            () -> {
                                Corona.sleep(Duration.ofMillis(20));
                                return seen.add("late");
                            });
                });
        assertThat(seen).containsExactly("late");
    }

    @Test
    void endsWhenItsLastHoldIsReleased() {
        try (IoLoop io = IoLoop.create()) {
            List<String> seen = new ArrayList<>();
            io.run(
                    () -> {
                        io.loop().hold();
                        io.loop()
                                .schedule(
                                        Duration.ofMillis(20),
                                        () -> {
                                            seen.add("released");
                                            io.loop().release();
                                        });
                        return 1;
                    });
            assertThat(seen).containsExactly("released");
        }
    }

    @Test
    void runsMainTasksOneAfterTheOther() {
        try (IoLoop io = IoLoop.create()) {
            assertThat(io.<Integer>run(() -> 1)).isEqualTo(1);
            assertThat(io.<Integer>run(() -> 2)).isEqualTo(2);
        }
    }

    @Test
    void throwsWhatTheMainTaskThrowsAndUnwindsTheOthers() {
        AtomicBoolean unwound = new AtomicBoolean();
        assertThatThrownBy(
                        () ->
                                Loops.on(
                                        io -> {
                                            Corona.spawn(
                                                    () -> {
                                                        try {
                                                            Corona.sleep(Duration.ofDays(1));
                                                        } finally {
                                                            unwound.set(true);
                                                        }
                                                        return 1;
                                                    });
                                            Corona.yieldNow();
                                            throw new IllegalArgumentException("no");
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(unwound).isTrue();
    }

    @Test
    void wrapsACheckedErrorOfTheMainTask() {
        assertThatThrownBy(
                        () ->
                                Loops.on(
                                        io -> {
                                            throw new IOException("no");
                                        }))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void throwsTheCancellationOfTheMainTask() {
        assertThatThrownBy(
                        () ->
                                Loops.on(
                                        io -> {
                                            io.loop().tasks().getFirst().cancel(true);
                                            Corona.sleep(Duration.ofDays(1));
                                        }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void reportsADeadlockWithWhatEachTaskWaitsFor() {
        assertThatThrownBy(
                        () ->
                                Loops.on(
                                        io -> {
                                            Task<Object> never =
                                                    Corona.spawn(
                                                            "never",
                                                            () ->
                                                                    Corona.suspend(
                                                                            "a miracle",
                                                                            false,
                                                                            waiter -> {}));
                                            Corona.await(never);
                                        }))
                .isInstanceOf(LoopException.Deadlock.class)
                .hasMessageContaining("never waits for a miracle")
                .hasMessageContaining("main waits for never")
                .hasMessageContaining("IoLoopTest");
    }

    @Test
    void refusesToRunInsideATask() {
        Loops.on(
                io ->
                        assertThatThrownBy(() -> io.run(() -> 1))
                                .isInstanceOf(LoopException.NestedLoop.class));
    }

    @Test
    void refusesToRunOnceClosed() {
        IoLoop io = IoLoop.create();
        io.close();
        io.close();
        assertThatThrownBy(() -> io.run(() -> 1)).isInstanceOf(LoopException.Ended.class);
    }

    @Test
    void closeUnwindsWhatIsLeft() throws Exception {
        IoLoop io = IoLoop.create();
        CountDownLatch waits = new CountDownLatch(1);
        AtomicBoolean unwound = new AtomicBoolean();
        io.loop()
                .spawn(
                        () -> {
                            try {
                                io.loop().execute(waits::countDown);
                                Corona.sleep(Duration.ofDays(1));
                            } finally {
                                unwound.set(true);
                            }
                            return 1;
                        });
        waits.await();
        io.close();
        assertThat(unwound).isTrue();
    }

    @Test
    void letsWhatWasWrittenLeaveBeforeItEnds() throws Exception {
        int size = 50_000;
        try (ServerSocket server = new ServerSocket(0)) {
            server.setReceiveBufferSize(1024);
            CompletableFuture<Integer> received =
                    Loops.client(
                            () -> {
                                try (Socket peer = server.accept()) {
                                    return Loops.readToEnd(peer).length();
                                }
                            });
            Loops.on(
                    io -> {
                        TcpSocket socket =
                                TcpSocket.connect(
                                        io, Loops.HOST, server.getLocalPort(), Loops.SOON);
                        for (int i = 0; i < 100; i++) socket.write(new byte[size]);
                    });
            assertThat(received.get()).isEqualTo(100 * size);
        }
    }

    @Test
    void worksWithoutTheNativeTransport() {
        Loops.on(
                IoOptions.defaults().withNativeTransport(false),
                io -> {
                    assertThat(io.isNative()).isFalse();
                    try (TcpServer server = TcpServer.listen(io, TcpOptions.at(Loops.HOST, 0))) {
                        TcpSocket client =
                                TcpSocket.connect(io, Loops.HOST, server.port(), Loops.SOON);
                        TcpSocket peer = server.accept();
                        client.write("hello\n");
                        assertThat(peer).isNotNull();
                        assertThat(peer.readLine()).isEqualTo("hello");
                        peer.close();
                        assertThat(client.read()).isNull();
                        client.close();
                    }
                    return 1;
                });
    }
}
