package dev.corona.js.host;

import dev.corona.io.FetchOptions;
import dev.corona.io.Headers;
import dev.corona.io.HttpClient;
import dev.corona.io.HttpExchange;
import dev.corona.io.HttpOptions;
import dev.corona.io.HttpResponse;
import dev.corona.io.HttpServer;
import dev.corona.io.IoException;
import dev.corona.io.IoLoop;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * HTTP for {@code http.js}. Headers cross as one text, a line {@code name: value} each; the texts of responses repeat, so
 * their parsed form is kept. For the loop's thread.
 */
public final class HttpHost {
    private static final int KEPT_HEADERS = 256;

    private final IoLoop io;
    private final Guest guest;
    private final Map<String, Headers> parsed = new LinkedHashMap<>();

    public HttpHost(IoLoop io, Guest guest) {
        this.io = io;
        this.guest = guest;
    }

    /**
     * A server whose requests are each given to {@code dispatch} in a coroutine of their own.
     *
     * @param maxHeaderBytes 0 for the default
     */
    @HostAccess.Export
    public Server serve(
            @Nullable String host,
            int port,
            int backlog,
            int maxHeaderBytes,
            Value site,
            Value dispatch) {
        return guest.await(
                () -> {
                    HttpOptions options = HttpOptions.at(host, port);
                    if (backlog > 0) options = options.withBacklog(backlog);
                    if (maxHeaderBytes > 0)
                        options = options.withLimits(options.maxLineBytes(), maxHeaderBytes);
                    return new Server(
                            HttpServer.serve(
                                    io,
                                    options,
                                    JsSite.of(site),
                                    exchange -> handle(dispatch, exchange)));
                });
    }

    private void handle(Value dispatch, HttpExchange exchange) throws IoException {
        Exchange wrapped = new Exchange(exchange);
        try {
            dispatch.executeVoid(wrapped);
        } catch (PolyglotException e) {
            IoException cause = wrapped.causeOf(e);
            if (cause != null) throw cause;
            throw e;
        }
    }

    /** Fetches {@code url}; {@code timeoutMillis} negative for the default limit. */
    @HostAccess.Export
    public Response fetch(
            String url, String method, String headers, @Nullable Value body, double timeoutMillis) {
        return guest.await(
                () -> {
                    FetchOptions options =
                            FetchOptions.get().withMethod(method).withHeaders(parse(headers));
                    byte[] bytes = body == null || body.isNull() ? null : Bytes.fromGuest(body);
                    if (bytes != null) options = options.withBody(bytes);
                    if (timeoutMillis >= 0)
                        options =
                                options.withTimeout(Duration.ofNanos((long) (timeoutMillis * 1e6)));
                    return new Response(HttpClient.fetch(io, url, options));
                });
    }

    private Headers parse(String lines) {
        if (lines.isEmpty()) return Headers.none();
        Headers known = parsed.get(lines);
        if (known != null) return known;
        List<String> flat = new ArrayList<>();
        for (String line : lines.split("\n")) {
            int colon = line.indexOf(": ");
            flat.add(line.substring(0, colon));
            flat.add(line.substring(colon + 2));
        }
        Headers headers = Headers.of(flat.toArray(String[]::new));
        if (parsed.size() >= KEPT_HEADERS) parsed.clear();
        parsed.put(lines, headers);
        return headers;
    }

    /** Headers as a flat array of names, in lower case, and values. */
    private static String[] flat(Headers headers) {
        String[] flat = new String[2 * headers.size()];
        for (int i = 0; i < headers.size(); i++) {
            flat[2 * i] = headers.name(i).toLowerCase(java.util.Locale.ROOT);
            flat[2 * i + 1] = headers.value(i);
        }
        return flat;
    }

    /** A listening server. */
    public static final class Server {
        private final HttpServer server;

        private Server(HttpServer server) {
            this.server = server;
        }

        @HostAccess.Export
        public int port() {
            return server.port();
        }

