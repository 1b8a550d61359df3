package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What a well-behaved client sees. */
@Timeout(60)
class HttpServerTest {
    static final String GET = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";
    static final String LAST_GET = "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";

    /** What a thread says to a server. */
    interface Client<T> {
        T talk(Socket socket) throws Exception;
    }

    /** Serves with {@code handler} while one client talks, and answers what the client made of it. */
    static <T> T serve(HttpOptions options, HttpHandler handler, Client<T> client) {
        return Loops.on(
                IoOptions.defaults(),
                io -> {
                    try (HttpServer server =
                            HttpServer.serve(
                                    io, options, SpawnSite.of(List.of("app:1")), handler)) {
                        return Loops.join(
                                Loops.client(
                                        () -> {
                                            try (Socket socket = Loops.dial(server.port())) {
                                                return client.talk(socket);
                                            }
                                        }));
                    }
                });
    }

    static <T> T serve(HttpHandler handler, Client<T> client) {
        return serve(HttpOptions.at(Loops.HOST, 0), handler, client);
    }

    /** Sends the text and reads up to the end of the connection. */
    static String exchange(HttpHandler handler, String request) {
        return serve(
                handler,
                socket -> {
                    Loops.send(socket, request);
                    return Loops.readToEnd(socket);
                });
    }

    static String withoutDate(String response) {
        return response.replaceAll(
                "Date: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n", "");
    }

    @Test
    void answersInOneCall() {
        String response =
                exchange(
                        x -> x.respond(200, Headers.of("Content-Type", "text/plain"), "h\u00e9"),
                        LAST_GET);
        assertThat(response)
                .containsPattern("\r\nDate: \\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT\r\n");
        assertThat(withoutDate(response))
                .isEqualTo(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                                + "Content-Length: 3\r\n\r\nh\u00c3\u00a9");
    }

    @Test
    void tellsAboutTheRequest() {
        String response =
                exchange(
                        x -> {
                            String text =
                                    String.join(
                                            "|",
                                            x.method(),
                                            x.target(),
                                            x.version(),
                                            x.header("x-one"),
                                            String.valueOf(x.header("x-none")),
                                            x.headers().all("X-TWO").toString(),
                                            String.valueOf(x.headers().size()),
                                            x.toString(),
                                            x.remoteAddress().split(":")[0]);
                            x.respond(200, Headers.none(), text);
                        },
                        "PUT /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX-One: 1\r\nX-Two: 2\r\nx-two: 3\r\n"
                                + "Connection: close\r\n\r\n");
        assertThat(response)
                .endsWith(
                        "\r\n\r\nPUT|/a%20b?c=d|HTTP/1.1|1|null|[2, 3]|5|PUT /a%20b?c=d|127.0.0.1");
    }

