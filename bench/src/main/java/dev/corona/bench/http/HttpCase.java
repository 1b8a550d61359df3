package dev.corona.bench.http;

import dev.corona.bench.BenchException;
import dev.corona.bench.Server;
import dev.corona.bench.Setup;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One thing that a server does, written for Corona and for Node.
 *
 * @param name what the report and the targets call it
 * @param script the name of the servers' scripts
 * @param title what happens, for the report
 * @param connections how many of wrk's stay open
 * @param sending what wrk sends
 * @param ratio how many times Node's requests/s are asked for
 */
record HttpCase(
        String name, String script, String title, int connections, Sending sending, double ratio) {
    /** What wrk sends, and the script that makes it do so; null for what it does by itself. */
    enum Sending {
        /** A GET, and the next one after its answer. */
        GET(null),
        /** 1 KB of JSON, which is the expected answer too; the script reads {@link #BODY}. */
        POST("bench/servers/post.lua"),
        /** 16 GETs at once, and the next 16 after their answers. */
        PIPELINED("bench/servers/pipeline.lua");

        final @Nullable String script;

        Sending(@Nullable String script) {
            this.script = script;
        }
    }

    private static final String HELLO_SCRIPT = "hello";
    private static final String BODY = "bench/servers/body.json";
    private static final String HELLO = "Hello, world!\n";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Whether a handler does nothing but answer, always the same. */
    boolean isHello() {
        return script.equals(HELLO_SCRIPT);
    }

    /** Throws unless the server answers one request right. */
    void check(Setup setup, Server server) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String expected =
                    sending == Sending.POST ? Files.readString(setup.root().resolve(BODY)) : HELLO;
            HttpRequest request = request(setup, server);
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200 && answer.body().equals(expected)) return;
            throw new BenchException(
                    "%s %s answered wrongly: status %d, body %s"
                            .formatted(server.name(), script, answer.statusCode(), answer.body()));
        } catch (IOException e) {
            throw server.process().failure("does not answer (%s)".formatted(e));
        }
    }

    private HttpRequest request(Setup setup, Server server) throws IOException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(server.url())).timeout(LIMIT);
        if (sending != Sending.POST) return builder.build();
        Path body = setup.root().resolve(BODY);
        return builder.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofFile(body))
                .build();
    }
}
