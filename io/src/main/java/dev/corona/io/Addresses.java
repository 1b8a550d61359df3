package dev.corona.io;

import io.netty.util.NetUtil;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/** Addresses as users write and read them: {@code 127.0.0.1:80}, {@code [::1]:80}. */
final class Addresses {
    private Addresses() {}

    static void requirePort(int port) {
        if (port < 0 || port > 65535)
            throw new IllegalArgumentException("port must be between 0 and 65535, but was " + port);
    }

    static String format(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) return String.valueOf(address);
        InetAddress ip = inet.getAddress();
        return format(
                ip == null ? inet.getHostString() : NetUtil.toAddressString(ip), inet.getPort());
    }

    static String format(@Nullable String host, int port) {
        if (host == null) return "*:" + port;
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** The address that {@code host} spells; null if it is a name. */
    static @Nullable InetAddress literal(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) return null;
        try {
            return bytes.length == 16
                    ? Inet6Address.getByAddress(null, bytes, scope(host))
                    : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static int scope(String host) {
        int percent = host.indexOf('%');
        try {
            return percent < 0 ? 0 : Integer.parseInt(host, percent + 1, host.length(), 10);
        } catch (NumberFormatException named) {
            return 0;
        }
    }
}
