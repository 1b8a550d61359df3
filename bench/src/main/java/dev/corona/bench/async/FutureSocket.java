package dev.corona.bench.async;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/** A socket whose reads and writes are futures, and an echo that is a chain of them; for Vert.x's thread. */
final class FutureSocket {
    private final NetSocket socket;

    /** The read that is going on; null while nobody reads. */
    private @Nullable CompletableFuture<@Nullable Buffer> reader;

    private boolean ended;

    FutureSocket(NetSocket socket) {
        this.socket = socket;
        socket.pause();
        socket.handler(this::arrived);
        socket.endHandler(nothing -> end());
        socket.closeHandler(nothing -> end());
    }

    private void arrived(Buffer bytes) {
        complete(bytes);
    }

    private void end() {
        ended = true;
        complete(null);
    }

    private void complete(@Nullable Buffer bytes) {
        CompletableFuture<@Nullable Buffer> waiting = reader;
        reader = null;
        if (waiting != null) waiting.complete(bytes);
    }

    /** The next bytes; null at the end. */
    private CompletableFuture<@Nullable Buffer> read() {
        CompletableFuture<@Nullable Buffer> read = new CompletableFuture<>();
        if (ended) {
            read.complete(null);
        } else {
            reader = read;
            socket.fetch(1);
        }
        return read;
    }

    private CompletableFuture<Buffer> write(Buffer bytes) {
        return socket.write(bytes).map(bytes).toCompletionStage().toCompletableFuture();
    }

    /** Sends back what comes, until the end; each exchange begins the next. */
    void echo() {
        read().thenCompose(bytes -> bytes == null ? end(bytes) : write(bytes))
                .thenAccept(
                        bytes -> {
                            if (bytes != null) echo();
                        })
                .exceptionally(
                        broken -> {
                            socket.close();
                            return null;
                        });
    }

    private static CompletableFuture<@Nullable Buffer> end(@Nullable Buffer nothing) {
        return CompletableFuture.completedFuture(nothing);
    }
}
