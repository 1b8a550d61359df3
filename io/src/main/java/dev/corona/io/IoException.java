package dev.corona.io;

import io.netty.channel.ChannelException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/** What went wrong with a connection or a server; each case has a subclass. The message names the address. */
public sealed class IoException extends IOException {
    private static final long serialVersionUID = 1L;

    private IoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The system's own words in an error of Netty's, without the name of the call that failed. */
    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof ChannelException && cause.getCause() != null)
            return reason(cause.getCause());
        String text = cause == null ? null : cause.getMessage();
        if (text == null) return cause == null ? "no reason given" : cause.getClass().getName();
        int call = text.indexOf("(..) failed");
        int end = call < 0 ? -1 : text.indexOf(": ", call);
        return end < 0 ? text : text.substring(end + 2);
    }

    /** Somebody listens on that address and port already. */
    public static final class PortInUse extends IoException {
        private static final long serialVersionUID = 1L;

        public PortInUse(String address, @Nullable Throwable cause) {
            super(
                    ("cannot listen on %s: the port is in use, and a port has one listener at a"
                                    + " time; stop the other program or choose another port (0 takes a free"
                                    + " one)")
                            .formatted(address),
                    cause);
        }
    }

    /** The system does not let this program listen on that address. */
    public static final class CannotListen extends IoException {
        private static final long serialVersionUID = 1L;

        public CannotListen(String address, @Nullable Throwable cause) {
            super(
                    ("cannot listen on %s: %s; the address must be one of this machine's, and ports"
                                    + " below 1024 need a privilege")
                            .formatted(address, reason(cause)),
                    cause);
        }
    }

    /** A host name has no address. */
    public static final class UnknownHost extends IoException {
        private static final long serialVersionUID = 1L;

        public UnknownHost(String host, @Nullable Throwable cause) {
            super(
                    "cannot find the host \"%s\": its name has no address; check its spelling and the name server"
                            .formatted(host),
                    cause);
        }
    }

    /** No connection came about. */
    public static final class ConnectFailed extends IoException {
        private static final long serialVersionUID = 1L;

        public ConnectFailed(String address, @Nullable Throwable cause) {
            super("cannot connect to %s: %s".formatted(address, refusal(cause)), cause);
        }

        private static String refusal(@Nullable Throwable cause) {
            String reason = reason(cause);
            return reason.startsWith("Connection refused")
                    ? "the connection was refused; nothing listens there"
                    : reason;
        }
    }

    /** The other side did not answer a connection attempt in time. */
    public static final class ConnectTimeout extends IoException {
        private static final long serialVersionUID = 1L;

        public ConnectTimeout(String address, Duration limit) {
            super(
                    "cannot connect to %s: no answer within %d ms"
                            .formatted(address, limit.toMillis()),
                    null);
        }
    }

    /** The connection broke: the peer reset it, or the network did. */
    public static final class ConnectionLost extends IoException {
        private static final long serialVersionUID = 1L;

        public ConnectionLost(Object operation, @Nullable Throwable cause) {
            super(
                    "cannot %s: the connection was lost (%s)"
                            .formatted(operation, cause == null ? "the peer left" : reason(cause)),
                    cause);
        }
    }

    /** This side closed the connection, the half that was asked for, or the server, perhaps in another task. */
    public static final class Closed extends IoException {
        private static final long serialVersionUID = 1L;

        public Closed(Object operation) {
            super("cannot %s: it was closed on this side".formatted(operation), null);
        }
    }

    /** No byte came or went for the time that the options allow; the connection was closed. */
    public static final class IdleTimeout extends IoException {
        private static final long serialVersionUID = 1L;

        public IdleTimeout(Object operation, Duration limit) {
            super(
                    "cannot %s: no byte came or went for %d ms, which is the idle timeout"
                            .formatted(operation, limit.toMillis()),
                    null);
        }
    }

    /** A second task wants to read what one task reads already. */
    public static final class ConcurrentRead extends IoException {
        private static final long serialVersionUID = 1L;

        public ConcurrentRead(Object operation) {
            super(
                    "cannot %s: another task is waiting to read from it; let one task read, and hand on what it got"
                            .formatted(operation),
                    null);
        }
    }

    /** A line has no end within the limit. */
    public static final class LineTooLong extends IoException {
        private static final long serialVersionUID = 1L;

        public LineTooLong(Object operation, int maxBytes) {
            super(
                    "cannot %s: the line is longer than %d bytes; allow more in the options, or read bytes"
                            .formatted(operation, maxBytes),
                    null);
        }
    }

    /** A body is larger than its reader allows. A handler that lets it pass answers 413. */
    public static final class BodyTooLarge extends IoException {
        private static final long serialVersionUID = 1L;

        public BodyTooLarge(Object operation, long maxBytes) {
            super(
                    "cannot %s: it is larger than the limit of %d bytes"
                            .formatted(operation, maxBytes),
                    null);
        }
    }

    /** The connection ended in the middle of a body. */
    public static final class BodyCut extends IoException {
        private static final long serialVersionUID = 1L;

        public BodyCut(Object operation, long receivedBytes, @Nullable Throwable cause) {
            super(
                    "cannot %s: the connection ended after %d bytes of it"
                            .formatted(operation, receivedBytes),
                    cause);
        }
    }

    /** A body breaks the rules of HTTP. A handler that lets it pass answers 400. */
    public static final class BadBody extends IoException {
        private static final long serialVersionUID = 1L;

        public BadBody(Object operation, @Nullable Throwable cause) {
            super(
                    "cannot %s: it breaks the rules of HTTP (%s)"
                            .formatted(operation, reason(cause)),
                    cause);
        }
    }
}
