package dev.corona.js.host;

import dev.corona.io.IoException;

/** The codes by which Node's users know input and output errors. */
final class ErrorCodes {
    private ErrorCodes() {}

    static String of(IoException error) {
        return switch (error) {
            case IoException.PortInUse e -> "EADDRINUSE";
            case IoException.CannotListen e -> "EACCES";
            case IoException.UnknownHost e -> "ENOTFOUND";
            case IoException.ConnectFailed e -> "ECONNREFUSED";
            case IoException.ConnectTimeout e -> "ETIMEDOUT";
            case IoException.IdleTimeout e -> "ETIMEDOUT";
            case IoException.ConnectionLost e -> "ECONNRESET";
            case IoException.BodyCut e -> "ECONNRESET";
            case IoException.Closed e -> "ECLOSED";
            case IoException.BodyTooLarge e -> "E2BIG";
            case IoException.LineTooLong e -> "E2BIG";
            default -> "EIO";
        };
    }
}
