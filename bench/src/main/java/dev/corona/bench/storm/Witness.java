package dev.corona.bench.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that is open before, during and after a storm, and asks the server what it saw. */
final class Witness implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int POLL_MILLIS = 20;

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final BufferedReader in;

    Witness(InetSocketAddress server) throws IOException {
        socket.connect(server, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
        in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What the server answers to a line. */
    String ask(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        String answer = in.readLine();
        if (answer == null) throw new IOException("the server closed the connection");
        return answer;
    }

    /** How many connections the server has accepted besides this one, when it is {@code expected} or time is up. */
    int accepted(int expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        int accepted = Integer.parseInt(ask("count")) - 1;
        while (accepted < expected && System.nanoTime() < deadline) {
            Thread.sleep(
                    POLL_MILLIS); // asking without a pause would keep the server from accepting
            accepted = Integer.parseInt(ask("count")) - 1;
        }
        return accepted;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
