package dev.corona.io;

import dev.corona.errors.Unwinding;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * One connection of an HTTP server: takes the decoded messages one request after the other, starts their tasks, and decides
 * what happens to the connection after each response. The decoder is asked for more only while what it delivered is used.
 *
 * <pre>
 *   WAITING ──head──▶ BUSY ──response ended, body used up──▶ WAITING
 *      └──malformed──▶ CLOSING ◀──────not to be kept──── BUSY
 *   CLOSING: what was written leaves, the output is shut down, input is discarded until the peer ends too or time is over
 * </pre>
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements Outbound.Owner {
    /** So much of a body that nobody reads is read away to keep the connection. */
    static final int MAX_UNREAD_BYTES = 64 * 1024;

    /** So much is read away, and for so long, so that a peer which still sends can see the last response. */
    private static final long MAX_LINGER_BYTES = 256L << 20;

    private static final int LINGER_SECONDS = 5;

    private final HttpServer server;
    private final Channel channel;
    private final Outbound outbound;
    private final ArrayDeque<Object> backlog = new ArrayDeque<>(1);

    /** The request that is being handled; null while WAITING and CLOSING. */
    private @Nullable HttpExchange current;

    /** Its task starts when the messages that arrived together have been taken in. */
    private boolean startPending;

    private boolean inRead;
    private boolean asked;
    private boolean closing;
    private boolean inputEnded;
    private long discardedBytes;
    private boolean decoded;
    private boolean headBegan;
    private int waitingSince;
    private @Nullable Throwable failure;

    HttpConnection(HttpServer server, Channel channel) {
        this.server = server;
        this.channel = channel;
        this.outbound = new Outbound(server.io(), channel, this);
        this.waitingSince = server.seconds();
        TcpSocket.configure(channel);
        channel.pipeline().addLast(new RequestDecoder(server.options()));
        channel.pipeline().addLast(this);
    }

    HttpServer server() {
        return server;
    }

    Channel channel() {
        return channel;
    }

    Outbound outbound() {
        return outbound;
    }

    @Override
    public void requireWritable(Object operation) throws IoException {
        if (isBroken()) throw new IoException.ConnectionLost(operation, failure);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        askForInput();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inRead = true;
        decoded = true;
        outbound.cork();
        if (backlog.isEmpty() && isNext(message)) take(message);
        else backlog.add(message);
    }

    /** Whether the message can be taken now: a request has to wait for the end of the last, and for room to answer. */
    private boolean isNext(Object message) {
        return closing
                || !(message instanceof HttpRequest)
                || current == null && channel.isWritable();
    }

    private void take(Object message) {
        if (closing) discard(message);
        else if (message instanceof HttpRequest request) begin(request);
        else if (message instanceof HttpContent content) addBody(content);
        else ReferenceCountUtil.release(message);
    }

    private void discard(Object message) {
        if (message instanceof ByteBuf bytes) discardedBytes += bytes.readableBytes();
        else if (message instanceof HttpContent content)
            discardedBytes += content.content().readableBytes();
        ReferenceCountUtil.release(message);
        if (discardedBytes > MAX_LINGER_BYTES) channel.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        asked = false;
        if (!decoded && current == null && !headBegan) {
            headBegan = true;
            waitingSince = server.seconds();
        }
        decoded = false;
        goOn();
        inRead = false;
        outbound.uncork();
        askForInput();
    }

    /** Takes what is waiting, as far as that is possible; never inside a task. */
    private void goOn() {
        startCurrent();
        for (Object next = backlog.peek(); next != null && isNext(next); next = backlog.peek()) {
            backlog.remove();
            take(next);
        }
        startCurrent();
        if (inputEnded && backlog.isEmpty()) tellInputEnded();
    }

    private void tellInputEnded() {
        HttpExchange exchange = current;
        if (exchange == null) return;
        exchange.inputEnded(null);
        if (exchange.isResponseEnded()) closeNow();
    }

    /** As {@link #goOn()}, for callers that may be inside a task. */
    private void goOnLater() {
        if (!inRead) server.io().netty().execute(this::goOnAlone);
    }

    private void goOnAlone() {
        if (inRead) return;
        inRead = true;
        outbound.cork();
        goOn();
        inRead = false;
        outbound.uncork();
        askForInput();
    }

    /** Reads on, if what is there already is used or is wanted. */
    void askForInput() {
        if (asked || inputEnded || !wantsInput() || !channel.isOpen()) return;
        asked = true;
        channel.read();
    }

    private boolean wantsInput() {
        if (closing) return true;
        HttpExchange exchange = current;
        return backlog.isEmpty() && (exchange == null || exchange.wantsInput());
    }

    private void begin(HttpRequest request) {
        headBegan = false;
        if (request.decoderResult().isFailure()) {
            ReferenceCountUtil.release(request);
            reject(statusOf(request.decoderResult().cause()));
            return;
        }
        HttpVersion version = request.protocolVersion();
        HttpHeaders headers = request.headers();
        boolean http11 = version.minorVersion() >= 1;
        if (version.majorVersion() != 1) {
            reject(505);
        } else if (http11 && !headers.contains(HttpHeaderNames.HOST)) {
            reject(400);
        } else {
            begin(request, headers, http11);
        }
    }

    private void begin(HttpRequest request, HttpHeaders headers, boolean http11) {
        String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        long length = 0;
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked")
                    || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1) {
                reject(501);
                return;
            }
            length = -1;
        } else {
            String digits = headers.get(HttpHeaderNames.CONTENT_LENGTH);
            if (digits != null) length = Long.parseLong(digits);
        }
        String expectation = http11 ? headers.get(HttpHeaderNames.EXPECT) : null;
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            reject(417);
            return;
        }
        current = new HttpExchange(this, request, http11, length, expectation != null);
        startPending = true;
        if (length == 0) startCurrent();
    }

    private static int statusOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) return 414;
        if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException)
            return 431;
        return 400;
    }

    /** Answers a request that never becomes an exchange. */
    private void reject(int status) {
        outbound.put(HttpExchange.plainResponse(server, status, false));
        closeGently();
    }

    /** Whether nothing can be written any more. */
    boolean isBroken() {
        return failure != null || !channel.isOpen();
    }

    private void startCurrent() {
        HttpExchange exchange = current;
        if (!startPending || exchange == null) return;
        startPending = false;
        server.io()
                .loop()
                .start(
                        "request",
                        server.site(),
                        () -> {
                            handle(exchange);
                            return exchange;
                        });
    }

    private void handle(HttpExchange exchange) throws Exception {
        try {
            server.handler().handle(exchange);
            exchange.finish();
        } catch (Unwinding unwinding) {
            channel.close();
            throw unwinding;
        } catch (Throwable error) {
            exchange.fail(error);
            HttpOptions.ErrorHandler onError = server.options().onError();
            if (onError != null) onError.failed(exchange, error);
            else if (!exchange.isPeersFault(error)) throw error;
        } finally {
            exchange.dropBody();
        }
    }

    private void addBody(HttpContent content) {
        HttpExchange exchange = current;
        if (exchange == null) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            exchange.bodyBroken(content.decoderResult().cause());
            return;
        }
        exchange.addBody(content.content());
        if (content instanceof LastHttpContent) {
            exchange.bodyEnded();
            startCurrent();
            if (exchange.isResponseEnded()) release(exchange);
        } else if (exchange.isResponseEnded() && exchange.unreadBytes() > MAX_UNREAD_BYTES) {
            closeGently();
        }
    }

    /** The response of {@code exchange} is complete; perhaps called by its task. */
    void responseEnded(HttpExchange exchange) {
        if (!channel.isOpen() || closing) return;
        if (!exchange.keepsConnection()) {
            if (exchange.isBodyComplete() && exchange.clientCloses()) closeNow();
            else closeGently();
        } else if (exchange.isBodyEnded()) {
            release(exchange);
        } else {
            askForInput();
        }
    }

    private void release(HttpExchange exchange) {
        if (current != exchange) return;
        current = null;
        headBegan = false;
        waitingSince = server.seconds();
        if (inputEnded && backlog.isEmpty()) closeNow();
        else if (server.isClosing()) closeGently();
        else goOnLater();
    }

    /** Whether a response that begins now may say that the connection is kept. */
    boolean isKept() {
        return !server.isClosing() && !(inputEnded && backlog.isEmpty());
    }

    private void closeNow() {
        closing = true;
        dropCurrent();
        outbound.close();
    }

    /** Ends the output after what was written; input is discarded until the peer ends too. */
    private void closeGently() {
        closing = true;
        waitingSince = server.seconds();
        dropCurrent();
        if (inputEnded || !channel.isOpen()) {
            outbound.close();
            return;
        }
        outbound.end();
        askForInput();
    }

    private void dropCurrent() {
        current = null;
        startPending = false;
        for (Object waiting = backlog.poll(); waiting != null; waiting = backlog.poll())
            ReferenceCountUtil.release(waiting);
    }

    /** The server closes: at once without a request, else after its response. */
    void shutDown() {
        if (current == null && !closing) closeNow();
    }

    /** Closes it if it waits for a request, or for its end, for too long. */
    void checkTime(int seconds) {
        int waited = seconds - waitingSince;
        HttpOptions options = server.options();
        if (current != null) {
            current.checkTime(seconds);
        } else if (closing) {
            if (waited > LINGER_SECONDS && !outbound.isPending()) channel.close();
            else if (waited > server.io().options().lingerTimeout().toSeconds()) channel.close();
        } else if (headBegan) {
            if (waited > options.headTimeout().toSeconds()) reject(408);
        } else if (waited > options.idleTimeout().toSeconds()) {
            closeNow();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent)) return;
        inputEnded = true;
        if (!closing && current != null && backlog.isEmpty()) tellInputEnded();
        else if (backlog.isEmpty()) closeNow();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!channel.isWritable()) return;
        outbound.wake();
        if (!backlog.isEmpty()) goOnLater();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (failure == null) failure = cause;
        context.close();
        if (!(cause instanceof IOException)) {
            server.io()
                    .loop()
                    .execute(
                            () -> {
                                throw new AssertionError(cause);
                            });
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inputEnded = true;
        HttpExchange exchange = current;
        dropCurrent();
        if (exchange != null) exchange.inputEnded(failure);
        server.disconnected(this);
    }
}