        @HostAccess.Export
        public String address() {
            return server.address();
        }

        @HostAccess.Export
        public void close() {
            server.close();
        }
    }

    /** What a server answered to this program. */
    public static final class Response {
        private final HttpResponse response;

        private Response(HttpResponse response) {
            this.response = response;
        }

        @HostAccess.Export
        public int status() {
            return response.status();
        }

        @HostAccess.Export
        public String[] headers() {
            return flat(response.headers());
        }

        @HostAccess.Export
        public String text() {
            return response.text();
        }

        @HostAccess.Export
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(response.body());
        }
    }

    /** A request and its response. */
    public final class Exchange {
        private final HttpExchange exchange;

        /** The last error of the connection that the script was given, as both sides know it. */
        private @Nullable IoException raised;

        private @Nullable Value raisedValue;

        private Exchange(HttpExchange exchange) {
            this.exchange = exchange;
        }

        /** The error of the connection that {@code thrown} is; null if it is the script's own. */
        private @Nullable IoException causeOf(PolyglotException thrown) {
            Value value = thrown.getGuestObject();
            return value != null && value.equals(raisedValue) ? raised : null;
        }

        private <T> T io(Callable<T> work) {
            return guest.await(
                    () -> {
                        try {
                            return work.call();
                        } catch (IoException e) {
                            raised = e;
                            raisedValue = guest.errorOf(e);
                            throw raisedValue.throwException();
                        }
                    });
        }

        @HostAccess.Export
        public String method() {
            return exchange.method();
        }

        @HostAccess.Export
        public String target() {
            return exchange.target();
        }

        @HostAccess.Export
        public String version() {
            return exchange.version();
        }

        @HostAccess.Export
        public @Nullable String header(String name) {
            return exchange.header(name);
        }

        @HostAccess.Export
        public String[] headers() {
            return flat(exchange.headers());
        }

        @HostAccess.Export
        public String remoteAddress() {
            return exchange.remoteAddress();
        }

        /** The whole body as text in UTF-8. */
        @HostAccess.Export
        public String text(int maxBytes) {
            return io(
                    () ->
                            new String(
                                    exchange.readAll(maxBytes),
                                    java.nio.charset.StandardCharsets.UTF_8));
        }

        /** The whole body. */
        @HostAccess.Export
        public ByteBuffer bytes(int maxBytes) {
            return io(() -> ByteBuffer.wrap(exchange.readAll(maxBytes)));
        }

        /** The next piece of the body; null at its end. */
        @HostAccess.Export
        public @Nullable ByteBuffer read() {
            return io(() -> Bytes.toGuest(exchange.read()));
        }

        /** Answers with a complete text. */
        @HostAccess.Export
        public void respondText(int status, String headers, String body) {
            io(
                    () -> {
                        exchange.respond(status, parse(headers), body);
                        return true;
                    });
        }

        /** Answers with complete bytes; answers false if {@code body} is neither text nor bytes. */
        @HostAccess.Export
        public boolean respondBytes(int status, String headers, Value body) {
            byte[] bytes = Bytes.fromGuest(body);
            if (bytes == null) return false;
            return io(
                    () -> {
                        exchange.respond(status, parse(headers), bytes);
                        return true;
                    });
        }

        /** Sends the head of a response whose body follows. */
        @HostAccess.Export
        public void start(int status, String headers) {
            io(
                    () -> {
                        exchange.start(status, parse(headers));
                        return true;
                    });
        }

        /** Sends a piece of the body; answers false if it is neither text nor bytes. */
        @HostAccess.Export
        public boolean write(Value piece) {
            byte[] bytes = Bytes.fromGuest(piece);
            if (bytes == null) return false;
            return io(
                    () -> {
                        exchange.write(bytes);
                        return true;
                    });
        }

        @HostAccess.Export
        public void end() {
            io(
                    () -> {
                        exchange.end();
                        return true;
                    });
        }
    }
}
