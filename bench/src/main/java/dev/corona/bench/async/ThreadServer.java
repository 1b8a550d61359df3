package dev.corona.bench.async;

import dev.corona.bench.BenchException;
import dev.corona.bench.ServerProcess;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Blocking sockets, a virtual thread for each. */
final class ThreadServer {
    /** Serves until the process ends. */
    void serve() {
        try (ServerSocket server =
                new ServerSocket(0, ServerProcess.BACKLOG, InetAddress.getLoopbackAddress())) {
            ServerProcess.listening(server.getLocalPort());
            Thread.ofVirtual().start(() -> accept(server)).join();
        } catch (IOException | InterruptedException e) {
            throw new BenchException("the server of virtual threads ended: " + e, e);
        }
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> echo(socket));
            }
        } catch (IOException e) {
            throw new BenchException("no more connections: " + e, e);
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            EchoMain.copy(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException ordinary) {
            // the peer's doing
        }
    }
}
