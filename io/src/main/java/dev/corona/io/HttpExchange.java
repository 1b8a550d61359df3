package dev.corona.io;

import dev.corona.async.Corona;
import dev.corona.async.Waiter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A request and its response. {@link #respond} answers in one call; {@link #start}, {@link #write} and {@link #end} stream.
 *
 * <p><b>Threads.</b> For tasks of the server's loop. <b>Errors.</b> Once the connection is gone, reads and writes throw
 * {@link IoException}; one that a handler lets pass is not reported, because it is the client's doing. <b>Cancellation</b> of
 * a task that waits here leaves the exchange as it is.
 */
public final class HttpExchange {
    private static final byte[] NO_BYTES = {};

    /** The life of a response. */
    private enum Response {
        NOT_STARTED,
        STARTED,
        ENDED
    }

    private final HttpConnection connection;
    private final HttpRequest request;
    private final boolean http11;
    private final boolean clientKeeps;
    private boolean keeps;

    /** As the head promises; -1 if the body is chunked. */
    private final long bodyLength;

    private boolean continueExpected;
    private @Nullable Input body;
    private long receivedBytes;
    private long readBytes;
    private boolean bodyEnded;
    private boolean bodyCut;
    private boolean bodyIdle;
    private boolean bodyDropped;
    private int waitingSince;
    private @Nullable Throwable bodyError;
    private @Nullable Waiter<@Nullable Object> reader;
    private @Nullable IoException raised;

    private Response response = Response.NOT_STARTED;
    private boolean chunked;
    private boolean bodiless;
    private long promisedBytes = -1;
    private long writtenBytes;
    private @Nullable Headers headers;

    HttpExchange(
            HttpConnection connection,
            HttpRequest request,
            boolean http11,
            long bodyLength,
            boolean continueExpected) {
        this.connection = connection;
        this.request = request;
        this.http11 = http11;
        this.clientKeeps = HttpUtil.isKeepAlive(request);
        this.keeps = clientKeeps;
        this.bodyLength = bodyLength;
        this.continueExpected = continueExpected;
    }

    /** The request's method, such as {@code GET}. */
    public String method() {
        return request.method().name();
    }

    /** What is asked for: path and query as the client sent them, such as {@code /a?b=c}. */
    public String target() {
        return request.uri();
    }

    /** The protocol, such as {@code HTTP/1.1}. */
    public String version() {
        return request.protocolVersion().text();
    }

    /** The first value of a header of the request; null if there is none. */
    public @Nullable String header(String name) {
        return request.headers().get(name);
    }

    /** The headers of the request. */
    public Headers headers() {
        Headers known = headers;
        if (known == null) headers = known = copyHeaders();
        return known;
    }

    private Headers copyHeaders() {
        String[] copy = new String[2 * request.headers().size()];
        int at = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            copy[at++] = header.getKey();
            copy[at++] = header.getValue();
        }
        return Headers.checked(copy);
    }

    /** The client's address and port. */
    public String remoteAddress() {
        return Addresses.format(connection.channel().remoteAddress());
    }

    /** The length of the request's body as its head gives it; -1 if it is sent in chunks. */
    public long bodyLength() {
        return bodyLength;
    }

    /** Whether the connection still stands. */
    public boolean isConnected() {
        return connection.channel().isOpen();
    }

    /** The next piece of the request's body; suspends the calling task until there is one. Null at its end. */
    public byte @Nullable [] read() throws IoException {
        if (bodyLength == 0) return null;
        while (true) {
            byte[] piece = body == null ? null : body.take();
            if (piece != null) {
                readBytes += piece.length;
                return piece;
            }
            if (!awaitBody("read the body of")) return null;
        }
    }

    /**
     * The whole body of the request; suspends the calling task until it is there.
     *
     * @throws IoException.BodyTooLarge if it is larger than {@code maxBytes}; the rest stays unread
     */
    public byte[] readAll(int maxBytes) throws IoException {
        if (bodyLength == 0) return NO_BYTES;
        long start = readBytes;
        while (true) {
            if (Math.max(bodyLength, receivedBytes) - start > maxBytes)
                throw raise(new IoException.BodyTooLarge(operation("read the body of"), maxBytes));
            if (!awaitBody("read the body of")) break;
        }
        Input all = body;
        if (all == null) return NO_BYTES;
        readBytes += all.bytes();
        return all.takeBytes(all.bytes());
    }

    /** Waits until more of the body has arrived; false at its end. */
    private boolean awaitBody(String verb) throws IoException {
        long before = receivedBytes;
        while (true) {
            if (receivedBytes > before) return true;
            if (bodyDropped) throw new IoException.Closed(operation(verb));
            if (bodyEnded) return false;
            if (bodyIdle)
                throw raise(
                        new IoException.IdleTimeout(
                                operation(verb), connection.server().options().idleTimeout()));
            if (bodyError != null) throw raise(new IoException.BadBody(operation(verb), bodyError));
            if (bodyCut) throw raise(new IoException.BodyCut(operation(verb), receivedBytes, null));
            if (response == Response.ENDED) throw new IoException.Closed(operation(verb));
            awaitEvent(operation(verb));
        }
    }

    private void awaitEvent(Object operation) throws IoException {
        if (reader != null) throw new IoException.ConcurrentRead(operation);
        try {
            Corona.<@Nullable Object>suspend(
                    operation,
                    waiter -> {
                        reader = waiter;
                        waitingSince = connection.server().seconds();
                        invite();
                        connection.askForInput();
                    });
        } finally {
            reader = null;
        }
    }

    /** Tells a client that waits for it that its body is wanted. */
    private void invite() {
        if (!continueExpected) return;
        continueExpected = false;
        if (response != Response.NOT_STARTED) return;
        byte[] line = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        ByteBuf buffer = connection.outbound().allocate(line.length);
        connection.outbound().putLast(buffer.writeBytes(line));
    }

    private void wakeReader() {
        if (reader != null) reader.complete();
    }

    /** Answers with a text in UTF-8; see {@link #respond(int, Headers, byte[])}. */
    public void respond(int status, Headers responseHeaders, String text) throws IoException {
        respond(status, responseHeaders, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Answers with a complete response; its length is added to the headers, and the date. A body that does not fit into the
     * queue of the connection suspends the calling task. The body of an answer to HEAD is not sent.
     *
     * @param status 200 to 999
     */
    public void respond(int status, Headers responseHeaders, byte[] content) throws IoException {
        Outbound outbound = connection.outbound();
        if (content.length > Outbound.CHUNK_BYTES || !outbound.isFree()) {
            respondSlowly(status, responseHeaders, content);
            return;
        }
        if (connection.isBroken()) connection.requireWritable(operation("answer"));
        beginHead(status, responseHeaders, content.length);
        int length = bodiless ? 0 : content.length;
        HeadBuffer head = connection.server().head();
        ByteBuf out = outbound.allocate(head.length() + length);
        out.writeBytes(head.array(), 0, head.length());
        if (length > 0) out.writeBytes(content, 0, length);
        outbound.putLast(out);
        ended();
    }

    private void respondSlowly(int status, Headers responseHeaders, byte[] content)
            throws IoException {
        Corona.requireMayWait(operation("answer"));
        putHead(status, responseHeaders, content.length);
        write(content);
        end();
    }

    /**
     * Sends the head of a response whose body follows. Without a content-length among the headers the body is sent in chunks,
     * or, to a client of HTTP/1.0, up to the end of the connection.
     */
    public void start(int status, Headers responseHeaders) throws IoException {
        if (!connection.outbound().isFree()) Corona.requireMayWait(operation("answer"));
        putHead(status, responseHeaders, -1);
    }

    /** Suspends only if the queue is full; the head is written whole or not at all. */
    private void putHead(int status, Headers responseHeaders, long length) throws IoException {
        beginHead(status, responseHeaders, length);
        HeadBuffer head = connection.server().head();
        ByteBuf out = connection.outbound().allocate(head.length());
        connection
                .outbound()
                .write(operation("answer"), out.writeBytes(head.array(), 0, head.length()));
    }

    /** Puts the head together and moves to STARTED. */
    private void beginHead(int status, Headers own, long length) {
        Status.requireFinal(status);
        if (response != Response.NOT_STARTED)
            throw new HttpStateException(
                    "send the head", this, "was sent before", "answer each request once");
        int special = own.special();
        if ((special & Headers.HAS_TRANSFER_ENCODING) != 0)
            throw new IllegalArgumentException(
                    "transfer-encoding is chosen by the server; leave that header out");
        bodiless = !Status.hasBody(status) || request.method().name().equals("HEAD");
        promisedBytes = (special & Headers.HAS_LENGTH) == 0 ? length : ownLength(own, length);
        chunked = promisedBytes < 0 && http11 && !bodiless;
        decideKeeping(own, special, length);
        writeHead(status, own, special);
        response = Response.STARTED;
    }

    private long ownLength(Headers own, long length) {
        String text = Objects.requireNonNullElse(own.get("content-length"), "");
        long given;
        try {
            given = Long.parseLong(text);
        } catch (NumberFormatException e) {
            given = -1;
        }
        if (given < 0 || length >= 0 && given != length && !bodiless)
            throw new IllegalArgumentException(
                    "content-length must be the length of the body, %s, but was \"%s\"; leave it out"
                            .formatted(length < 0 ? "a number of bytes" : length, text));
        return given;
    }

    private void decideKeeping(Headers own, int special, long length) {
        if (!connection.isKept()) keeps = false;
        if (promisedBytes < 0 && !chunked && !bodiless) keeps = false;
        if (!isBodyComplete()) {
            if (continueExpected || length >= 0 && !isUnreadShort()) keeps = false;
        }
        if ((special & Headers.HAS_CONNECTION) != 0) {
            String value = Objects.requireNonNullElse(own.get("connection"), "");
            if (value.toLowerCase(Locale.ROOT).contains("close")) keeps = false;
        }
    }

    private boolean isUnreadShort() {
        return bodyLength >= 0 && bodyLength - receivedBytes <= HttpConnection.MAX_UNREAD_BYTES;
    }

    private void writeHead(int status, Headers own, int special) {
        HeadBuffer head = connection.server().head();
        head.clear();
        head.put(Status.line(status));
        if (own.size() > 0) head.put(own.encoded());
        if ((special & Headers.HAS_DATE) == 0) head.put(connection.server().date());
        if ((special & Headers.HAS_CONNECTION) == 0) {
            if (!keeps) head.put(Lines.CLOSE);
            else if (!http11) head.put(Lines.KEEP_ALIVE);
        }
        if ((special & Headers.HAS_LENGTH) == 0) {
            if (chunked) {
                head.put(Lines.CHUNKED);
            } else if (promisedBytes >= 0 && status != 204 && status != 304) {
                head.put(Lines.CONTENT_LENGTH);
                head.put(promisedBytes);
                head.put(Lines.END);
            }
        }
        head.put(Lines.END);
    }

    /** Sends a piece of the body; suspends the calling task before that while too much is queued. */
    public void write(byte[] piece) throws IoException {
        write(piece, 0, piece.length);
    }

    /** Sends text in UTF-8, as {@link #write(byte[])} does. */
    public void write(String text) throws IoException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #write(byte[])}. */
    public void write(byte[] piece, int offset, int length) throws IoException {
        Objects.checkFromIndexSize(offset, length, piece.length);
        requireStarted("send a piece");
        if (bodiless || length == 0) return;
        if (promisedBytes >= 0 && writtenBytes + length > promisedBytes)
            throw new HttpStateException(
                    "send " + length + " bytes more",
                    this,
                    "has " + writtenBytes + " of the " + promisedBytes + " bytes it promised",
                    "give the right content-length, or none");
        writtenBytes += length;
        connection.outbound().write(operation("answer"), piece, offset, length, chunked);
    }

    /** Ends the response. */
    public void end() throws IoException {
        requireStarted("send the end");
        if (!bodiless && promisedBytes >= 0 && writtenBytes < promisedBytes) {
            response = Response.ENDED;
            connection.channel().close();
            throw new HttpStateException(
                    "send the end",
                    this,
                    "has only " + writtenBytes + " of the " + promisedBytes + " bytes it promised",
                    "give the right content-length, or none");
        }
        if (chunked) {
            ByteBuf last = connection.outbound().allocate(Lines.LAST_CHUNK.length);
            connection.outbound().write(operation("answer"), last.writeBytes(Lines.LAST_CHUNK));
        }
        ended();
    }

    private void requireStarted(String operation) {
        if (response == Response.NOT_STARTED)
            throw new HttpStateException(operation, this, "has not begun", "call start before it");
        if (response == Response.ENDED)
            throw new HttpStateException(
                    operation, this, "is complete", "end it after the last piece");
    }

    /** What has arrived of the body and was not read is of no use any more. */
    void dropBody() {
        if (body == null || body.isEmpty()) return;
        bodyDropped = true;
        body.clear();
    }

    private void ended() {
        response = Response.ENDED;
        dropBody();
        connection.responseEnded(this);
    }

    private Object operation(String verb) {
        return new Waiting(verb, this);
    }

    /** What a task waits for; put into words when somebody asks. */
    private record Waiting(String verb, HttpExchange exchange) {
        @Override
        public String toString() {
            return "%s %s %s from %s"
                    .formatted(
                            verb, exchange.method(), exchange.target(), exchange.remoteAddress());
        }
    }

    private IoException raise(IoException error) {
        raised = error;
        return error;
    }

    /** Whether an error that the handler let pass came from this connection. */
    boolean isPeersFault(Throwable error) {
        return error == raised || error instanceof IoException.ConnectionLost && !isConnected();
    }

    boolean isResponseEnded() {
        return response == Response.ENDED;
    }

    /** Whether the decoder has said that the body is over. */
    boolean isBodyEnded() {
        return bodyEnded;
    }

    /** Whether no byte of the body is still to come. */
    boolean isBodyComplete() {
        return bodyEnded || bodyLength == 0;
    }

    boolean keepsConnection() {
        return keeps;
    }

    /** Whether the client said that it sends nothing more. */
    boolean clientCloses() {
        return !clientKeeps;
    }

    /** Bytes of the body that arrived and were not read, or not before the response ended. */
    long unreadBytes() {
        return receivedBytes - readBytes;
    }

    boolean wantsInput() {
        if (bodyEnded || reader != null || response == Response.ENDED) return true;
        return body == null || body.bytes() < Input.READ_AHEAD_BYTES;
    }

    /** A piece of the body arrived; takes it over. */
    void addBody(ByteBuf piece) {
        int length = piece.readableBytes();
        receivedBytes += length;
        if (length == 0 || response == Response.ENDED) {
            piece.release();
            return;
        }
        if (body == null) body = new Input();
        body.add(piece);
        wakeReader();
    }

    /** Gives up a body of which nothing came for too long. */
    void checkTime(int seconds) {
        Duration limit = connection.server().options().idleTimeout();
        if (reader == null || seconds - waitingSince <= limit.toSeconds()) return;
        bodyIdle = true;
        keeps = false;
        reader.complete();
    }

    void bodyEnded() {
        bodyEnded = true;
        wakeReader();
    }

    void bodyBroken(Throwable cause) {
        bodyError = cause;
        keeps = false;
        wakeReader();
    }

    /** The client sends nothing more, or the connection is gone. */
    void inputEnded(@Nullable Throwable cause) {
        keeps = false;
        if (!bodyEnded) bodyCut = true;
        wakeReader();
    }

    /** The handler has returned. */
    void finish() throws IoException {
        switch (response) {
            case ENDED -> {}
            case STARTED -> end();
            case NOT_STARTED ->
                    throw new HttpStateException(
                            "do without the end",
                            this,
                            "has not begun when the handler returned",
                            "call respond, or start and end, before that");
        }
    }

    /** The handler has thrown: answers in its place, or breaks the connection off if it is too late for that. */
    void fail(Throwable error) {
        if (!isConnected() || response == Response.ENDED) return;
        if (response == Response.STARTED) {
            connection.channel().close();
            return;
        }
        int status = statusFor(error);
        boolean kept = keeps && status == 500 && isBodyComplete() && connection.isKept();
        keeps = kept;
        connection.outbound().putLast(plainResponse(connection.server(), status, kept));
        ended();
    }

    private int statusFor(Throwable error) {
        if (error != raised) return 500;
        if (error instanceof IoException.BodyTooLarge) return 413;
        return error instanceof IoException.IdleTimeout ? 408 : 400;
    }

    /** A response with its status as its text. */
    static ByteBuf plainResponse(HttpServer server, int status, boolean kept) {
        byte[] text = (Status.reason(status) + "\n").getBytes(StandardCharsets.US_ASCII);
        HeadBuffer head = server.head();
        head.clear();
        head.put(Status.line(status));
        head.put(server.date());
        if (!kept) head.put(Lines.CLOSE);
        head.put(Lines.PLAIN_TEXT);
        head.put(Lines.CONTENT_LENGTH);
        head.put(text.length);
        head.put(Lines.END);
        head.put(Lines.END);
        head.put(text);
        return Unpooled.copiedBuffer(head.array(), 0, head.length());
    }

    /** Parts of heads. */
    private static final class Lines {
        static final byte[] END = bytes("\r\n");
        static final byte[] CLOSE = bytes("Connection: close\r\n");
        static final byte[] KEEP_ALIVE = bytes("Connection: keep-alive\r\n");
        static final byte[] CHUNKED = bytes("Transfer-Encoding: chunked\r\n");
        static final byte[] CONTENT_LENGTH = bytes("Content-Length: ");
        static final byte[] PLAIN_TEXT = bytes("Content-Type: text/plain\r\n");
        static final byte[] LAST_CHUNK = bytes("0\r\n\r\n");

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }

    @Override
    public String toString() {
        return method() + " " + target();
    }
}
