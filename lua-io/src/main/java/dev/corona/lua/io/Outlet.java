package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.errors.DeadlineException;
import dev.corona.errors.LoopException;
import dev.corona.io.IoException;
import dev.corona.io.TcpSocket;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Writes bytes to a socket, by pieces of which each is written whole or not at all. */
final class Outlet {
    private static final int PIECE = 16 * 1024;

    private final TcpSocket socket;
    private long sent;

    Outlet(TcpSocket socket) {
        this.socket = socket;
    }

    /** How many bytes were written in all. */
    long sent() {
        return sent;
    }

    /** Writes what can be written without a wait; answers how much. */
    int writeNow(byte[] bytes, int from, int to) throws IoException {
        int at = from;
        while (at < to) {
            int end = Math.min(to, at + PIECE);
            if (!writeAtOnce(bytes, at, end)) break;
            at = end;
        }
        return at - from;
    }

    private boolean writeAtOnce(byte[] bytes, int from, int to) throws IoException {
        try {
            Corona.atomic(() -> piece(bytes, from, to));
            return true;
        } catch (LoopException.WouldBlock full) {
            return false;
        } catch (IoException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Waits until the next piece has been written; answers how long it was.
     *
     * @param limit null for none
     * @throws DeadlineException.Expired if it could not be written within the limit
     */
    int write(byte[] bytes, int from, int to, @Nullable Duration limit) throws IoException {
        int end = Math.min(to, from + PIECE);
        if (limit == null) return piece(bytes, from, end);
        return Corona.<Integer, IoException>timeout(limit, () -> piece(bytes, from, end));
    }

    private int piece(byte[] bytes, int from, int to) throws IoException {
        socket.write(bytes, from, to - from);
        sent += to - from;
        return to - from;
    }
}
