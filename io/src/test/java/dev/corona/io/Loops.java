package dev.corona.io;

import dev.corona.async.Corona;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What the tests share: a loop per test, and clients that block threads of their own. */
final class Loops {
    static final String HOST = "127.0.0.1";
    static final Duration SOON = Duration.ofSeconds(20);

    private Loops() {}

    /** What runs on a loop. */
    interface Body<T> {
        T run(IoLoop io) throws Exception;
    }

    /** As {@link Body}, without a result. */
    interface Action {
        void run(IoLoop io) throws Exception;
    }

    static <T> T on(IoOptions options, Body<T> body) {
        try (IoLoop io = IoLoop.create(options)) {
            return io.run(() -> body.run(io));
        }
    }

    static void on(Action action) {
        on(
                IoOptions.defaults(),
                io -> {
                    action.run(io);
                    return "done";
                });
    }

    /** Runs {@code client} on a thread of its own. */
    static <T> CompletableFuture<T> client(Callable<T> client) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                result.complete(client.call());
                            } catch (Throwable error) {
                                result.completeExceptionally(error);
                            }
                        });
        return result;
    }

    /** Suspends the calling task until the client has ended. */
    static <T> T join(CompletableFuture<T> client) {
        return Corona.await(client);
    }

    static Socket dial(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName(HOST), port);
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String readExactly(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    static String readToEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads up to and with an empty line. */
    static String readHead(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) throw new IOException("the connection ended after: " + head);
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Lets the other tasks and the network go on until {@code condition} holds. */
    static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) throw new AssertionError("it never happened");
            Corona.yieldNow();
        }
    }
}
