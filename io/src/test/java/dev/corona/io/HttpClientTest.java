package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.async.Corona;
import dev.corona.async.Task;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@Timeout(60)
class HttpClientTest {
    private interface Use {
        void use(IoLoop io, String url) throws Exception;
    }

    private static void serving(HttpHandler handler, Use use) {
        Loops.on(
                io -> {
                    try (HttpServer server =
                            HttpServer.serve(io, HttpOptions.at(Loops.HOST, 0), handler)) {
                        use.use(io, "http://127.0.0.1:" + server.port());
                    }
                });
    }

    @Test
    void fetchesStatusHeadersAndBody() {
        serving(
                x -> x.respond(404, Headers.of("X-A", "b"), x.target()),
                (io, url) -> {
                    HttpResponse response = HttpClient.fetch(io, url + "/a?b=c");
                    assertThat(response.status()).isEqualTo(404);
                    assertThat(response.headers().get("x-a")).isEqualTo("b");
                    assertThat(response.text()).isEqualTo("/a?b=c");
                });
    }

    @Test
    void sendsMethodHeadersAndBody() {
        serving(
                x ->
                        x.respond(
                                200,
                                Headers.none(),
                                x.method() + x.header("x-a") + new String(x.readAll(100))),
                (io, url) -> {
                    FetchOptions options =
                            FetchOptions.post("body")
                                    .withMethod("PUT")
                                    .withHeaders(Headers.of("X-A", "1"));
                    assertThat(HttpClient.fetch(io, url, options).text()).isEqualTo("PUT1body");
                });
    }

    @Test
    void fetchesManyAtOnce() {
        serving(
                x -> {
                    Corona.sleep(Duration.ofMillis(1));
                    x.respond(200, Headers.none(), x.target());
                },
                (io, url) -> {
                    List<Task<HttpResponse>> tasks = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        String target = "/" + i;
                        tasks.add(Corona.spawn(() -> HttpClient.fetch(io, url + target)));
                    }
                    for (int i = 0; i < 50; i++)
                        assertThat(Corona.await(tasks.get(i)).text()).isEqualTo("/" + i);
                });
    }

    @Test
    void limitsTheBody() {
        serving(
                x -> x.respond(200, Headers.none(), new byte[1_000_000]),
                (io, url) ->
                        assertThatThrownBy(
                                        () ->
                                                HttpClient.fetch(
                                                        io,
                                                        url,
                                                        FetchOptions.get().withMaxBodyBytes(1000)))
                                .isInstanceOf(IoException.BodyTooLarge.class)
                                .hasMessageContaining("fetch " + url)
                                .hasMessageContaining("1000 bytes"));
    }

    @Test
    void givesUpAServerThatDoesNotAnswer() {
        CompletableFuture<String> never = new CompletableFuture<>();
        serving(
                x -> {
                    Corona.await(never);
                    x.respond(200, Headers.none(), "late");
                },
                (io, url) -> {
                    FetchOptions options = FetchOptions.get().withTimeout(Duration.ofMillis(50));
                    assertThatThrownBy(() -> HttpClient.fetch(io, url, options))
                            .isInstanceOf(IoException.IdleTimeout.class)
                            .hasMessageContaining("fetch " + url)
                            .hasMessageContaining("50 ms");
                    never.complete("at last");
                });
    }

    @Test
    void namesTheServerThatRefuses() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        Loops.on(
                io ->
                        assertThatThrownBy(() -> HttpClient.fetch(io, "http://127.0.0.1:" + port))
                                .isInstanceOf(IoException.ConnectFailed.class)
                                .hasMessageContaining("127.0.0.1:" + port));
    }

    @Test
    void aServerThatCutsItsResponseIsAnError() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Integer> peer =
                    Loops.client(
                            () -> {
                                try (Socket socket = server.accept()) {
                                    Loops.readHead(socket);
                                    Loops.send(
                                            socket,
                                            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                                }
                                return 1;
                            });
            Loops.on(
                    io -> {
                        String url = "http://127.0.0.1:" + server.getLocalPort();
                        assertThatThrownBy(() -> HttpClient.fetch(io, url))
                                .isInstanceOf(IoException.ConnectionLost.class)
                                .hasMessageContaining("fetch " + url);
                        Loops.join(peer);
                    });
        }
    }

    @Test
    void refusesAnAddressThatIsNone() {
        Loops.on(
                io -> {
                    assertThatThrownBy(() -> HttpClient.fetch(io, "ftp://a"))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("ftp://a");
                    assertThatThrownBy(() -> HttpClient.fetch(io, "http://"))
                            .isInstanceOf(IllegalArgumentException.class);
                });
    }
}
