package dev.corona.io;

import dev.corona.async.LoopDriver;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/** The driver of a loop that lives on a thread of Netty's. */
final class NettyDriver implements LoopDriver {
    private final EventLoop netty;
    private @Nullable ScheduledFuture<?> alarm;

    NettyDriver(EventLoop netty) {
        this.netty = netty;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean isLoopThread() {
        return netty.inEventLoop();
    }

    @Override
    public void execute(Runnable work) {
        netty.execute(work);
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable work) {
        if (alarm != null) alarm.cancel(false);
        long delayNanos = Math.max(0, deadlineNanos - System.nanoTime());
        alarm = netty.schedule(work, delayNanos, TimeUnit.NANOSECONDS);
    }
}
