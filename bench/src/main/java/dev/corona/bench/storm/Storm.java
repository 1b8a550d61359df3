package dev.corona.bench.storm;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens TCP connections at a steady rate and closes each as soon as it stands; one thread, no blocking call.
 *
 * <p>An attempt has its moment: the client, when late, makes up for it at once. An attempt that takes longer than
 * {@link #PATIENCE_NANOS} is an error, so a storm ends.
 */
final class Storm implements AutoCloseable {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /** A connection that is being opened. */
    private record Attempt(SocketChannel channel, long startNanos) {}

    private final Selector selector;
    private final SocketAddress server;
    private final long intervalNanos;
    private final double[] latencyMillis;
    private final Map<String, Integer> errors = new TreeMap<>();

    /** Oldest first; those that are done are still in it, closed. */
    private final Deque<Attempt> waiting = new ArrayDeque<>();

    private int opened;
    private int connected;
    private int failed;

    /**
     * @param count how many connections
     * @param perSecond how many of them in a second
     */
    Storm(SocketAddress server, int count, int perSecond) throws IOException {
        this.server = server;
        intervalNanos = 1_000_000_000L / perSecond;
        latencyMillis = new double[count];
        selector = Selector.open();
    }

    StormResult run() throws IOException {
        long start = System.nanoTime();
        while (connected + failed < latencyMillis.length) {
            openDue(start);
            selector.select(this::finish, 1);
            dropOverdue();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new StormResult(connected, errors, seconds, Arrays.copyOf(latencyMillis, connected));
    }

    private void openDue(long start) {
        while (opened < latencyMillis.length
                && System.nanoTime() - start >= opened * intervalNanos) {
            opened++;
            open();
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // an attempt closes its channel
    private void open() {
        Attempt attempt;
        try {
            attempt = new Attempt(SocketChannel.open(), System.nanoTime());
        } catch (IOException e) {
            countFailure(e.toString());
            return;
        }
        try {
            attempt.channel.configureBlocking(false);
            attempt.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (attempt.channel.connect(server)) succeed(attempt);
            else await(attempt);
        } catch (IOException e) {
            fail(attempt, e.toString());
        }
    }

    private void await(Attempt attempt) throws IOException {
        attempt.channel.register(selector, SelectionKey.OP_CONNECT, attempt);
        waiting.add(attempt);
    }

    private void finish(SelectionKey key) {
        Attempt attempt = (Attempt) key.attachment();
        try {
            if (attempt.channel.finishConnect()) succeed(attempt);
        } catch (IOException e) {
            fail(attempt, e.toString());
        }
    }

    private void succeed(Attempt attempt) throws IOException {
        double millis = (System.nanoTime() - attempt.startNanos) / 1e6;
        attempt.channel.close();
        latencyMillis[connected++] = millis;
    }

    private void fail(Attempt attempt, String reason) {
        try {
            attempt.channel.close();
        } catch (IOException e) {
            // it is an error already
        }
        countFailure(reason);
    }

    private void countFailure(String reason) {
        failed++;
        errors.merge(reason, 1, Integer::sum);
    }

    private void dropOverdue() {
        long now = System.nanoTime();
        while (!waiting.isEmpty()) {
            Attempt oldest = waiting.element();
            boolean done = !oldest.channel.isOpen();
            if (!done && now - oldest.startNanos < PATIENCE_NANOS) return;
            waiting.remove();
            if (!done) fail(oldest, "not connected after 5 s");
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
