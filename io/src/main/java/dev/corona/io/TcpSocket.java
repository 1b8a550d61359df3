package dev.corona.io;

import dev.corona.async.Corona;
import dev.corona.async.Waiter;
import dev.corona.blocking.ByteSink;
import dev.corona.blocking.ByteSource;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection whose reads and writes suspend the calling task only.
 *
 * <p>Nothing is read before a task asks for it, and little more than it asks for, so a task that does not read makes the
 * peer wait. A write returns when its bytes are queued and waits while too many are, so a peer that does not read makes
 * the writer wait. One task reads at a time; any number write, and their writes are not mixed.
 *
 * <p><b>Threads.</b> For tasks of one loop. <b>Cancellation</b> of a task that waits here leaves the connection as it is; a
 * long write may then be cut. <b>Errors.</b> A broken connection throws {@link IoException.ConnectionLost} once what had
 * arrived has been read; {@link #close} by another task makes those who wait throw {@link IoException.Closed}.
 */
public final class TcpSocket implements AutoCloseable {
    private static final WriteBufferWaterMark WATER_MARKS =
            new WriteBufferWaterMark(Outbound.CHUNK_BYTES / 2, Outbound.CHUNK_BYTES);

    private final Channel channel;
    private final Duration idleTimeout;
    private final int maxLineBytes;
    private final Input input = new Input();
    private final Outbound outbound;
    private @Nullable SocketAddress remote;
    private @Nullable SocketAddress local;
    private @Nullable Waiter<@Nullable Object> reader;
    private boolean reading;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closed;
    private boolean idle;
    private @Nullable Throwable failure;

    TcpSocket(IoLoop io, Channel channel, Duration idleTimeout, int maxLineBytes) {
        this.channel = channel;
        this.idleTimeout = idleTimeout;
        this.maxLineBytes = maxLineBytes;
        this.outbound = new Outbound(io, channel, this::requireWritable);
        configure(channel);
        if (!idleTimeout.isZero()) {
            long millis = idleTimeout.toMillis();
            channel.pipeline().addLast(new IdleStateHandler(0, 0, millis, TimeUnit.MILLISECONDS));
        }
        channel.pipeline().addLast(new Events());
    }

    /** Settings of every connection: nothing is read unasked, halves close one by one, small writes leave at once. */
    static void configure(Channel channel) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
    }

    /** A connection to {@code port} of {@code host}; suspends the calling task until there is one. */
    public static TcpSocket connect(IoLoop io, String host, int port, Duration timeout)
            throws IoException {
        return connect(io, TcpOptions.at(host, port), timeout);
    }

    /**
     * As {@link #connect(IoLoop, String, int, Duration)}, with an idle timeout and a limit to lines.
     *
     * @param timeout of the connection attempt, after the name was looked up; positive
     */
    public static TcpSocket connect(IoLoop io, TcpOptions options, Duration timeout)
            throws IoException {
        String host = Objects.requireNonNullElse(options.host(), "127.0.0.1");
        String name = Addresses.format(host, options.port());
        Object operation = "connect to " + name;
        Corona.requireMayWait(operation);
        InetAddress address = io.resolve(host);
        Channel channel = newChannel(io, name);
        TcpSocket socket =
                new TcpSocket(io, channel, options.idleTimeout(), options.maxLineBytes());
        int millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
        channel.config().setConnectTimeoutMillis(millis);
        io.netty().register(channel);
        try {
            Throwable error =
                    Futures.await(
                            operation,
                            channel.connect(new InetSocketAddress(address, options.port())));
            if (error instanceof io.netty.channel.ConnectTimeoutException)
                throw new IoException.ConnectTimeout(name, timeout);
            if (error != null) throw new IoException.ConnectFailed(name, error);
        } catch (Throwable notConnected) {
            socket.close();
            throw notConnected;
        }
        return socket;
    }

    private static Channel newChannel(IoLoop io, String name) throws IoException {
        try {
            return io.newChannel();
        } catch (ChannelException noDescriptor) {
            throw new IoException.ConnectFailed(name, noDescriptor);
        }
    }

    /**
     * The bytes that arrived next, one to some ten thousand; suspends the calling task until there are some. Null at the end
     * of the input.
     */
    public byte @Nullable [] read() throws IoException {
        return awaitInput() ? input.take() : null;
    }

    /**
     * Reads at least one byte and at most {@code length}; answers how many, -1 at the end of the input, and 0 if
     * {@code length} is.
     */
    public int read(byte[] target, int offset, int length) throws IoException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) return 0;
        return awaitInput() ? input.read(target, offset, length) : -1;
    }

    /**
     * The next line as UTF-8 without its end, which is a line feed with or without a carriage return before it. The input may
     * end a last line. Null at the end of the input.
     */
    public @Nullable String readLine() throws IoException {
        while (true) {
            String line = input.takeLine();
            if (line != null) return line;
            if (input.bytes() >= maxLineBytes)
                throw new IoException.LineTooLong(operation("read a line from"), maxLineBytes);
            if (!awaitMore()) return input.isEmpty() ? null : input.takeRest();
        }
    }

    /** Number of bytes that can be read without a wait. */
    public int available() {
        return input.bytes();
    }

    /** Waits until input is there; false at its end. */
    private boolean awaitInput() throws IoException {
        return !input.isEmpty() && !closed || awaitMore();
    }

    /** Waits until more input has arrived than there is; false at the end of it. */
    private boolean awaitMore() throws IoException {
        int before = input.bytes();
        while (true) {
            if (closed) throw new IoException.Closed(operation("read from"));
            if (input.bytes() > before) return true;
            if (idle) throw new IoException.IdleTimeout(operation("read from"), idleTimeout);
            if (failure != null)
                throw new IoException.ConnectionLost(operation("read from"), failure);
            if (inputEnded || !channel.isOpen()) return false;
            awaitEvent();
        }
    }

    private void awaitEvent() throws IoException {
        Object operation = operation("read from");
        if (reader != null) throw new IoException.ConcurrentRead(operation);
        try {
            Corona.<@Nullable Object>suspend(
                    operation,
                    waiter -> {
                        reader = waiter;
                        askForInput();
                    });
        } finally {
            reader = null;
        }
    }

    private void askForInput() {
        if (reading) return;
        reading = true;
        channel.read();
    }

    private void wakeReader() {
        if (reader != null) reader.complete();
    }

    /** Queues the bytes; suspends the calling task before that while too many are queued. */
    public void write(byte[] bytes) throws IoException {
        write(bytes, 0, bytes.length);
    }

    /** As {@link #write(byte[])}. */
    public void write(byte[] bytes, int offset, int length) throws IoException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        outbound.write(operation("write to"), bytes, offset, length, false);
    }

    /** Writes {@code text} in UTF-8, as {@link #write(byte[])} does. */
    public void write(String text) throws IoException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #write(byte[])}. */
    public void write(Buffer buffer) throws IoException {
        write(buffer.getBytes());
    }

    /** Whether a small write would not have to wait, be it because it fails. */
    public boolean isWritable() {
        return closed || outputEnded || channel.isWritable() || !channel.isOpen();
    }

    private void requireWritable(Object operation) throws IoException {
        if (closed || outputEnded) throw new IoException.Closed(operation);
        if (idle) throw new IoException.IdleTimeout(operation, idleTimeout);
        if (failure != null || !channel.isOpen())
            throw new IoException.ConnectionLost(operation, failure);
    }

    /** Ends the output, after what was written; the peer sees an end of its input, and this side may read on. */
    public void endOutput() {
        if (outputEnded || closed || !channel.isOpen()) return;
        outputEnded = true;
        outbound.end();
    }

    /**
     * Ends the connection, after what was written has left; does not wait for that. Tasks that wait for this socket throw
     * {@link IoException.Closed}.
     */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        input.clear();
        wakeReader();
        outbound.wake();
        outbound.close();
    }

    /** Whether this side has closed it, or it has ended both ways. */
    public boolean isClosed() {
        return closed || !channel.isOpen();
    }

    /** The peer's address, such as {@code 127.0.0.1:1234}. */
    public String remoteAddress() {
        return Addresses.format(remote());
    }

    /** This side's address. */
    public String localAddress() {
        if (local == null) local = channel.localAddress();
        return Addresses.format(local);
    }

    private @Nullable SocketAddress remote() {
        if (remote == null) remote = channel.remoteAddress();
        return remote;
    }

    private Object operation(String verb) {
        return new Operation(verb, remote());
    }

    /** The input, with its views as the JDK's types; closing it closes the socket. */
    public ByteSource source() {
        return new SocketBytes.In(this);
    }

    /** The output, with its views as the JDK's types; closing it ends the output. */
    public ByteSink sink() {
        return new SocketBytes.Out(this);
    }

    /**
     * The input as a stream; its reads suspend the calling task only, and closing it closes the socket. A wrapper that holds a
     * monitor while it reads, as the JDK's {@code BufferedReader} does, cannot wait on the HotSpot engine and throws
     * {@code CoroutineStateException.MonitorHeld}: {@code source().asReader(charset)} is one that can, and
     * {@code Blocking.call} runs code that makes its own.
     */
    public InputStream input() {
        return source().asInputStream();
    }

    /**
     * The output as a stream; its writes suspend the calling task only, and closing it ends the output. What {@link #input}
     * says of monitors holds here when the peer is slow.
     */
    public OutputStream output() {
        return sink().asOutputStream();
    }

    @Override
    public String toString() {
        return "socket to " + remoteAddress();
    }

    /** What Netty tells of the connection, on the loop's thread. */
    private final class Events extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            remote = channel.remoteAddress();
            local = channel.localAddress();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (closed) bytes.release();
            else input.add(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            reading = false;
            if (!input.isEmpty()) wakeReader();
            boolean wanted = reader != null || input.bytes() < Input.READ_AHEAD_BYTES;
            if (wanted && !inputEnded && !closed) askForInput();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                inputEnded = true;
                wakeReader();
            } else if (event instanceof IdleStateEvent) {
                idle = true;
                context.close();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (channel.isWritable()) outbound.wake();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (failure == null) failure = cause;
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            wakeReader();
        }
    }
}
