package dev.corona.lua.io;

import dev.corona.io.IoException;
import dev.corona.io.IoLoop;
import dev.corona.io.TcpSocket;
import dev.corona.lua.runtime.LuaString;

import org.jspecify.annotations.Nullable;

/** The bytes that arrive on a socket, until they are taken as lines or by number. */
final class Inlet extends Intake {
    private static final int SMALLEST = 256;

    private final TcpSocket socket;
    private byte[] data = new byte[0];
    private int from;
    private int to;

    /** The index in {@link #data} before which there is no line feed. */
    private int scanned;

    private boolean ended;
    private @Nullable IoException failure;
    private long received;

    Inlet(IoLoop io, TcpSocket socket) {
        super(io);
        this.socket = socket;
    }

    /** Whether nothing comes any more than what is there. */
    boolean isEnded() {
        return ended;
    }

    /** Why the input ended; null if the peer ended it in order, or it has not. */
    @Nullable IoException failure() {
        return failure;
    }

    int available() {
        return to - from;
    }

    /** How many bytes have arrived in all. */
    long received() {
        return received;
    }

    @Override
    boolean isReady() {
        return available() > 0 || ended || takeArrived();
    }

    /** Takes over what has arrived already; says whether that is anything. */
    boolean takeArrived() {
        if (ended || socket.isClosed() || socket.available() == 0) return false;
        fetch();
        return true;
    }

    @Override
    void fetch() {
        if (ended) return;
        try {
            byte[] piece = socket.read();
            if (piece == null) ended = true;
            else append(piece);
        } catch (IoException e) {
            failure = e;
            ended = true;
        }
    }

    /** Takes nothing more. */
    void end() {
        ended = true;
    }

    private void append(byte[] piece) {
        received += piece.length;
        if (from == to) from = to = scanned = 0;
        if (to + piece.length > data.length) makeRoom(piece.length);
        System.arraycopy(piece, 0, data, to, piece.length);
        to += piece.length;
    }

    private void makeRoom(int length) {
        int kept = available();
        byte[] target = data;
        if (kept + length > data.length)
            target = new byte[Math.max(SMALLEST, Math.max(kept + length, kept * 2))];
        System.arraycopy(data, from, target, 0, kept);
        data = target;
        scanned -= from;
        from = 0;
        to = kept;
    }

    /** The next line without its line feed; null while it is not complete. */
    @Nullable LuaString line() {
        int end = Math.max(scanned, from);
        while (end < to && data[end] != '\n') end++;
        scanned = end;
        if (end == to) return null;
        LuaString line = take(end - from);
        from++;
        return line;
    }

    /** The next bytes, as many as there are up to a number. */
    LuaString take(int count) {
        int end = from + Math.min(available(), count);
        LuaString taken = LuaString.copyOf(data, from, end);
        from = end;
        scanned = Math.max(scanned, from);
        return taken;
    }
}
