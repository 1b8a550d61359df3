package dev.corona.blocking;

import dev.corona.channels.Source;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Bytes that come in pieces. */
final class Chunks<C> implements ByteSource {
    private final Source<C> chunks;
    private final Function<C, ByteBuffer> toBuffer;

    /** What is left of the last piece; null if nothing is. */
    private @Nullable ByteBuffer rest;

    Chunks(Source<C> chunks, Function<C, ByteBuffer> toBuffer) {
        this.chunks = chunks;
        this.toBuffer = toBuffer;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) return 0;
        ByteBuffer from = nextChunk();
        if (from == null) return -1;
        int count = Math.min(length, from.remaining());
        from.get(target, offset, count);
        return count;
    }

    /** A piece that is not empty; null at the end. */
    private @Nullable ByteBuffer nextChunk() throws IOException {
        while (rest == null || !rest.hasRemaining()) {
            C next = receive();
            if (next == null) return null;
            rest = toBuffer.apply(next);
        }
        return rest;
    }

    /** What ends the bytes early is an error of reading to those who read. */
    private @Nullable C receive() throws IOException {
        try {
            return chunks.receiveOrNull();
        } catch (CancellationException ofTheTask) {
            throw ofTheTask;
        } catch (dev.corona.errors.ChannelException ended) {
            throw new IOException("cannot read from " + chunks + ": " + ended.getMessage(), ended);
        }
    }

    @Override
    public int available() {
        return rest == null ? 0 : rest.remaining();
    }

    @Override
    public void close() {
        rest = null;
        chunks.close();
    }

    @Override
    public String toString() {
        return "bytes of " + chunks;
    }
}
