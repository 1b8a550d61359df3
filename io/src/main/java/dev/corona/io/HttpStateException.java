package dev.corona.io;

/** A response was asked for something that it is too late or too early for. */
public final class HttpStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    HttpStateException(String operation, HttpExchange exchange, String state, String remedy) {
        super(
                "cannot %s of the response to %s %s: it %s; %s"
                        .formatted(operation, exchange.method(), exchange.target(), state, remedy));
    }
}
