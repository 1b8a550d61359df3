package dev.corona.io;

import dev.corona.async.Corona;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A listening socket. Hands each connection, not registered yet, to its owner, and waits with the next ones while the owner
 * wants none, or while the system has none to give: when it is out of file descriptors it is asked again now and then, and
 * the trouble is reported at most once per interval.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final long RETRY_MILLIS = 100;

    private final IoLoop io;
    private final ServerChannel channel;
    private final Consumer<Channel> onConnection;
    private boolean closed;
    private boolean paused;
    private boolean failing;
    private boolean reported;
    private long reportedAtNanos;

    private Acceptor(IoLoop io, ServerChannel channel, Consumer<Channel> onConnection) {
        this.io = io;
        this.channel = channel;
        this.onConnection = onConnection;
    }

    /** Listens; suspends the calling task until it does. Holds the loop until it is closed. */
    static Acceptor listen(
            IoLoop io, @Nullable String host, int port, int backlog, Consumer<Channel> onConnection)
            throws IoException {
        String name = Addresses.format(host, port);
        Object operation = "listen on " + name;
        Corona.requireMayWait(operation);
        InetSocketAddress address =
                host == null
                        ? new InetSocketAddress(port)
                        : new InetSocketAddress(io.resolve(host), port);
        ServerChannel channel = newChannel(io, name);
        channel.config().setOption(ChannelOption.SO_BACKLOG, backlog);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        Acceptor acceptor = new Acceptor(io, channel, onConnection);
        channel.pipeline().addLast(acceptor);
        io.netty().register(channel);
        Throwable error = Futures.await(operation, channel.bind(address));
        if (error != null) {
            channel.close();
            throw refused(name, error);
        }
        io.loop().hold();
        channel.closeFuture().addListener(closed -> acceptor.ended());
        return acceptor;
    }

    private static ServerChannel newChannel(IoLoop io, String name) throws IoException {
        try {
            return io.newServerChannel();
        } catch (ChannelException noDescriptor) {
            throw new IoException.CannotListen(name, noDescriptor);
        }
    }

    private static IoException refused(String name, Throwable error) {
        String text = String.valueOf(error.getMessage());
        return text.contains("ddress already in use")
                ? new IoException.PortInUse(name, error)
                : new IoException.CannotListen(name, error);
    }

    int port() {
        return channel.localAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    String address() {
        return Addresses.format(channel.localAddress());
    }

    boolean isOpen() {
        return !closed && channel.isOpen();
    }

    /** Leaves further connections to the system's backlog until {@link #resume()}. */
    void pause() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    void resume() {
        if (!paused) return;
        paused = false;
        if (!failing) channel.config().setAutoRead(true);
    }

    void close() {
        closed = true;
        channel.close();
    }

    private void ended() {
        io.loop().release();
        io.checkEnd();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        failing = false;
        onConnection.accept((Channel) message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        report(cause);
        if (failing) return;
        failing = true;
        channel.config().setAutoRead(false);
        context.channel().eventLoop().schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void retry() {
        failing = false;
        if (!paused && channel.isOpen()) channel.config().setAutoRead(true);
    }

    private void report(Throwable cause) {
        long now = System.nanoTime();
        if (reported && now - reportedAtNanos < io.options().reportInterval().toNanos()) return;
        reported = true;
        reportedAtNanos = now;
        io.options().reports().accept(describe(String.valueOf(cause.getMessage())));
    }

    private String describe(String reason) {
        if (!reason.contains("oo many open files"))
            return "cannot accept connections on %s: %s; trying again".formatted(address(), reason);
        return ("out of file descriptors: connections on %s wait until some are free again;"
                        + " close what is not needed, or raise the limit (ulimit -n)")
                .formatted(address());
    }
}
