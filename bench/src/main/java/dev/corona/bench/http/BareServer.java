package dev.corona.bench.http;

import dev.corona.bench.BenchException;
import dev.corona.bench.ServerProcess;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.spi.transport.Transport;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A process that is an HTTP server of Netty's own parts on one thread: it answers every request with the same bytes, without a
 * handler, a coroutine or JavaScript. A server on the same network library can hardly be faster.
 */
public final class BareServer {
    private static final byte[] RESPONSE =
            """
            HTTP/1.1 200 OK\r
            content-type: text/plain\r
            content-length: 14\r
            \r
            Hello, world!
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private BareServer() {}

    /** No arguments; prints the port that it listens on. */
    public static void main(String[] args) {
        ServerProcess.endInTime();
        Transport transport = transport();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
        new ServerBootstrap()
                .group(loop)
                .channelFactory(transport.serverChannelFactory(false))
                .option(ChannelOption.SO_BACKLOG, ServerProcess.BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Connections())
                .bind(ServerProcess.HOST, 0)
                .addListener(
                        (io.netty.channel.ChannelFuture bound) -> {
                            if (bound.isSuccess()) ServerProcess.listening(portOf(bound.channel()));
                            else ServerProcess.failed(bound.cause());
                        });
    }

    /** The same as Corona's. */
    private static Transport transport() {
        io.vertx.core.transport.Transport found =
                io.vertx.core.transport.Transport.nativeTransport();
        if (found == null) throw new BenchException("no native transport on this system");
        return found.implementation();
    }

    private static int portOf(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private static final class Connections extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new HttpRequestDecoder(), new Answers());
        }
    }

    private static final class Answers extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof LastHttpContent) context.write(Unpooled.wrappedBuffer(RESPONSE));
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
