package dev.corona.lua.io;

import dev.corona.io.IoLoop;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** The connections of a server that nobody has taken yet. */
final class Backlog extends Intake {
    private final TcpServer server;
    private final ArrayDeque<TcpSocket> waiting = new ArrayDeque<>();
    private boolean ended;

    Backlog(IoLoop io, TcpServer server) {
        super(io);
        this.server = server;
    }

    @Override
    boolean isReady() {
        return ended || !waiting.isEmpty();
    }

    @Override
    void fetch() {
        TcpSocket socket = ended ? null : server.accept();
        if (socket == null) ended = true;
        else waiting.add(socket);
    }

    /** The next connection; null if none is there. */
    @Nullable TcpSocket poll() {
        return waiting.poll();
    }

    /** Whether the server is closed. */
    boolean isEnded() {
        return ended;
    }

    void close() {
        server.close();
        waiting.forEach(TcpSocket::close);
        waiting.clear();
        ended = true;
    }
}
