package dev.corona.io;

/** Answers requests, each in a task of its own. Its calls may wait anywhere. */
@FunctionalInterface
public interface HttpHandler {
    /** Answers one request; the response must be complete, or on its way, when this returns. */
    void handle(HttpExchange exchange) throws Exception;
}
