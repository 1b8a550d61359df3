package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Reports an event loop whose thread is blocked or busy in one step for longer than a limit, with the stack that holds it
 * up. Each such step is reported once. It only reads what the loop writes anyway, so it costs the loop nothing.
 */
public final class Watchdog implements AutoCloseable {
    private final EventLoop loop;
    private final long limitNanos;
    private final LongSupplier clock;
    private final Function<Thread, List<String>> stacks;
    private final Consumer<String> sink;
    private long seenPulse = -1;
    private long seenSinceNanos;
    private boolean reported;
    private @Nullable Thread thread;

    /**
     * For tests and special drivers: {@link #check()} is called by hand.
     *
     * @param clock nanoseconds; only differences mean anything
     * @param stacks the stack of a loop's thread in the user's language, one frame a line
     * @param sink told each report, on the thread that checks
     */
    Watchdog(
            EventLoop loop,
            Duration limit,
            LongSupplier clock,
            Function<Thread, List<String>> stacks,
            Consumer<String> sink) {
        this.loop = loop;
        this.limitNanos = limit.toNanos();
        this.clock = clock;
        this.stacks = stacks;
        this.sink = sink;
    }

    /**
     * Watches {@code loop} from a daemon thread of its own until it is closed.
     *
     * @param limit how long one step may take; positive
     * @param stacks the stack of a thread in the user's language, one frame a line; the thread is the one that runs the
     *     task's body, or the loop's
     * @param sink told each report, on the watchdog's thread
     */
    public static Watchdog watch(
            EventLoop loop,
            Duration limit,
            Function<Thread, List<String>> stacks,
            Consumer<String> sink) {
        if (limit.isNegative() || limit.isZero())
            throw new IllegalArgumentException("watchdog limit must be positive, but was " + limit);
        Watchdog watchdog = new Watchdog(loop, limit, System::nanoTime, stacks, sink);
        Thread thread = new Thread(watchdog::run, "corona-watchdog");
        thread.setDaemon(true);
        watchdog.thread = thread;
        thread.start();
        return watchdog;
    }

    /** Watches {@code loop} and prints Java stacks to standard error. */
    public static Watchdog watch(EventLoop loop, Duration limit) {
        return watch(loop, limit, Watchdog::javaStack, System.err::println);
    }

    /** The Java stack of a thread, without Corona's own frames. */
    public static List<String> javaStack(Thread thread) {
        return JavaStacks.lines(Arrays.asList(thread.getStackTrace()));
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(Math.max(1, limitNanos / 4_000_000));
                checkOnOwnThread();
            }
        } catch (InterruptedException end) {
            // closed
        }
    }

    /** An error of the sink or of the stacks is printed; it does not end the watch. */
    private void checkOnOwnThread() {
        try {
            check();
        } catch (RuntimeException | Error e) {
            Reports.printUncaught(null, e);
        }
    }

    /** Looks once. */
    void check() {
        long pulse = loop.pulse.count();
        long now = clock.getAsLong();
        if (pulse != seenPulse) {
            seenPulse = pulse;
            seenSinceNanos = now;
            reported = false;
        }
        boolean running = (pulse & 1) == 1;
        if (running && !reported && now - seenSinceNanos >= limitNanos)
            report(now - seenSinceNanos);
    }

    private void report(long nanos) {
        Object running = loop.pulse.running();
        Thread stuck = running instanceof Task<?> task ? task.thread() : null;
        if (stuck == null) stuck = loop.thread();
        if (stuck == null) return;
        List<String> stack = stacks.apply(stuck);
        if (loop.pulse.count() != seenPulse) return;
        reported = true;
        StringBuilder text = new StringBuilder("The event loop has not had a break for ");
        text.append(nanos / 1_000_000).append(" ms: ");
        text.append(running instanceof Task<?> task ? task.name() : "a callback");
        text.append(" blocks or computes, and nothing else can run.");
        for (String line : stack) text.append("\n    at ").append(line);
        sink.accept(text.toString());
    }

    @Override
    public void close() {
        if (thread != null) thread.interrupt();
    }
}
