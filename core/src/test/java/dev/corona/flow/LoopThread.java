package dev.corona.flow;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;

import java.util.concurrent.CompletableFuture;

/** A loop on a thread of its own, until it is closed. */
final class LoopThread implements AutoCloseable {
    private final CompletableFuture<EventLoop> loop = new CompletableFuture<>();
    private final CompletableFuture<String> stop = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "test-loop");

    LoopThread() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Corona.run(
                () -> {
                    loop.complete(EventLoop.current());
                    return Corona.await(stop);
                });
    }

    EventLoop loop() {
        return loop.join();
    }

    @Override
    public void close() throws InterruptedException {
        stop.complete("");
        thread.join();
    }
}
