package dev.corona.lua.io;

import dev.corona.io.IoException;
import dev.corona.lua.io.function.Results;

import java.util.Locale;

/** The words of LuaSocket's manual for what went wrong. */
final class SocketErrors {
    static final String REFUSED = "connection refused";
    static final String UNKNOWN_HOST = "host or service not provided, or not known";

    private SocketErrors() {}

    static String word(IoException error) {
        return switch (error) {
            case IoException.Closed e -> Results.CLOSED;
            case IoException.ConnectionLost e -> Results.CLOSED;
            case IoException.ConnectTimeout e -> Results.TIMEOUT;
            case IoException.IdleTimeout e -> Results.TIMEOUT;
            case IoException.UnknownHost e -> UNKNOWN_HOST;
            case IoException.PortInUse e -> "address already in use";
            default -> ofSystem(String.valueOf(error.getMessage()));
        };
    }

    /** The system's words are a part of the message. */
    private static String ofSystem(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("refused")) return REFUSED;
        if (lower.contains("permission denied")) return "permission denied";
        if (lower.contains("timed out")) return Results.TIMEOUT;
        return message;
    }
}