    @Test
    void keepsAConnectionForMoreRequests() {
        List<String> answers =
                serve(
                        x -> x.respond(200, Headers.none(), x.target()),
                        socket -> {
                            List<String> bodies = new ArrayList<>();
                            for (int i = 0; i < 3; i++) {
                                Loops.send(socket, "GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n");
                                String head = Loops.readHead(socket);
                                assertThat(head).contains("Content-Length: 2\r\n");
                                assertThat(head).doesNotContainIgnoringCase("connection:");
                                bodies.add(Loops.readExactly(socket, 2));
                            }
                            return bodies;
                        });
        assertThat(answers).containsExactly("/0", "/1", "/2");
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++)
            requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
        requests.append(LAST_GET);
        String response =
                exchange(
                        x -> {
                            int number =
                                    x.target().length() == 1
                                            ? 0
                                            : Integer.parseInt(x.target().substring(1));
                            if (number % 3 == 1) Corona.sleep(Duration.ofMillis(5));
                            x.respond(200, Headers.none(), "<" + x.target() + ">");
                        },
                        requests.toString());
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 50; i++) expected.append("</").append(i).append(">");
        expected.append("</>");
        assertThat(response.replaceAll("(?s)HTTP/1.1 200 OK.*?\r\n\r\n", ""))
                .isEqualTo(expected.toString());
    }

    @Test
    void answersPipelinedRequestsWithBodiesInTheirOrder() {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 20; i++)
            requests.append("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n")
                    .append(10 + i);
        requests.append(LAST_GET);
        String response =
                exchange(
                        x -> {
                            if (x.bodyLength() > 0) Corona.yieldNow();
                            x.respond(200, Headers.none(), x.readAll(10));
                        },
                        requests.toString());
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20; i++) expected.append(10 + i);
        assertThat(response.replaceAll("(?s)HTTP/1.1 200 OK.*?\r\n\r\n", ""))
                .isEqualTo(expected.toString());
    }

    @Test
    void handlesRequestsOfSeveralConnectionsAtOnce() {
        Loops.on(
                io -> {
                    CompletableFuture<String> second = new CompletableFuture<>();
                    HttpServer server =
                            HttpServer.serve(
                                    io,
                                    HttpOptions.at(Loops.HOST, 0),
                                    x -> {
                                        if (x.target().equals("/wait")) Corona.await(second);
                                        else second.complete("go");
                                        x.respond(200, Headers.none(), x.target());
                                    });
                    List<CompletableFuture<String>> clients = new ArrayList<>();
                    for (String target : List.of("/wait", "/go"))
                        clients.add(
                                Loops.client(
                                        () -> {
                                            try (Socket socket = Loops.dial(server.port())) {
                                                Loops.send(
                                                        socket,
                                                        LAST_GET.replace("/ ", target + " "));
                                                return Loops.readToEnd(socket);
                                            }
                                        }));
                    assertThat(Loops.join(clients.get(0))).endsWith("/wait");
                    assertThat(Loops.join(clients.get(1))).endsWith("/go");
                    server.close();
                });
    }

    @Test
    void sendsNoBodyToHead() {
        String response =
                exchange(
                        x -> {
                            if (x.target().equals("/stream")) {
                                x.start(200, Headers.of("X-A", "b"));
                                x.write("not sent");
                                x.end();
                            } else {
                                x.respond(200, Headers.none(), "12345");
                            }
                        },
                        "HEAD / HTTP/1.1\r\nHost: h\r\n\r\nHEAD /stream HTTP/1.1\r\nHost: h\r\n"
                                + "Connection: close\r\n\r\n");
        assertThat(withoutDate(response))
                .isEqualTo(
                        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nX-A: b\r\nConnection: close\r\n\r\n");
    }

    @Test
    void sendsNoLengthWhereThereIsNoBody() {
        String response =
                exchange(
                        x -> x.respond(x.target().equals("/a") ? 204 : 304, Headers.none(), ""),
                        "GET /a HTTP/1.1\r\nHost: h\r\n\r\n" + LAST_GET);
        assertThat(withoutDate(response))
                .isEqualTo(
                        "HTTP/1.1 204 No Content\r\n\r\n"
                                + "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
    }

    @Test
    void speaksHttp10() {
        HttpHandler handler =
                x -> {
                    if (x.target().equals("/stream")) {
                        x.start(200, Headers.none());
                        x.write("a");
                        x.write("b");
                        x.end();
                    } else {
                        x.respond(200, Headers.none(), "x");
                    }
                };
        assertThat(withoutDate(exchange(handler, "GET / HTTP/1.0\r\n\r\n")))
                .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
        assertThat(
                        withoutDate(
                                exchange(
                                        handler,
                                        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
                                                + "GET /stream HTTP/1.0\r\n\r\n")))
                .isEqualTo(
                        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx"
                                + "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nab");
    }

    @Test
    void streamsInChunks() {
        String response =
                exchange(
                        x -> {
                            x.start(200, Headers.none());
                            x.write("hello ");
                            x.write("");
                            Corona.yieldNow();
                            x.write("0123456789abcdefg");
                            x.end();
                        },
                        LAST_GET);
        assertThat(withoutDate(response))
                .isEqualTo(
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "6\r\nhello \r\n11\r\n0123456789abcdefg\r\n0\r\n\r\n");
    }

    @Test
    void streamsWithALength() {
        String response =
                exchange(
                        x -> {
                            x.start(200, Headers.of("content-length", "4"));
                            x.write("ab");
                            x.write("xcdx".getBytes(StandardCharsets.US_ASCII), 1, 2);
                            x.end();
                        },
                        LAST_GET);
        assertThat(withoutDate(response))
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 4\r\nConnection: close\r\n\r\nabcd");
    }

    @Test
    void aPieceLeavesWhileTheHandlerWaits() {
        serve(
                x -> {
                    x.start(200, Headers.none());
                    x.write("first");
                    byte[] go = x.read();
                    x.write(new String(go, StandardCharsets.US_ASCII));
                    x.end();
                },
                socket -> {
                    Loops.send(
                            socket,
                            "POST / HTTP/1.1\r\n"
                                    + "Host: h\r\n"
                                    + "Content-Length: 6\r\n"
                                    + "Connection: close\r\n\r\n");
                    Loops.readHead(socket);
                    assertThat(Loops.readExactly(socket, 10)).isEqualTo("5\r\nfirst\r\n");
                    Loops.send(socket, "second");
                    assertThat(Loops.readToEnd(socket)).isEqualTo("6\r\nsecond\r\n0\r\n\r\n");
                    return 1;
                });
    }

    @Test
    void endsAStreamThatTheHandlerLeftOpen() {
        assertThat(
                        exchange(
                                x -> {
                                    x.start(200, Headers.none());
                                    x.write("a");
                                },
                                LAST_GET))
                .endsWith("1\r\na\r\n0\r\n\r\n");
    }

    @Test
    void readsABodyOfKnownLength() {
        String body = "x".repeat(100_000);
        String response =
                exchange(
                        x -> {
                            assertThat(x.bodyLength()).isEqualTo(100_000);
                            byte[] all = x.readAll(100_000);
                            assertThat(x.read()).isNull();
                            assertThat(x.readAll(1)).isEmpty();
                            x.respond(200, Headers.none(), all);
                        },
                        "POST / HTTP/1.1\r\n"
                                + "Host: h\r\n"
                                + "Content-Length: 100000\r\n"
                                + "Connection: close\r\n\r\n"
                                + body);
        assertThat(response).endsWith("\r\n\r\n" + body);
    }

    @Test
    void readsABodyInChunks() {
        String response =
                exchange(
                        x -> {
                            assertThat(x.bodyLength()).isEqualTo(-1);
                            x.respond(200, Headers.none(), x.readAll(1000));
                        },
                        "POST / HTTP/1.1\r\n"
                                + "Host: h\r\n"
                                + "Transfer-Encoding: chunked\r\n"
                                + "Connection: close\r\n\r\n"
                                + "3\r\n"
                                + "abc\r\n"
                                + "5;x=y\r\n"
                                + "defgh\r\n"
                                + "0\r\n"
                                + "Trailer: x\r\n\r\n");
        assertThat(response).endsWith("\r\n\r\nabcdefgh");
    }

    @Test
    void readsABodyPieceByPiece() {
        serve(
                x -> {
                    StringBuilder pieces = new StringBuilder();
                    x.start(200, Headers.none());
                    for (byte[] piece = x.read(); piece != null; piece = x.read()) {
                        pieces.append(new String(piece, StandardCharsets.US_ASCII)).append('|');
                        x.write("+");
                    }
                    x.write(pieces.toString());
                    x.end();
                },
                socket -> {
                    Loops.send(
                            socket,
                            "POST / HTTP/1.1\r\n"
                                    + "Host: h\r\n"
                                    + "Content-Length: 6\r\n"
                                    + "Connection: close\r\n\r\n"
                                    + "ab");
                    Loops.readHead(socket);
                    for (String piece : List.of("cd", "ef")) {
                        assertThat(Loops.readExactly(socket, 6)).isEqualTo("1\r\n+\r\n");
                        Loops.send(socket, piece);
                    }
                    assertThat(Loops.readToEnd(socket))
                            .isEqualTo("1\r\n+\r\n9\r\nab|cd|ef|\r\n0\r\n\r\n");
                    return 1;
                });
    }

    @Test
    void asksForABodyThatTheClientHoldsBack() {
        serve(
                x -> x.respond(200, Headers.none(), x.readAll(10)),
                socket -> {
                    Loops.send(
                            socket,
                            "POST / HTTP/1.1\r\n"
                                    + "Host: h\r\n"
                                    + "Content-Length: 2\r\n"
                                    + "Expect: 100-continue\r\n"
                                    + "Connection: close\r\n\r\n");
                    assertThat(Loops.readHead(socket)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
                    Loops.send(socket, "ok");
                    assertThat(Loops.readToEnd(socket)).endsWith("\r\n\r\nok");
                    return 1;
                });
    }

    @Test
    void refusesABodyThatTheClientHoldsBack() {
        serve(
                x -> x.respond(403, Headers.none(), "no"),
                socket -> {
                    Loops.send(
                            socket,
                            "POST / HTTP/1.1\r\n"
                                    + "Host: h\r\n"
                                    + "Content-Length: 2\r\n"
                                    + "Expect: 100-continue\r\n\r\n");
                    assertThat(Loops.readToEnd(socket))
                            .startsWith("HTTP/1.1 403 Forbidden\r\n")
                            .contains("Connection: close\r\n")
                            .endsWith("\r\n\r\nno");
                    return 1;
                });
    }

    @Test
    void readsAShortUnreadBodyAwayToKeepTheConnection() {
        assertThat(
                        exchange(
                                x -> x.respond(200, Headers.none(), x.method()),
                                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabcde"
                                        + LAST_GET))
                .containsPattern("(?s)\r\n\r\nPOSTHTTP/1.1 200 OK.*\r\n\r\nGET$");
    }

    @Test
    void readsAnUnreadBodyAwayThatComesAfterTheResponse() {
        serve(
                x -> x.respond(200, Headers.none(), x.method()),
                socket -> {
                    Loops.send(socket, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n");
                    Loops.readHead(socket);
                    assertThat(Loops.readExactly(socket, 4)).isEqualTo("POST");
                    Loops.send(socket, "abcde" + LAST_GET);
                    assertThat(Loops.readToEnd(socket)).endsWith("\r\n\r\nGET");
                    return 1;
                });
    }

    @Test
    void sendsALargeResponseWhole() {
        String response =
                exchange(x -> x.respond(200, Headers.none(), new byte[5_000_000]), LAST_GET);
        assertThat(response).contains("Content-Length: 5000000\r\n");
        assertThat(response.length() - response.indexOf("\r\n\r\n") - 4).isEqualTo(5_000_000);
    }

    @Test
    void theCallersHeadersTakePrecedence() {
        String response =
                exchange(
                        x ->
                                x.respond(
                                        200,
                                        Headers.of(
                                                "date",
                                                "today",
                                                "connection",
                                                "close",
                                                "content-length",
                                                "1"),
                                        "x"),
                        GET);
        assertThat(response)
                .isEqualTo(
                        "HTTP/1.1 200 OK\r\n"
                                + "date: today\r\n"
                                + "connection: close\r\n"
                                + "content-length: 1\r\n\r\n"
                                + "x");
    }

    @Test
    void refusesHeadersThatWouldBreakTheResponse() {
        assertThatThrownBy(() -> Headers.of("x", "a\r\nb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a\\u000d\\u000ab\"");
        assertThatThrownBy(() -> Headers.of("x y", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"x y\"");
        assertThatThrownBy(() -> Headers.of("", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.of("x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.none().with("x", "\0"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Headers.of("A", "b").with("c", "\u00e9")).hasToString("A: b\r\nc: \u00e9\r\n");
    }

    @Test
    void refusesWhatDoesNotFitTheResponsesState() {
        String response =
                exchange(
                        x -> {
                            assertThatThrownBy(() -> x.write("a"))
                                    .isInstanceOf(HttpStateException.class)
                                    .hasMessageContaining("GET /")
                                    .hasMessageContaining("call start before it");
                            assertThatThrownBy(() -> x.respond(99, Headers.none(), ""))
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .hasMessageContaining("99");
                            assertThatThrownBy(
                                            () ->
                                                    x.respond(
                                                            200,
                                                            Headers.of("transfer-encoding", "x"),
                                                            ""))
                                    .isInstanceOf(IllegalArgumentException.class);
                            assertThatThrownBy(
                                            () ->
                                                    x.respond(
                                                            200,
                                                            Headers.of("content-length", "7"),
                                                            "abc"))
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .hasMessageContaining("3, but was \"7\"");
                            x.start(200, Headers.of("content-length", "2"));
                            assertThatThrownBy(() -> x.respond(200, Headers.none(), ""))
                                    .isInstanceOf(HttpStateException.class);
                            assertThatThrownBy(() -> x.write("abc"))
                                    .isInstanceOf(HttpStateException.class)
                                    .hasMessageContaining("0 of the 2 bytes");
                            x.write("ok");
                            x.end();
                            assertThatThrownBy(x::end).isInstanceOf(HttpStateException.class);
                        },
                        LAST_GET);
        assertThat(response).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nok");
    }

    @Test
    void closesIdleConnectionsAndLetsRequestsEnd() {
        Loops.on(
                io -> {
                    CompletableFuture<String> go = new CompletableFuture<>();
                    CompletableFuture<String> begun = new CompletableFuture<>();
                    HttpServer server =
                            HttpServer.serve(
                                    io,
                                    HttpOptions.at(Loops.HOST, 0),
                                    x -> {
                                        begun.complete("begun");
                                        Corona.await(go);
                                        x.respond(200, Headers.none(), "done");
                                    });
                    int port = server.port();
                    CompletableFuture<String> idle =
                            Loops.client(
                                    () -> {
                                        try (Socket socket = Loops.dial(port)) {
                                            return Loops.readToEnd(socket);
                                        }
                                    });
                    CompletableFuture<String> busy =
                            Loops.client(
                                    () -> {
                                        try (Socket socket = Loops.dial(port)) {
                                            Loops.send(socket, GET);
                                            return Loops.readToEnd(socket);
                                        }
                                    });
                    Corona.await(begun);
                    Loops.until(() -> server.connections() == 2);
                    server.close();
                    assertThat(Loops.join(idle)).isEmpty();
                    go.complete("go");
                    server.awaitClosed();
                    assertThat(Loops.join(busy))
                            .contains("Connection: close\r\n")
                            .endsWith("\r\n\r\ndone");
                    assertThat(server.connections()).isZero();
                    assertThatThrownBy(() -> Loops.join(Loops.client(() -> Loops.dial(port))))
                            .isInstanceOfAny(CompletionException.class)
                            .hasRootCauseInstanceOf(java.net.ConnectException.class);
                });
    }

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Loops.on(
                    io ->
                            assertThatThrownBy(
                                            () ->
                                                    HttpServer.serve(
                                                            io,
                                                            HttpOptions.port(other.getLocalPort()),
                                                            x -> {}))
                                    .isInstanceOf(IoException.PortInUse.class)
                                    .hasMessageContaining("*:" + other.getLocalPort()));
        }
    }
}
