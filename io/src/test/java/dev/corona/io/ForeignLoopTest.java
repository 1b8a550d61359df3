package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Task;
import dev.corona.errors.LoopException;

import io.netty.channel.DefaultEventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Loops of core on threads of Netty and Vert.x that belong to somebody else. */
@Timeout(60)
class ForeignLoopTest {
    @Test
    void runsOnAnEventLoopOfNetty() throws Exception {
        DefaultEventLoop netty = new DefaultEventLoop();
        try {
            EventLoop loop = EventLoop.on(netty, netty::inEventLoop);
            Task<Boolean> task =
                    loop.spawn(
                            () -> {
                                Corona.sleep(Duration.ofMillis(1));
                                return netty.inEventLoop() && Corona.spawn(() -> true).join();
                            });
            assertThat(task.get(30, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Throwable> refusal = new CompletableFuture<>();
            netty.execute(
                    () -> {
                        Task<String> later = loop.spawn(() -> "later");
                        refusal.complete(catchThrowable(later::join));
                    });
            assertThat(refusal.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(LoopException.NestedLoop.class);
            loop.shutDown().get(30, TimeUnit.SECONDS);
        } finally {
            netty.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void runsOnAContextOfVertxAndAwaitsItsFutures() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Context context = vertx.getOrCreateContext();
            EventLoop loop = EventLoop.on(work -> context.runOnContext(nothing -> work.run()));
            Task<String> task =
                    loop.spawn(
                            () -> {
                                Corona.await(vertx.timer(1).toCompletionStage());
                                return (Vertx.currentContext() == context) + " " + loop.isCurrent();
                            });
            assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo("true true");
            loop.shutDown().get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> loop.spawn(() -> "late"))
                    .isInstanceOf(LoopException.Ended.class);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
