package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Bad requests, failing handlers, clients that go away or are slow: a proper status, and the server goes on. */
@Timeout(90)
class HttpTroubleTest {
    private static final String LAST_GET = HttpServerTest.LAST_GET;

    private static final HttpHandler OK = x -> x.respond(200, Headers.none(), "fine");

    /** Sends each text on a connection of its own, then a good request; answers the responses. */
    private static String trouble(HttpOptions options, HttpHandler handler, String request) {
        return Loops.on(
                IoOptions.defaults(),
                io -> {
                    try (HttpServer server = HttpServer.serve(io, options, handler)) {
                        String answer = Loops.join(Loops.client(() -> ask(server.port(), request)));
                        String good = Loops.join(Loops.client(() -> ask(server.port(), LAST_GET)));
                        assertThat(good).startsWith("HTTP/1.1 200 OK");
                        return answer;
                    }
                });
    }

    private static String trouble(String request) {
        return trouble(HttpOptions.at(Loops.HOST, 0), OK, request);
    }

    private static String ask(int port, String request) throws Exception {
        try (Socket socket = Loops.dial(port)) {
            Loops.send(socket, request);
            return Loops.readToEnd(socket);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            value = {
                "400, GET",
                "400, GET /\\r\\n",
                "400, \\0\\1\\2x",
                "400, GET / HTTP/1.1\\r\\nHost h",
                "400, GET / HTTP/1.1\\r\\nHo st: h",
                "400, GET / HTTP/1.1\\r\\nX: y",
                "400, GET / HTTP/x\\r\\nHost: h",
                "505, GET / HTTP/2.0\\r\\nHost: h",
                "501, POST / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: gzip^, chunked",
                "501, POST / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: identity",
                "400, POST / HTTP/1.1\\r"
                        + "\\n"
                        + "Host: h\\r"
                        + "\\n"
                        + "Content-Length: 3\\r"
                        + "\\n"
                        + "Transfer-Encoding: chunked",
                "400, POST / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 3\\r\\nContent-Length: 4",
                "400, POST / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: -3",
                "400, POST / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: x",
                "417, GET / HTTP/1.1\\r\\nHost: h\\r\\nExpect: a miracle",
            })
    void refusesWhatIsNotHttp(int status, String line) {
        String request =
                line.replace("^", "")
                                .replace("\\r\\n", "\r\n")
                                .replace("\\0", "\0")
                                .replace("\\1", "\1")
                                .replace("\\2", "\2")
                        + "\r\n\r\n";
        assertThat(trouble(request))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Connection: close\r\n")
                .contains("Content-Length: ");
    }

    @Test
    void refusesALongRequestLine() {
        assertThat(trouble("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void refusesLongHeaders() {
        assertThat(trouble("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void takesHeadersUpToTheLimitOfTheOptions() {
        HttpOptions options = HttpOptions.at(Loops.HOST, 0).withLimits(100, 200_000);
        assertThat(
                        trouble(
                                options,
                                OK,
                                "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: "
                                        + "x".repeat(100_000)
                                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(trouble(options, OK, "GET /" + "x".repeat(100) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void aHeaderOfSixtyMegabytesCostsNoMemory() {
        AtomicLong most = new AtomicLong();
        Loops.on(
                io -> {
                    try (HttpServer server =
                            HttpServer.serve(io, HttpOptions.at(Loops.HOST, 0), OK)) {
                        assertThat(
                                        Corona.await(
                                                Loops.client(
                                                        () ->
                                                                sendSixtyMegabytes(
                                                                        server.port(), most))))
                                .startsWith("HTTP/1.1 431 ");
                        assertThat(Loops.join(Loops.client(() -> ask(server.port(), LAST_GET))))
                                .startsWith("HTTP/1.1 200 ");
                    }
                });
        assertThat(most.get()).isLessThan(4 << 20);
    }

    private static long usedBytes() {
        var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    /** Looks after each megabyte how much memory the server's buffers take. */
    private static String sendSixtyMegabytes(int port, AtomicLong most) throws Exception {
        try (Socket socket = Loops.dial(port)) {
            long before = usedBytes();
            Loops.send(socket, "GET / HTTP/1.1\r\nHost: h\r\nX: ");
            byte[] megabyte = new byte[1 << 20];
            Arrays.fill(megabyte, (byte) 'x');
            for (int i = 0; i < 60; i++) {
                socket.getOutputStream().write(megabyte);
                most.accumulateAndGet(usedBytes() - before, Math::max);
            }
            Loops.send(socket, "\r\n\r\n");
            socket.shutdownOutput();
            return Loops.readToEnd(socket);
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        HttpHandler handler = x -> x.respond(200, Headers.none(), "" + x.readAll(1000).length);
        assertThat(
                        trouble(
                                HttpOptions.at(Loops.HOST, 0),
                                handler,
                                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n"
                                        + "x".repeat(1001)))
                .startsWith("HTTP/1.1 413 ")
                .contains("Connection: close\r\n");
        assertThat(
                        trouble(
                                HttpOptions.at(Loops.HOST, 0),
                                handler,
                                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + ("3e8\r\n" + "x".repeat(1000) + "\r\n").repeat(2)
                                        + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyThatBreaksTheRulesReachesTheHandler() {
        List<Throwable> errors = new ArrayList<>();
        HttpHandler handler =
                x -> {
                    try {
                        x.respond(200, Headers.none(), x.readAll(1000));
                    } catch (IoException e) {
                        errors.add(e);
                        throw e;
                    }
                };
        assertThat(
                        trouble(
                                HttpOptions.at(Loops.HOST, 0),
                                handler,
                                "POST / HTTP/1.1\r\n"
                                        + "Host: h\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n"
                                        + "zzz\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(errors)
                .singleElement()
                .isInstanceOf(IoException.BadBody.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("read the body of POST / from 127.0.0.1:");
    }

    @Test
    void aConnectionCutInABodyWakesTheHandler() {
        for (boolean reset : new boolean[] {false, true}) {
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            List<Throwable> uncaught = new ArrayList<>();
            Loops.on(
                    io -> {
                        io.loop().onUncaught((task, error) -> uncaught.add(error));
                        CountDownLatch waits = new CountDownLatch(1);
                        HttpServer server =
                                HttpServer.serve(
                                        io,
                                        HttpOptions.at(Loops.HOST, 0),
                                        x -> {
                                            try {
                                                io.loop().execute(waits::countDown);
                                                x.readAll(1000);
                                            } catch (Throwable e) {
                                                seen.complete(e);
                                                throw e;
                                            }
                                        });
                        CompletableFuture<Integer> client =
                                Loops.client(
                                        () -> {
                                            Socket socket = Loops.dial(server.port());
                                            Loops.send(
                                                    socket,
                                                    "POST / HTTP/1.1\r\n"
                                                            + "Host: h\r\n"
                                                            + "Content-Length: 10\r\n\r\n"
                                                            + "abc");
                                            waits.await();
                                            if (reset) socket.setSoLinger(true, 0);
                                            socket.close();
                                            return 1;
                                        });
                        Loops.join(client);
                        assertThat(Corona.await(seen))
                                .isInstanceOf(IoException.BodyCut.class)
                                .hasMessageContaining("after 3 bytes")
                                .hasMessageContaining("POST / from 127.0.0.1:");
                        server.close();
                    });
            assertThat(uncaught).isEmpty();
        }
    }

    @Test
    void aHalfClosedClientIsToldThatItsBodyIsIncomplete() {
        assertThat(
                        HttpServerTest.<String>serve(
                                x -> x.respond(200, Headers.none(), x.readAll(100)),
                                socket -> {
                                    Loops.send(
                                            socket,
                                            "POST / HTTP/1.1\r\n"
                                                    + "Host: h\r\n"
                                                    + "Content-Length: 10\r\n\r\n"
                                                    + "abc");
                                    socket.shutdownOutput();
                                    return Loops.readToEnd(socket);
                                }))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aHalfClosedClientGetsItsAnswers() {
        assertThat(
                        HttpServerTest.<String>serve(
                                x -> {
                                    Corona.yieldNow();
                                    x.respond(200, Headers.none(), "x");
                                },
                                socket -> {
                                    Loops.send(socket, HttpServerTest.GET + HttpServerTest.GET);
                                    socket.shutdownOutput();
                                    return Loops.readToEnd(socket);
                                }))
                .containsPattern("(?s)\r\n\r\nxHTTP/1.1 200 OK.*\r\n\r\nx$");
    }

    @Test
    void anEmptyConnectionIsClosedQuietly() {
        assertThat(
                        HttpServerTest.<String>serve(
                                OK,
                                socket -> {
                                    socket.shutdownOutput();
                                    return Loops.readToEnd(socket);
                                }))
                .isEmpty();
    }

    @Test
    void aFailingHandlerIsAnsweredForAndReportedWithItsSite() {
        List<String> reports = new ArrayList<>();
        String answers =
                Loops.on(
                        IoOptions.defaults(),
                        io -> {
                            io.loop()
                                    .onUncaught(
                                            (task, error) ->
                                                    reports.add(
                                                            task.name()
                                                                    + " "
                                                                    + error.getMessage()
                                                                    + " "
                                                                    + task.spawnSite().summary()));
                            try (HttpServer server =
                                    HttpServer.serve(
                                            io,
                                            HttpOptions.at(Loops.HOST, 0),
                                            x -> {
                                                if (x.target().equals("/bad"))
                                                    throw new IllegalStateException("oh no");
                                                x.respond(200, Headers.none(), "fine");
                                            })) {
                                return Loops.join(
                                        Loops.client(
                                                () ->
                                                        ask(
                                                                server.port(),
                                                                "GET /bad HTTP/1.1\r\n"
                                                                        + "Host: h\r\n\r\n"
                                                                        + LAST_GET)));
                            }
                        });
        assertThat(answers)
                .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
                .contains("Internal Server Error\nHTTP/1.1 200 OK\r\n");
        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst()).startsWith("request oh no dev.corona.io.HttpTroubleTest");
    }

    @Test
    void aHandlerThatDoesNotAnswerIsAnsweredFor() {
        List<Throwable> errors = new ArrayList<>();
        HttpOptions options =
                HttpOptions.at(Loops.HOST, 0).withOnError((exchange, error) -> errors.add(error));
        assertThat(
                        HttpServerTest.<String>serve(
                                options,
                                x -> {},
                                socket -> {
                                    Loops.send(socket, LAST_GET);
                                    return Loops.readToEnd(socket);
                                }))
                .startsWith("HTTP/1.1 500 ");
        assertThat(errors)
                .singleElement()
                .isInstanceOf(HttpStateException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("GET /", "when the handler returned");
    }

    @Test
    void aHandlerThatFailsInItsStreamBreaksTheConnectionOff() {
        List<String> errors = new ArrayList<>();
        HttpOptions options =
                HttpOptions.at(Loops.HOST, 0)
                        .withOnError((x, error) -> errors.add(x + " " + error.getMessage()));
        String answer =
                HttpServerTest.serve(
                        options,
                        x -> {
                            x.start(200, Headers.none());
                            x.write("begun");
                            Corona.yieldNow();
                            throw new IllegalStateException("oh no");
                        },
                        socket -> {
                            Loops.send(socket, HttpServerTest.GET);
                            return Loops.readToEnd(socket);
                        });
        assertThat(answer).endsWith("5\r\nbegun\r\n");
        assertThat(errors).containsExactly("GET / oh no");
    }

    @Test
    void aResponseShorterThanPromisedBreaksTheConnectionOff() {
        List<Throwable> errors = new ArrayList<>();
        HttpOptions options =
                HttpOptions.at(Loops.HOST, 0).withOnError((exchange, error) -> errors.add(error));
        String answer =
                HttpServerTest.serve(
                        options,
                        x -> {
                            x.start(200, Headers.of("content-length", "9"));
                            x.write("short");
                            Corona.yieldNow();
                        },
                        socket -> {
                            Loops.send(socket, HttpServerTest.GET);
                            return Loops.readToEnd(socket);
                        });
        assertThat(answer).endsWith("\r\n\r\nshort");
        assertThat(errors)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("5 of the 9 bytes");
    }

    @Test
    void writingToAClientThatLeftThrows() {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Loops.on(
                io -> {
                    HttpServer server =
                            HttpServer.serve(
                                    io,
                                    HttpOptions.at(Loops.HOST, 0),
                                    x -> {
                                        x.start(200, Headers.none());
                                        try {
                                            while (true) x.write(new byte[10_000]);
                                        } catch (Throwable e) {
                                            seen.complete(e);
                                            throw e;
                                        }
                                    });
                    Loops.join(
                            Loops.client(
                                    () -> {
                                        try (Socket socket = Loops.dial(server.port())) {
                                            Loops.send(socket, HttpServerTest.GET);
                                            Loops.readHead(socket);
                                            socket.setSoLinger(true, 0);
                                        }
                                        return 1;
                                    }));
                    assertThat(Corona.await(seen))
                            .isInstanceOf(IoException.ConnectionLost.class)
                            .hasMessageContaining("answer GET / from 127.0.0.1:");
                    server.close();
                });
    }

    @Test
    void aClientThatDoesNotReadSuspendsTheHandlerAndMemoryStaysFlat() {
        int pieces = 128;
        AtomicLong most = new AtomicLong();
        Loops.on(
                io -> {
                    CountDownLatch read = new CountDownLatch(1);
                    AtomicLong written = new AtomicLong();
                    HttpServer server =
                            HttpServer.serve(
                                    io,
                                    HttpOptions.at(Loops.HOST, 0),
                                    x -> {
                                        long before = usedBytes();
                                        x.start(
                                                200,
                                                Headers.of("content-length", "" + (pieces << 20)));
                                        for (int i = 0; i < pieces; i++) {
                                            x.write(new byte[1 << 20]);
                                            written.incrementAndGet();
                                            most.accumulateAndGet(usedBytes() - before, Math::max);
                                        }
                                        x.end();
                                    });
                    CompletableFuture<Long> client =
                            Loops.client(
                                    () -> {
                                        try (Socket socket = Loops.dial(server.port())) {
                                            Loops.send(socket, LAST_GET);
                                            Loops.readHead(socket);
                                            read.await();
                                            InputStream in = socket.getInputStream();
                                            return in.transferTo(
                                                    java.io.OutputStream.nullOutputStream());
                                        }
                                    });
                    Loops.until(
                            () ->
                                    io.loop().tasks().stream()
                                            .anyMatch(
                                                    task ->
                                                            String.valueOf(task.waitsFor())
                                                                    .startsWith("answer GET /")));
                    assertThat(written.get()).isLessThan(pieces);
                    read.countDown();
                    assertThat(Loops.join(client)).isEqualTo((long) pieces << 20);
                    server.close();
                });
        assertThat(most.get()).isLessThan(8 << 20);
    }

    @Test
    void aHandlerThatDoesNotReadMakesTheClientWait() {
        int size = 64 << 20;
        AtomicLong most = new AtomicLong();
        String answer =
                HttpServerTest.serve(
                        x -> {
                            long before = usedBytes();
                            long total = 0;
                            for (byte[] piece = x.read(); piece != null; piece = x.read()) {
                                int pause = total == 0 ? 500 : 1;
                                for (int i = 0; i < pause; i++) Corona.yieldNow();
                                total += piece.length;
                                most.accumulateAndGet(usedBytes() - before, Math::max);
                            }
                            x.respond(200, Headers.none(), "" + total);
                        },
                        socket -> {
                            Loops.send(
                                    socket,
                                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: "
                                            + size
                                            + "\r\nConnection: close\r\n\r\n");
                            for (int i = 0; i < 64; i++)
                                socket.getOutputStream().write(new byte[1 << 20]);
                            return Loops.readToEnd(socket);
                        });
        assertThat(answer).endsWith("\r\n\r\n" + size);
        assertThat(most.get()).isLessThan(4 << 20);
    }

    @Test
    void aPipeliningClientThatDoesNotReadCostsLittle() {
        int requests = 20_000;
        AtomicLong most = new AtomicLong();
        Loops.on(
                io -> {
                    HttpServer server =
                            HttpServer.serve(
                                    io,
                                    HttpOptions.at(Loops.HOST, 0),
                                    x -> x.respond(200, Headers.none(), new byte[2000]));
                    long before = usedBytes();
                    CompletableFuture<Long> client =
                            Loops.client(
                                    () -> {
                                        try (Socket socket = Loops.dial(server.port())) {
                                            CompletableFuture<Integer> sender =
                                                    Loops.client(
                                                            () -> {
                                                                for (int i = 1; i < requests; i++)
                                                                    Loops.send(
                                                                            socket,
                                                                            HttpServerTest.GET);
                                                                Loops.send(socket, LAST_GET);
                                                                return 1;
                                                            });
                                            long total =
                                                    socket.getInputStream()
                                                            .transferTo(
                                                                    java.io.OutputStream
                                                                            .nullOutputStream());
                                            sender.join();
                                            return total;
                                        }
                                    });
                    while (!client.isDone()) {
                        most.accumulateAndGet(usedBytes() - before, Math::max);
                        Corona.yieldNow();
                    }
                    assertThat(Loops.join(client)).isGreaterThan(2000L * requests);
                    server.close();
                });
        assertThat(most.get()).isLessThan(12 << 20);
    }

    @Test
    void closesAConnectionWhoseHeadDoesNotEnd() {
        HttpOptions options =
                HttpOptions.at(Loops.HOST, 0).withTimeouts(Duration.ZERO, Duration.ofSeconds(60));
        assertThat(
                        HttpServerTest.<String>serve(
                                options,
                                OK,
                                socket -> {
                                    Loops.send(socket, "GET / HTTP/1.1\r\nHo");
                                    return Loops.readToEnd(socket);
                                }))
                .startsWith("HTTP/1.1 408 ");
    }

    @Test
    void closesAConnectionThatIsIdle() {
        HttpOptions options =
                HttpOptions.at(Loops.HOST, 0).withTimeouts(Duration.ofSeconds(60), Duration.ZERO);
        assertThat(
                        HttpServerTest.<String>serve(
                                options,
                                OK,
                                socket -> {
                                    Loops.send(socket, HttpServerTest.GET);
                                    return Loops.readToEnd(socket);
                                }))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("fine");
    }

    @Test
    void givesUpABodyOfWhichNothingComes() {
        HttpOptions options =
                HttpOptions.at(Loops.HOST, 0).withTimeouts(Duration.ofSeconds(60), Duration.ZERO);
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        assertThat(
                        HttpServerTest.<String>serve(
                                options,
                                x -> {
                                    try {
                                        x.readAll(100);
                                    } catch (IoException e) {
                                        seen.complete(e);
                                        throw e;
                                    }
                                },
                                socket -> {
                                    Loops.send(
                                            socket,
                                            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
                                    return Loops.readToEnd(socket);
                                }))
                .startsWith("HTTP/1.1 408 ");
        assertThat(seen.join()).isInstanceOf(IoException.IdleTimeout.class);
    }

    @Test
    void bodiesThatNobodyReadsAreReleased() {
        int requests = 2_000;
        String post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000\r\n\r\n";
        long before = usedBytes();
        String answers =
                HttpServerTest.exchange(
                        x -> {
                            if (x.target().equals("/late")) {
                                x.respond(200, Headers.none(), "");
                                assertThatThrownBy(x::read).isInstanceOf(IoException.Closed.class);
                            } else {
                                x.respond(200, Headers.none(), "");
                            }
                        },
                        post.replace("/ ", "/late ")
                                + "x".repeat(10_000)
                                + (post + "x".repeat(10_000)).repeat(requests)
                                + LAST_GET);
        assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(requests + 3);
        assertThat(usedBytes() - before).isLessThan(4 << 20);
    }

    @Test
    void insideAtomicAnAnswerThatMustWaitIsRefusedWhole() {
        String answer =
                HttpServerTest.exchange(
                        x -> {
                            Corona.atomic(
                                    () ->
                                            assertThatThrownBy(
                                                            () ->
                                                                    x.respond(
                                                                            200,
                                                                            Headers.none(),
                                                                            new byte[1 << 20]))
                                                    .hasMessageContaining("inside atomic"));
                            Corona.<Object>atomic(
                                    () -> {
                                        x.respond(200, Headers.none(), "small");
                                        return 1;
                                    });
                        },
                        LAST_GET);
        assertThat(answer.getBytes(StandardCharsets.ISO_8859_1)).hasSizeLessThan(200);
        assertThat(answer).endsWith("\r\n\r\nsmall");
    }
}
