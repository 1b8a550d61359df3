package dev.corona.bench.async;

import dev.corona.bench.BenchException;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The client of an echo server: one thread, no blocking call. Each connection sends a message, waits until it is back, looks
 * whether it is the same, and sends the next, a given number of times.
 *
 * <p>It is bounded by that number, and by {@link #PATIENCE_NANOS}, after which it fails.
 */
final class EchoLoad implements AutoCloseable {
    static final int MESSAGE_BYTES = 64;

    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    private double[] latencyMillis = {};
    private int exchanged;
    private int left;

    /** Opens {@code count} connections to {@code server}. */
    EchoLoad(InetSocketAddress server, int count) throws IOException {
        selector = Selector.open();
        try {
            for (int i = 0; i < count; i++) connections.add(new Connection(server, i));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Makes {@code each} exchanges on every connection. */
    EchoResult run(int each) throws IOException {
        latencyMillis = new double[each * connections.size()];
        exchanged = 0;
        left = connections.size();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        for (Connection connection : connections) connection.begin(each);
        while (left > 0) {
            selector.select(EchoLoad::readable, 1000);
            if (System.nanoTime() - start > PATIENCE_NANOS)
                throw new BenchException(
                        "%d of %d connections are not done after %d s"
                                .formatted(
                                        left, connections.size(), PATIENCE_NANOS / 1_000_000_000));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9;
        return new EchoResult(exchanged, seconds, cpuSeconds, latencyMillis);
    }

    private static void readable(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            connection.read();
        } catch (IOException e) {
            throw new BenchException("a connection broke: " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) connection.channel.close();
        selector.close();
    }

    private final class Connection {
        private final SocketChannel channel;
        private final int number;
        private int toDo;
        private long sentNanos;
        private int received;

        @SuppressWarnings("MustBeClosedChecker") // the load closes its channels
        Connection(InetSocketAddress server, int number) throws IOException {
            this.number = number;
            channel = SocketChannel.open(server);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void begin(int exchanges) throws IOException {
            toDo = exchanges;
            send();
        }

        private void send() throws IOException {
            buffer.clear();
            for (int i = 0; i < MESSAGE_BYTES; i++) buffer.put(byteAt(i));
            buffer.flip();
            sentNanos = System.nanoTime();
            received = 0;
            if (channel.write(buffer) != MESSAGE_BYTES)
                throw new IOException("there is no room for one message");
        }

        private byte byteAt(int index) {
            return (byte) (number * 31 + toDo * 7 + index);
        }

        void read() throws IOException {
            buffer.clear().limit(MESSAGE_BYTES - received);
            int count = channel.read(buffer);
            if (count < 0) throw new IOException("the server closed it");
            buffer.flip();
            while (buffer.hasRemaining()) {
                if (buffer.get() != byteAt(received++))
                    throw new BenchException("an echo differs from what was sent");
            }
            if (received == MESSAGE_BYTES) done();
        }

        private void done() throws IOException {
            latencyMillis[exchanged++] = (System.nanoTime() - sentNanos) / 1e6;
            if (--toDo > 0) send();
            else left--;
        }
    }
}
