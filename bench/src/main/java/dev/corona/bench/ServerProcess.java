package dev.corona.bench;

import java.time.Duration;

/** What the processes have in common that are servers written in Java. */
public final class ServerProcess {
    public static final String HOST = "127.0.0.1";

    /** How many connections may wait to be accepted. */
    public static final int BACKLOG = 4096;

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(45);

    private ServerProcess() {}

    /** Ends the process after some minutes, if nobody ends it before. */
    public static void endInTime() {
        Thread.ofPlatform().daemon().start(ServerProcess::waitAndEnd);
    }

    private static void waitAndEnd() {
        try {
            Thread.sleep(LONGEST_LIFE);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted, but nobody does that here", e);
        }
        Runtime.getRuntime().halt(3);
    }

    /** Says which port it listens on, as {@link Server#awaitPort} reads it. */
    public static void listening(int port) {
        System.out.printf("Listening on %s:%d%n", HOST, port);
        System.out.flush();
    }

    /** Ends the process because it cannot listen. */
    public static void failed(Throwable error) {
        error.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
