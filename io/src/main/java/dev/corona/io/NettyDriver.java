package dev.corona.io;

import dev.corona.async.LoopDriver;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/**
 * The driver of a loop that lives on a thread of Netty's.
 *
 * <p>Netty runs all work that is queued before it looks at its sockets again, and what that work queues too, for up to a
 * second. So what a turn of the loop queues has to pass by the sockets: it becomes a task for the end of Netty's iteration,
 * which queues it for the next one.
 */
final class NettyDriver implements LoopDriver {
    private final EventLoop netty;

    /** Whether work of {@link #execute} runs now; loop's thread only. */
    private boolean running;

    private @Nullable Step last;
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
        if (!netty.inEventLoop()) netty.execute(new Step(work));
        else if (running && netty instanceof SingleThreadEventLoop single)
            single.executeAfterEventLoopIteration(stepOf(work).later);
        else netty.execute(stepOf(work));
    }

    /** The loop queues the same piece of work again and again. */
    private Step stepOf(Runnable work) {
        Step known = last;
        if (known == null || known.work != work) last = known = new Step(work);
        return known;
    }

    @Override
    public void wakeAt(long deadlineNanos, Runnable work) {
        if (alarm != null) alarm.cancel(false);
        long delayNanos = Math.max(0, deadlineNanos - System.nanoTime());
        alarm = netty.schedule(work, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean cancelAlarm() {
        return alarm != null && alarm.cancel(false);
    }

    /** Work, and the way to it by the next iteration. */
    private final class Step implements Runnable {
        final Runnable work;
        final Runnable later = () -> netty.execute(this);

        Step(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            running = true;
            try {
                work.run();
            } finally {
                running = false;
            }
        }
    }
}
