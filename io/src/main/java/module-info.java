/**
 * Input and output for Corona's tasks: calls that wait suspend the calling task and nothing else. On Vert.x's event loop
 * and Netty's channels, with the native transport where there is one.
 *
 * <ul>
 *   <li>{@code dev.corona.io}: the loop with sockets, TCP, HTTP/1.1. Start with {@code IoLoop}.
 * </ul>
 */
module dev.corona.io {
    requires static transitive org.jspecify;
    requires transitive dev.corona.core;
    requires transitive io.vertx.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    exports dev.corona.io;
}
