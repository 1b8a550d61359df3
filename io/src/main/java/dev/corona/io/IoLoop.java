package dev.corona.io;

import dev.corona.async.EventLoop;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;
import dev.corona.errors.LoopException;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An event loop with sockets: one thread that runs the tasks and Vert.x's and Netty's callbacks in turn.
 *
 * <p><b>Threads.</b> {@link #create}, {@link #run} and {@link #close} are for plain threads; the loop's own is named
 * {@code corona-loop}. Netty's callbacks hold no monitor when they start tasks.
 */
public final class IoLoop implements AutoCloseable {
    private static final long NEVER_MILLIS = TimeUnit.DAYS.toMillis(3650);
    private static final long CLOSE_SECONDS = 10;

    private final IoOptions options;
    private final VertxInternal vertx;
    private final ContextInternal context;
    private final io.netty.channel.EventLoop netty;
    private final EventLoop loop;

    /** The connections that are open; loop's thread only. */
    private final Set<Outbound> outbounds = new LinkedHashSet<>();

    private @Nullable HttpClientAgent httpClient;
    private @Nullable MainRun<?> main;
    private volatile boolean closed;

    private IoLoop(IoOptions options, VertxInternal vertx) {
        this.options = options;
        this.vertx = vertx;
        this.context = vertx.createEventLoopContext();
        this.netty = context.nettyEventLoop();
        this.loop = new EventLoop(new NettyDriver(netty));
        loop.addTurnHook(this::checkEnd);
        netty.execute(() -> Thread.currentThread().setName("corona-loop"));
    }

    /** A new loop with {@link IoOptions#defaults()}. */
    public static IoLoop create() {
        return create(IoOptions.defaults());
    }

    /** A new loop; its thread runs until it is closed. */
    public static IoLoop create(IoOptions options) {
        VertxOptions settings =
                new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(2)
                        .setPreferNativeTransport(options.nativeTransport())
                        .setBlockedThreadCheckInterval(NEVER_MILLIS)
                        .setMaxEventLoopExecuteTime(Long.MAX_VALUE);
        settings.getFileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false);
        return new IoLoop(options, (VertxInternal) Vertx.vertx(settings));
    }

    /** The loop that tasks run on. */
    public EventLoop loop() {
        return loop;
    }

    /** Vert.x, whose only event-loop thread is this loop's; for its other clients. */
    public Vertx vertx() {
        return vertx;
    }

    /** Whether the operating system's own event interface is used. */
    public boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    /**
     * Runs {@code body} as a task on the loop and blocks the calling thread until it and all other tasks have ended, nothing
     * holds the loop, and what was written has left. If the body fails, the other tasks are unwound and the error is
     * thrown: as it is if it is unchecked, else in a {@link CompletionException}.
     *
     * @throws LoopException.Deadlock if the body can never end
     * @throws LoopException.NestedLoop if the caller runs on a loop
     */
    public <T extends @Nullable Object> T run(Callable<? extends T> body) {
        if (netty.inEventLoop() || Task.currentOrNull() != null)
            throw new LoopException.NestedLoop("run a main task");
        if (closed) throw new LoopException.Ended("run a main task");
        MainRun<T> run = new MainRun<>(this, SpawnSite.here(), body);
        netty.execute(
                () -> {
                    main = run;
                    run.start();
                    checkEnd();
                });
        return run.await();
    }

    /** Looks whether the main task's run is over; cheap, because it is called after every step. */
    void checkEnd() {
        MainRun<?> run = main;
        if (run != null && run.isMaybeOver()) netty.execute(run::check);
    }

    void ended(MainRun<?> run) {
        if (main == run) main = null;
    }

    IoOptions options() {
        return options;
    }

    io.netty.channel.EventLoop netty() {
        return netty;
    }

    ContextInternal context() {
        return context;
    }

    /** Vert.x's HTTP client; made when it is first asked for. */
    HttpClientAgent httpClient() {
        HttpClientAgent known = httpClient;
        if (known == null) httpClient = known = vertx.createHttpClient();
        return known;
    }

    Set<Outbound> outbounds() {
        return outbounds;
    }

    Channel newChannel() {
        return vertx.transport().channelFactory(false).newChannel();
    }

    ServerChannel newServerChannel() {
        return vertx.transport().serverChannelFactory(false).newChannel();
    }

    /** The address of {@code host}, a name or an address; suspends the calling task while the name server is asked. */
    InetAddress resolve(String host) throws IoException {
        InetAddress literal = Addresses.literal(host);
        if (literal != null) return literal;
        if (host.isEmpty()) throw new IoException.UnknownHost(host, null);
        return Futures.await("look up " + host, this, () -> vertx.nameResolver().resolve(host))
                .orThrow(error -> new IoException.UnknownHost(host, error));
    }

    /**
     * Ends the loop: what still runs is unwound, connections are closed, the thread ends. Blocks until that is done, unless
     * the loop itself is the caller.
     */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        if (netty.inEventLoop() || Task.currentOrNull() != null) {
            netty.execute(this::closeOnLoop);
            return;
        }
        try {
            netty.submit((Runnable) () -> loop.end()).get(CLOSE_SECONDS, TimeUnit.SECONDS);
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            options.reports().accept("closing the event loop failed: " + e);
        }
    }

    private void closeOnLoop() {
        loop.end();
        vertx.close();
    }
}
