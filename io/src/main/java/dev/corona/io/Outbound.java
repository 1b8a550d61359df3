package dev.corona.io;

import dev.corona.async.Corona;
import dev.corona.async.Waiter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The way out of a connection. Writers take turns, so that no write is torn apart by another, and wait while the queue is
 * over its high-water mark, so that a peer that does not read costs a bounded amount of memory. What is written in one
 * turn of the loop leaves together.
 */
final class Outbound {
    /** The most that is handed to Netty at once; also the high-water mark, so that a queue holds at most twice this. */
    static final int CHUNK_BYTES = 64 * 1024;

    private static final int LINE_END = '\r' << 8 | '\n';
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Says why an operation cannot go on: the state of the connection in the words of its owner. */
    interface Owner {
        /** Throws if nothing can be written any more. */
        void requireWritable(Object operation) throws IoException;
    }

    private final IoLoop io;
    private final Channel channel;
    private final Owner owner;
    private final ArrayDeque<Waiter<@Nullable Object>> line = new ArrayDeque<>(1);
    private final Runnable flush = this::flushQueued;
    private boolean taken;
    private boolean flushQueued;
    private boolean corked;
    private @Nullable Waiter<@Nullable Object> drain;

    Outbound(IoLoop io, Channel channel, Owner owner) {
        this.io = io;
        this.channel = channel;
        this.owner = owner;
        io.outbounds().add(this);
        channel.closeFuture().addListener(closed -> ended());
    }

    /** Whether a small write would neither wait for another task nor for the peer. */
    boolean isFree() {
        return !taken && channel.isWritable();
    }

    /**
     * Writes all of it, waiting as often as the peer makes it necessary.
     *
     * @param chunked whether each piece becomes a chunk of HTTP's chunked coding
     */
    void write(Object operation, byte[] bytes, int offset, int length, boolean chunked)
            throws IoException {
        owner.requireWritable(operation);
        if (!isFree() || length > CHUNK_BYTES) Corona.requireMayWait(operation);
        takeTurn(operation);
        try {
            int end = offset + length;
            for (int from = offset; from < end; from += CHUNK_BYTES) {
                awaitRoom(operation);
                int size = Math.min(CHUNK_BYTES, end - from);
                put(chunked ? chunk(bytes, from, size) : copy(bytes, from, size));
            }
        } finally {
            passTurn();
        }
    }

    /** Writes a small buffer as one piece; releases it if that fails. */
    void write(Object operation, ByteBuf buffer) throws IoException {
        boolean written = false;
        try {
            owner.requireWritable(operation);
            if (!isFree()) Corona.requireMayWait(operation);
            takeTurn(operation);
            try {
                awaitRoom(operation);
                written = true;
                put(buffer);
            } finally {
                passTurn();
            }
        } finally {
            if (!written) buffer.release();
        }
    }

    ByteBuf allocate(int bytes) {
        return channel.alloc().directBuffer(bytes);
    }

    private ByteBuf copy(byte[] bytes, int offset, int length) {
        return allocate(length).writeBytes(bytes, offset, length);
    }

    private ByteBuf chunk(byte[] bytes, int offset, int length) {
        ByteBuf chunk = allocate(length + 16);
        for (int shift = 28 - Integer.numberOfLeadingZeros(length | 1) / 4 * 4;
                shift >= 0;
                shift -= 4) chunk.writeByte(HEX[length >>> shift & 15]);
        chunk.writeShort(LINE_END).writeBytes(bytes, offset, length).writeShort(LINE_END);
        return chunk;
    }

    /** Queues it without a wait and without a turn. */
    void put(ByteBuf buffer) {
        if (!io.netty().inEventLoop()) {
            channel.writeAndFlush(buffer, channel.voidPromise());
            return;
        }
        channel.write(buffer, channel.voidPromise());
        if (!channel.isWritable()) flush();
        else if (!flushQueued) {
            flushQueued = true;
            if (!corked) io.netty().execute(flush);
        }
    }

    /** As {@link #put}, for what is complete: it leaves at once. */
    void putLast(ByteBuf buffer) {
        if (corked) put(buffer);
        else channel.writeAndFlush(buffer, channel.voidPromise());
    }

    /** What is put from now on leaves at {@link #uncork()}, or when it is too much. */
    void cork() {
        corked = true;
    }

    void uncork() {
        corked = false;
        if (flushQueued) flush();
    }

    private void flushQueued() {
        if (flushQueued) flush();
    }

    void flush() {
        flushQueued = false;
        channel.flush();
    }

    private void takeTurn(Object operation) throws IoException {
        if (!taken) {
            taken = true;
            return;
        }
        Corona.<@Nullable Object>suspend(
                operation,
                waiter -> {
                    line.add(waiter);
                    waiter.onCancel(() -> line.remove(waiter));
                });
    }

    private void passTurn() {
        for (Waiter<@Nullable Object> next = line.poll(); next != null; next = line.poll()) {
            if (next.complete()) return;
        }
        taken = false;
    }

    /** Suspends until the queue has room; for the owner of the turn. */
    private void awaitRoom(Object operation) throws IoException {
        owner.requireWritable(operation);
        if (channel.isWritable()) return;
        flush();
        if (channel.isWritable()) return;
        try {
            Corona.<@Nullable Object>suspend(operation, waiter -> drain = waiter);
        } finally {
            drain = null;
        }
        owner.requireWritable(operation);
    }

    /** The queue fell below its low-water mark, or the connection ended. */
    void wake() {
        if (drain != null) drain.complete();
    }

    /** Whether bytes wait for the peer to take them; known to the loop's thread. */
    boolean isPending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return flushQueued || buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    /** Runs {@code action}, on its own, when all that was written has left or cannot leave any more. */
    void whenFlushed(Runnable action) {
        flushQueued = false;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(done -> io.netty().execute(action));
    }

    /** Ends the output half of the connection after what was written. */
    void end() {
        onLoop(this::endOnLoop);
    }

    private void endOnLoop() {
        if (!(channel instanceof DuplexChannel duplex)) throw new AssertionError(channel);
        if (isPending()) whenFlushed(duplex::shutdownOutput);
        else duplex.shutdownOutput();
    }

    /** Closes the connection after what was written, or after the linger timeout if the peer does not take it. */
    void close() {
        onLoop(this::closeOnLoop);
    }

    private void closeOnLoop() {
        if (!isPending()) {
            channel.close();
            return;
        }
        flushQueued = false;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (!isPending()) return;
        long millis = io.options().lingerTimeout().toMillis();
        var limit = io.netty().schedule(() -> channel.close(), millis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
    }

    /** Runs {@code action} after what the caller has asked of the channel; tasks of some engines have threads of their own. */
    private void onLoop(Runnable action) {
        if (io.netty().inEventLoop()) action.run();
        else io.netty().execute(action);
    }

    /** The connection has ended; whoever waits finds that out. */
    private void ended() {
        io.outbounds().remove(this);
        wake();
    }
}
