package dev.corona.bench.async;

import java.util.List;
import java.util.Locale;

/** How an echo server is written; each is a process of its own that serves on one thread. */
enum Style {
    /** Vert.x, with its handlers. */
    CALLBACKS("Vert.x callbacks"),
    /** Corona, a task for each connection. */
    COROUTINES("Corona coroutines"),
    /** The same through {@code InputStream} and {@code OutputStream}. */
    STREAMS("Corona, JDK streams"),
    /** Vert.x, each read and each write a {@code CompletableFuture}. */
    FUTURES("CompletableFutures"),
    /** Blocking sockets, a virtual thread for each connection, one carrier. */
    THREADS("virtual threads");

    private final String title;

    Style(String title) {
        this.title = title;
    }

    /** As it reads in tables. */
    String title() {
        return title;
    }

    /** As it reads in names of logs. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Options of its JVM. */
    List<String> options() {
        if (this != THREADS) return List.of("-Dcorona.engine=hotspot");
        return List.of(
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1");
    }
}
