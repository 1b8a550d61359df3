package dev.corona.lua.lib;

import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;

/** An open file of {@code io}: a channel that can be sought, or the streams of a process or of the host. */
final class LuaFile extends LuaUserdata {
    private static final int BUFFER = 8192;
    private static final byte[] NO_BYTES = new byte[0];

    /** What happens when it is closed. */
    interface Closer {
        @Nullable Object close() throws IOException;
    }

    private final Host.@Nullable Channel channel;
    private final @Nullable InputStream in;
    private final @Nullable OutputStream out;
    private final Closer closer;
    private boolean closed;

    /** Made by the first read. */
    private byte[] input = NO_BYTES;

    private int inputAt;
    private int inputEnd;

    private final LuaBuffer output = new LuaBuffer();
    private int buffering = BUFFER;
    private boolean byLine;

    private LuaFile(
            Host.@Nullable Channel channel,
            @Nullable InputStream in,
            @Nullable OutputStream out,
            LuaTable metatable,
            Closer closer) {
        super(null, metatable);
        this.channel = channel;
        this.in = in;
        this.out = out;
        this.closer = closer;
    }

    static LuaFile ofChannel(Host.Channel channel, boolean reads, boolean writes, LuaTable meta) {
        InputStream in = reads ? new ChannelInput(channel) : null;
        OutputStream out = writes ? new ChannelOutput(channel) : null;
        return new LuaFile(
                channel,
                in,
                out,
                meta,
                () -> {
                    channel.close();
                    return true;
                });
    }

    static LuaFile ofStreams(
            @Nullable InputStream in, @Nullable OutputStream out, LuaTable meta, Closer closer) {
        return new LuaFile(null, in, out, meta, closer);
    }

    /** Lets a stream of the host through without a buffer of its own. */
    LuaFile unbuffered() {
        buffering = 0;
        return this;
    }

    private static final class ChannelInput extends InputStream {
        private final Host.Channel channel;

        ChannelInput(Host.Channel channel) {
            this.channel = channel;
        }

        @Override
        public int read() {
            throw new AssertionError("is read by the buffer");
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return channel.read(target, from, length);
        }
    }

    private static final class ChannelOutput extends OutputStream {
        private final Host.Channel channel;

        ChannelOutput(Host.Channel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            channel.write(source, from, length);
        }
    }

    boolean isClosed() {
        return closed;
    }

    // ---- reading

    /** The next byte, which stays the next; -1 at the end. */
    int peek() throws IOException {
        if (inputAt < inputEnd) return input[inputAt] & 0xff;
        InputStream source = in;
        if (source == null) throw new FileSystemException(null, null, "Bad file descriptor");
        flush();
        if (input == NO_BYTES) input = new byte[BUFFER];
        int n = source.read(input, 0, BUFFER);
        inputAt = 0;
        inputEnd = Math.max(n, 0);
        return n <= 0 ? -1 : input[0] & 0xff;
    }

    int next() throws IOException {
        int b = peek();
        if (b >= 0) inputAt++;
        return b;
    }

    /** Up to and with the next line feed, which is left out unless it is to be kept; null at the end. */
    @Nullable LuaString line(boolean keepEnd) throws IOException {
        if (peek() < 0) return null;
        LuaBuffer line = new LuaBuffer();
        while (peek() >= 0) {
            int i = inputAt;
            while (i < inputEnd && input[i] != '\n') i++;
            line.append(input, inputAt, i);
            inputAt = i;
            if (i < inputEnd) {
                inputAt++;
                if (keepEnd) line.append('\n');
                break;
            }
        }
        return line.toLuaString();
    }

    LuaString all() throws IOException {
        LuaBuffer all = new LuaBuffer();
        while (peek() >= 0) {
            all.append(input, inputAt, inputEnd);
            inputAt = inputEnd;
        }
        return all.toLuaString();
    }

    /** Up to that many bytes; null at the end. */
    @Nullable LuaString bytes(long count) throws IOException {
        if (peek() < 0) return null;
        LuaBuffer bytes = new LuaBuffer();
        while (bytes.length() < count && peek() >= 0) {
            int n = (int) Math.min(inputEnd - inputAt, count - bytes.length());
            bytes.append(input, inputAt, inputAt + n);
            inputAt += n;
        }
        return bytes.toLuaString();
    }

    // ---- writing

    void write(LuaString s) throws IOException {
        OutputStream target = out;
        if (target == null) throw new FileSystemException(null, null, "Bad file descriptor");
        unread();
        if (buffering == 0) {
            target.write(s.bytes(), 0, s.length());
            return;
        }
        output.append(s);
        boolean full = output.length() >= buffering;
        if (full || (byLine && s.indexOf(LuaString.ofByte('\n'), 0) >= 0)) send(target);
    }

    private void send(OutputStream target) throws IOException {
        LuaString pending = output.toLuaString();
        output.truncate(0);
        target.write(pending.bytes(), 0, pending.length());
    }

    void flush() throws IOException {
        OutputStream target = out;
        if (target == null) return;
        if (output.length() > 0) send(target);
        target.flush();
    }

    /** Goes back to where the program is, before what was read ahead. */
    private void unread() throws IOException {
        if (channel != null && inputAt < inputEnd)
            channel.position(channel.position() - (inputEnd - inputAt));
        if (channel != null) inputAt = inputEnd = 0;
    }

    void buffering(int size, boolean line) throws IOException {
        flush();
        if (channel == null && buffering == 0) return;
        buffering = size;
        byLine = line;
    }

    // ---- position

    /**
     * Moves it.
     *
     * @param whence 0 from the beginning, 1 from here, 2 from the end
     * @return the new position
     */
    long seek(int whence, long offset) throws IOException {
        Host.Channel c = channel;
        if (c == null) throw new FileSystemException(null, null, "Illegal seek");
        flush();
        unread();
        long base = whence == 0 ? 0 : whence == 1 ? c.position() : c.size();
        if (base + offset < 0) throw new FileSystemException(null, null, "Invalid argument");
        c.position(base + offset);
        return base + offset;
    }

    @Nullable Object close() throws IOException {
        closed = true;
        try {
            flush();
        } finally {
            inputAt = inputEnd = 0;
        }
        return closer.close();
    }
}
